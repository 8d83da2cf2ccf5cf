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

/** Removes some controls, one after another; says on standard error how it goes. */
export async function mutate(controls: readonly Control[]) {
  const faults = misfits(controls, readCheckout)
  if (faults.length > 0) throw new Error(`the list of controls is wrong:\n${faults.join('\n')}`)
  return inCopy(async (folder) => {
    const failing = await unmutated(folder, controls)
    if (failing.length > 0) return { isSound: false, figures: { failingUnmutated: failing } }
    const verdicts = new Map<Control, Verdict>()
    const seconds: number[] = []
    for (const control of controls) {
      const began = performance.now()
      const { edits, killedBy } = control
      const results = await withEdits(folder, edits, () => runTests(folder, [killedBy.file]))
      const verdict = verdictOf(control, results)
      verdicts.set(control, verdict)
      seconds.push((performance.now() - began) / 1000)
      say(`${verdict} ${control.id} (${rounded(seconds.at(-1) ?? 0)} s)`)
    }
    const ids = (wanted: Verdict) =>
      controls.filter((control) => verdicts.get(control) === wanted).map(({ id }) => id)
    const killed = ids('killed').length
    return {
      isSound: killed === controls.length,
      figures: {
        ...{ mutations: controls.length, killed, survived: ids('survived'), broken: ids('broken') },
        slowestSeconds: rounded(Math.max(0, ...seconds)),
      },
    }
  })
}

/** The tests that fail, or are missing, although nothing was changed: then a failure later proves nothing. */
async function unmutated(folder: string, controls: readonly Control[]): Promise<string[]> {
  const files = [...new Set(controls.map(({ killedBy }) => killedBy.file))].sort()
  const results = await runTests(folder, files)
  const failed = results.filter(({ isPassed }) => !isPassed)
  const absent = controls.filter((control) => verdictOf(control, results) === 'broken')
  say(`unmutated: ${results.length} tests in ${files.length} files, ${failed.length} failed`)
  return [
    ...failed.map(({ file, title }) => `${file}: ${title}`),
    ...absent.map(({ killedBy }) => `${killedBy.file}: ${killedBy.test} did not run`),
  ]
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
