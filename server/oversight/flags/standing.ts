import { staffScope, type StaffActor } from '../../identity/index.js'
import { readFindingsOf, readOwnWatch } from '../store/findings.js'
import type { Explaining, Why } from './explaining.js'
import type { FindingRow } from './finding.js'
import { isOfOneAccess, type RuleCode } from './rules.js'
import type { WorklistParts } from './worklist.js'

/** What explains one access, what the rules found, or that they have not come so far. */
export interface AccessStanding {
  readonly why: Why
  /** The heaviest first; without those about a whole day, for which the entry is only one of many. */
  readonly findings: readonly FindingRow[]
  /** Whether the rules have read the entry. */
  readonly isRead: boolean
}

/** What the officer of an office learns of one access besides the entry itself (GDPR Article 39 (1) (b)). */
export interface Standings {
  /** Asked on pages that are a look at the access already, and on no other. */
  of(actor: StaffActor, entry: number): Promise<AccessStanding>
  /** Which rules found something at which of some entries. */
  foundAt(actor: StaffActor, entries: readonly number[]): Promise<FoundRules>
}

/** Rules that found something, by leaf index; an entry without any is left out. */
export type FoundRules = ReadonlyMap<number, readonly RuleCode[]>

interface Parts extends Pick<WorklistParts, 'inTransaction'> {
  readonly explaining: Explaining
}

/** Makes it. */
export function createStandings(parts: Parts): Standings {
  return {
    of: (actor, entry) => standingOf(parts, actor, entry),
    foundAt: async (actor, entries) => {
      const found = await parts.inTransaction(staffScope(actor), (trx) =>
        readFindingsOf(trx, entries),
      )
      const rules = new Map<number, RuleCode[]>()
      for (const { index, rule } of found.filter((one) => isOfOneAccess(one.rule))) {
        rules.set(index, [...(rules.get(index) ?? []), rule])
      }
      return rules
    },
  }
}

/** What they found stands as it is, even if something explains the access by now. */
async function standingOf(
  { inTransaction, explaining }: Parts,
  actor: StaffActor,
  entry: number,
): Promise<AccessStanding> {
  const why = await explaining.why(actor, entry)
  return inTransaction(staffScope(actor), async (trx) => {
    const found = await readFindingsOf(trx, [entry])
    const watch = await readOwnWatch(trx)
    const findings = found.filter(({ rule }) => isOfOneAccess(rule))
    return { why, findings, isRead: entry < (watch?.below ?? 0) }
  })
}
