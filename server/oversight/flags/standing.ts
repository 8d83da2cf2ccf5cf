import { staffScope, type StaffActor } from '../../identity/index.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { readFindingsOf, readOwnWatch } from '../store/findings.js'
import type { Explanation } from './explanation.js'
import type { FindingRow } from './finding.js'
import { isOfOneAccess, type RuleCode } from './rules.js'
import { judgeStretch } from './watching.js'
import type { WorklistParts } from './worklist.js'

/** What the rules make of one access: what explains it, what they found, or that they have not come so far. */
export interface AccessStanding {
  readonly explanation?: Explanation
  /** The heaviest first; without those about a whole day, for which the entry is only one of many. */
  readonly findings: readonly FindingRow[]
  /** Whether the rules have read the entry. */
  readonly isRead: boolean
  /** Whether the own office was the one that acted: rules look at no other's accesses. */
  readonly isOwnAct: boolean
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

/** Makes it. */
export function createStandings(parts: Omit<WorklistParts, 'tell'>): Standings {
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

/**
 * No row keeps what explains an access: it is reckoned for this one again, with what the rules knew when they last
 * read. What they found stands as it is, even if something explains the access by now.
 */
async function standingOf(
  parts: Omit<WorklistParts, 'tell'>,
  actor: StaffActor,
  entry: number,
): Promise<AccessStanding> {
  const { office } = actor
  if (office === undefined) throw new DomainError('NOT_FOUND')
  const [found, watch] = await parts.inTransaction(staffScope(actor), async (trx) => [
    await readFindingsOf(trx, [entry]),
    await readOwnWatch(trx),
  ])
  const findings = found.filter(({ rule }) => isOfOneAccess(rule))
  const below = watch?.below ?? 0
  const stretch = { from: entry, to: entry + 1, below: Math.max(below, entry + 1) }
  const [judged] = await judgeStretch(parts, office, stretch)
  return {
    ...{ findings, isRead: entry < below, isOwnAct: judged !== undefined },
    ...(judged?.explanation === undefined ? {} : { explanation: judged.explanation }),
  }
}
