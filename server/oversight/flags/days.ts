import { flagRule, LEAST_MIX, LEAST_VOLUME, type Finding } from './rules.js'
import { peerBox, type PeerBox } from './robust.js'

/** How many visible accesses of a unit there were on a day, for one purpose. */
export interface Tally {
  readonly office: number
  readonly unit: number
  readonly purpose: number
  readonly all: number
  readonly unexplained: number
  /** The entry that a finding about the unit stands at. */
  readonly lastLeaf: number
  readonly lastExpiresOn: string
}

/** Units of all offices of the same kind that were at work lately, the own ones among them. */
export type Units = readonly { readonly office: number; readonly unit: number }[]

/** Units of an office with far more unexplained accesses on a day than other units of such offices. */
export function volumeFindings(
  day: string,
  tallies: readonly Tally[],
  { office, units }: { readonly office: number; readonly units: Units },
): readonly Finding[] {
  const counts = new Map(units.map((one) => [keyOf(one), 0]))
  for (const one of tallies) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + one.unexplained)
  return units
    .filter((one) => one.office === office)
    .flatMap((one) => {
      const value = counts.get(keyOf(one)) ?? 0
      const others = [...counts].filter(([key]) => key !== keyOf(one)).map(([, count]) => count)
      const box = value < LEAST_VOLUME ? undefined : peerBox(value, others)
      const last = latestOf(tallies.filter((tally) => keyOf(tally) === keyOf(one)))
      if (box === undefined || last === undefined || !isFarOut(box, flagRule('volume').threshold))
        return []
      return [findingAt(last, 'volume', { day, unit: one.unit, box: rounded(box) })]
    })
}

/** Where all peers are alike there is no measure: any bulk stands out then. */
export function isFarOut({ z, value, median }: PeerBox, threshold = Infinity): boolean {
  return z === undefined ? value > median : z > threshold
}

const keyOf = ({ office, unit }: { readonly office: number; readonly unit: number }) =>
  `${office}/${unit}`

/** A box with a distance that people read. */
export function rounded({ z, ...box }: PeerBox): PeerBox {
  return { ...box, ...(z === undefined ? {} : { z: Math.round(z * 10) / 10 }) }
}

/** Units of an office whose purposes of a week differ from those of the weeks before. */
export function mixFindings(
  day: string,
  week: readonly Tally[],
  before: readonly Tally[],
): readonly Finding[] {
  const units = [...new Set(week.map(({ unit }) => unit))].sort((one, other) => one - other)
  return units.flatMap((unit) => {
    const now = sharesOf(week.filter((tally) => tally.unit === unit))
    const then = sharesOf(before.filter((tally) => tally.unit === unit))
    if (now.total < LEAST_MIX.week || then.total < LEAST_MIX.before) return []
    const purposes = [...new Set([...now.shares.keys(), ...then.shares.keys()])]
    const rises = purposes.map((purpose) => {
      const shares = [then.shares.get(purpose) ?? 0, now.shares.get(purpose) ?? 0] as const
      return { purpose, shares, rise: shares[1] - shares[0] }
    })
    // Half of all differences: the share of accesses that would have to have another purpose.
    const distance = rises.reduce((sum, { rise }) => sum + Math.abs(rise), 0) / 2
    const most = rises.sort((a, b) => b.rise - a.rise || a.purpose - b.purpose)[0]
    if (most === undefined || distance <= (flagRule('purpose_mix').threshold ?? 1)) return []
    const { purpose } = most
    const last = latestOf(week.filter((tally) => tally.unit === unit && tally.purpose === purpose))
    const shares = [percent(most.shares[0]), percent(most.shares[1])] as const
    return last === undefined
      ? []
      : [findingAt(last, 'purpose_mix', { day, unit, purpose, count: now.total, shares })]
  })
}

const percent = (share: number) => Math.round(share * 100)

function sharesOf(tallies: readonly Tally[]) {
  const total = tallies.reduce((sum, { all }) => sum + all, 0)
  const shares = new Map<number, number>()
  for (const { purpose, all } of tallies) {
    shares.set(purpose, (shares.get(purpose) ?? 0) + all / total)
  }
  return { total, shares }
}

function latestOf(tallies: readonly Tally[]): Tally | undefined {
  const unexplained = tallies.filter((tally) => tally.unexplained > 0)
  const among = unexplained.length > 0 ? unexplained : tallies
  return [...among].sort((one, other) => other.lastLeaf - one.lastLeaf)[0]
}

function findingAt(
  { lastLeaf, lastExpiresOn }: Tally,
  rule: 'volume' | 'purpose_mix',
  evidence: Finding['evidence'],
): Finding {
  const { weight } = flagRule(rule)
  return { index: lastLeaf, expiresOn: lastExpiresOn, isSealed: false, rule, weight, evidence }
}
