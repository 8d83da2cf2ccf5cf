import { rounded } from '../bench/figure.js'
import type { Audit } from '../audit/audit.js'
import type { Control } from './control.js'
import { misfits } from './control.js'
import { CONTROLS } from './controls.js'
import { inCopy, readCheckout, withEdits } from './copy.js'
import { runTests } from './jest-run.js'
import { verdictOf, type Verdict } from './verdict.js'

/** Every control of the list removed in turn, in a copy: some test must fail each time. */
export const mutations: Audit = {
  name: 'mutations',
  count: CONTROLS.length,
  run: (count) => mutate(CONTROLS.slice(0, count)),
}

/**
 * Removes some controls, one after another, those of one test file together; each file runs unmutated
 * first, because what fails already proves nothing. Says on standard error how it goes, so that a run
 * that is broken off tells what it had tried.
 */
export async function mutate(controls: readonly Control[]) {
  const faults = misfits(controls, readCheckout)
  if (faults.length > 0) throw new Error(`the list of controls is wrong:\n${faults.join('\n')}`)
  return inCopy(async (folder) => {
    const failing: string[] = []
    const verdicts = new Map<Control, Verdict>()
    const seconds: number[] = []
    for (const [file, ofFile] of byFile(controls)) {
      const faulty = await unmutated(folder, file, ofFile)
      failing.push(...faulty)
      if (faulty.length > 0) continue
      for (const control of ofFile) {
        const began = performance.now()
        const results = await withEdits(folder, control.edits, () => runTests(folder, [file]))
        const verdict = verdictOf(control, results)
        verdicts.set(control, verdict)
        seconds.push((performance.now() - began) / 1000)
        say(`${verdict} ${control.id} (${rounded(seconds.at(-1) ?? 0)} s)`)
      }
    }
    const ids = (wanted: Verdict) =>
      controls.filter((control) => verdicts.get(control) === wanted).map(({ id }) => id)
    const killed = ids('killed').length
    return {
      isSound: killed === controls.length,
      figures: {
        ...{ mutations: controls.length, killed, survived: ids('survived'), broken: ids('broken') },
        failingUnmutated: failing,
        slowestSeconds: rounded(Math.max(0, ...seconds)),
      },
    }
  })
}

function byFile(controls: readonly Control[]): ReadonlyMap<string, Control[]> {
  const files = new Map<string, Control[]>()
  for (const control of controls) {
    const { file } = control.killedBy
    files.set(file, [...(files.get(file) ?? []), control])
  }
  return files
}

/** The tests of a file that fail, or are missing, although nothing was changed. */
async function unmutated(folder: string, file: string, controls: readonly Control[]) {
  const results = await runTests(folder, [file])
  const failed = results.filter(({ isPassed }) => !isPassed)
  const absent = controls.filter((control) => verdictOf(control, results) === 'broken')
  say(`unmutated ${file}: ${results.length} tests, ${failed.length} failed`)
  return [
    ...failed.map(({ title }) => `${file}: ${title}`),
    ...absent.map(({ killedBy }) => `${file}: ${killedBy.test} did not run`),
  ]
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
