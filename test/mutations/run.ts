import { rounded } from '../bench/figure.js'
import type { Audit } from '../audit/audit.js'
import type { Control } from './control.js'
import { misfits } from './control.js'
import { CONTROLS } from './controls.js'
import { inCopy, readCheckout, withEdits } from './copy.js'
import { runTests, type TestResult } from './jest-run.js'
import { verdictOf, type Verdict } from './verdict.js'

/** Every control of the list removed in turn, in a copy: some test must fail each time. */
export const mutations: Audit = {
  name: 'mutations',
  count: CONTROLS.length,
  run: (count, only = '') =>
    mutate(
      CONTROLS.slice(0, count).filter(({ id, killedBy }) =>
        only.split(',').some((word) => `${id} ${killedBy.file}`.includes(word)),
      ),
    ),
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
      const { titles, faulty } = await unmutated(folder, file, ofFile)
      failing.push(...faulty)
      if (faulty.length > 0) continue
      for (const control of ofFile) {
        const began = performance.now()
        const verdict = await tryWithout(folder, control, titles)
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

/** The verdict of the same tests as ran unmutated; of the whole file where these alone do not tell. */
async function tryWithout(folder: string, control: Control, titles: readonly string[]) {
  const { edits, killedBy } = control
  return withEdits(folder, edits, async () => {
    const verdict = verdictOf(control, await runTests(folder, killedBy.file, titles))
    if (verdict !== 'broken' || titles.length === 0) return verdict
    return verdictOf(control, await runTests(folder, killedBy.file))
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

/**
 * Runs the named tests of a file, and the whole file where they need others of it (no titles then); tells the
 * tests that fail, or are missing, although nothing was changed.
 */
async function unmutated(folder: string, file: string, controls: readonly Control[]) {
  const named = [...new Set(controls.map(({ killedBy }) => killedBy.test))]
  for (const titles of [named, []]) {
    const results = await runTests(folder, file, titles)
    const faulty = faultsIn(results, file, controls)
    say(`unmutated ${file}: ${results.length} tests, ${faulty.length} faults`)
    if (faulty.length === 0 || titles.length === 0) return { titles, faulty }
  }
  throw new Error(`${file} was not tried`)
}

function faultsIn(results: readonly TestResult[], file: string, controls: readonly Control[]) {
  const failed = results.filter(({ isPassed }) => !isPassed)
  const absent = controls.filter((control) => verdictOf(control, results) === 'broken')
  return [
    ...failed.map(({ title }) => `${file}: ${title}`),
    ...absent.map(({ killedBy }) => `${file}: ${killedBy.test} did not run`),
  ]
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
