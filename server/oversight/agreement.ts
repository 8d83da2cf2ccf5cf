/**
 * An agreement of an office with its staff council (a Dienstvereinbarung) under which rules may look at single members
 * of staff, as the members of staff of the office read it. An office concludes it, so each has its own or none.
 */
export interface Agreement {
  /** The words by which office and staff council know it. */
  readonly reference: string
  /** First day whose accesses it covers, `YYYY-MM-DD`. */
  readonly since: string
}
