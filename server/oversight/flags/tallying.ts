import { germanDay } from '../../platform/kernel/days.js'
import type { Judged } from './judgement.js'
import type { Explanation } from './explanation.js'

/** How many accesses of a unit, a day and a purpose were explained by what. */
export interface UnitCount {
  readonly unit: number
  readonly day: string
  readonly purpose: number
  readonly counts: Record<Explanation | 'unexplained', number>
  /** Of these, made by hand. */
  byHand: number
  lastLeaf: number
  lastExpiresOn: string
}

const NONE: UnitCount['counts'] = {
  ...{ duty: 0, consent: 0, open_case: 0, correction: 0, appointment: 0, dealings: 0 },
  ...{ emergency: 0, unexplained: 0 },
}

/**
 * Counts judged accesses; those that are withheld are in no count, because counts of several offices are compared.
 */
export function tallied(judged: readonly Judged[]): readonly UnitCount[] {
  const all = new Map<string, UnitCount>()
  for (const { access, explanation } of judged) {
    if (access.isSealed) continue
    const { unit, purpose, index, expiresOn } = access
    const day = germanDay(access.occurredAt)
    const key = `${day}/${unit}/${purpose}`
    const count = all.get(key) ?? {
      ...{ unit, day, purpose, lastLeaf: index, lastExpiresOn: expiresOn },
      ...{ counts: { ...NONE }, byHand: 0 },
    }
    count.counts[explanation ?? 'unexplained'] += 1
    if (access.isManual) count.byHand += 1
    if (index >= count.lastLeaf) Object.assign(count, { lastLeaf: index, lastExpiresOn: expiresOn })
    all.set(key, count)
  }
  return [...all.values()]
}
