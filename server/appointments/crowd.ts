import type { Trx } from '../database.js'
import type { BookFault, Change, Crowd } from './model.js'
import { MOST_ON_DAY, MOST_TOLD } from './rules.js'
import { readCrowd } from './store.js'

/** What would be too many appointments of one person; what stands can always be called off. */
export async function crowdedOf(
  trx: Trx,
  office: number,
  changes: readonly Change[],
): Promise<readonly BookFault[]> {
  const asked = changes.filter((change) => !callsOff(change))
  if (asked.length === 0) return []
  const crowds = await readCrowd(
    trx,
    office,
    asked.map(({ reported }) => reported),
  )
  const sums = sumsOf(changes)
  return asked.flatMap((change, place) => faultsOf(change, crowds[place], sums))
}

/** How many more appointments stand on each day of a person, and how many more entries there are of the person. */
interface Sums {
  readonly onDay: ReadonlyMap<string, number>
  readonly told: ReadonlyMap<string, number>
}

function callsOff({ reported, last }: Change): boolean {
  return reported.status === 'cancelled' && last?.status === 'booked'
}

function sumsOf(changes: readonly Change[]): Sums {
  const onDay = new Map<string, number>()
  const told = new Map<string, number>()
  const add = (sums: Map<string, number>, key: string, by: number) =>
    void sums.set(key, (sums.get(key) ?? 0) + by)
  for (const change of changes) {
    const { reported, last } = change
    if (last?.status === 'booked') add(onDay, `${last.subject} ${last.day}`, -1)
    if (reported.status === 'booked') add(onDay, `${reported.subject} ${reported.day}`, 1)
    if (!callsOff(change)) add(told, reported.subject, 1)
  }
  return { onDay, told }
}

function faultsOf(
  { at, reported: { subject, day, status } }: Change,
  crowd: Crowd | undefined,
  sums: Sums,
): readonly BookFault[] {
  const { onDay, told } = crowd ?? { onDay: 0, told: 0 }
  if (status === 'booked' && onDay + (sums.onDay.get(`${subject} ${day}`) ?? 0) > MOST_ON_DAY) {
    return [{ at, field: 'day', code: 'too_many' }]
  }
  const all = told + (sums.told.get(subject) ?? 0)
  return all > MOST_TOLD ? [{ at, field: 'ref', code: 'too_many' }] : []
}
