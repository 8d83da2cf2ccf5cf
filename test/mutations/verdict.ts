import type { Control } from './control.js'
import type { TestResult } from './jest-run.js'

/**
 * What a run says of a mutation: `killed` by the named test, `survived`, or `broken`: nothing ran to its
 * end, so that the failure tells of the mutation's own fault and not of the missing control.
 */
export type Verdict = 'killed' | 'survived' | 'broken'

/** Judges the run of the named file with the control removed. */
export function verdictOf({ killedBy }: Control, results: readonly TestResult[]): Verdict {
  const ran = results.filter(({ file }) => file === killedBy.file)
  const named = ran.filter(({ title }) => title.includes(killedBy.test))
  if (named.length === 0) return 'broken'
  if (named.every(({ isPassed }) => isPassed)) return 'survived'
  // Where all of several fail, they most likely share a preparation that failed.
  return ran.length === 1 || ran.some(({ isPassed }) => isPassed) ? 'killed' : 'broken'
}
