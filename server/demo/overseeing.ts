import type { Actor, StaffActor } from '../identity/index.js'
import type { Timetable } from './timetable.js'

/** What an officer does of their own accord; reviews are of the first held access that somebody decides on. */
interface HeldItem {
  readonly index: number
  readonly isReviewed: boolean
  readonly reviews: number
}

/** The use cases of the portal by which officers review what is held back. */
export interface OverseeingDesk {
  readonly held: {
    list(actor: StaffActor): Promise<{ readonly items: readonly HeldItem[] }>
    review(
      actor: StaffActor,
      index: number,
      review: {
        readonly seen: number
        readonly finding: 'remains'
        readonly reason: 'task' | 'security'
        readonly day: string
      },
    ): Promise<boolean>
  }
  readonly searches: {
    list(actor: StaffActor): Promise<readonly unknown[]>
    save(actor: StaffActor, search: ToldSearch): Promise<boolean>
  }
  /** Signs a demonstration person in; who they are for the portal. */
  actorOf(person: string): Promise<Actor>
}

/** A search that an officer keeps. */
interface ToldSearch {
  readonly name: 'routine' | 'complaint'
  readonly days: 30 | null
  readonly chosen: Readonly<Record<string, string>>
}

/** A search whose period moves along, and one without a period. */
const SEARCHES: readonly ToldSearch[] = [
  { name: 'routine', days: 30, chosen: { flagged: 'yes' } },
  {
    name: 'complaint',
    days: null,
    chosen: { side: 'received', kind: 'address', operation: 'query' },
  },
]

/** A review of the demonstration; days count back from today, the next one lies ahead of some. */
export interface ReviewMoment {
  readonly at: number
  /** How many reviews there are before it. */
  readonly seen: number
  readonly reason: 'task' | 'security'
  readonly day: string
}

const BEFORE_NOON = 11 * 60

/** One obstacle was prolonged, and then once more for another reason. */
export function reviewMomentsOf(timetable: Timetable): readonly ReviewMoment[] {
  const on = (day: string) => timetable.instant(day, BEFORE_NOON, 0).at
  return [
    { at: on(timetable.workday(17)), seen: 0, reason: 'task', day: timetable.day(3) },
    { at: on(timetable.workday(3)), seen: 1, reason: 'security', day: timetable.day(-45) },
  ]
}

/** Lets an officer review what is held back, unless an earlier try has already. */
export async function reviewHeld(desk: OverseeingDesk, moment: ReviewMoment): Promise<void> {
  const officer = (await desk.actorOf('dpo')) as StaffActor
  const { items } = await desk.held.list(officer)
  const { seen, reason, day } = moment
  const item = items.find(({ isReviewed, reviews }) => isReviewed && reviews === seen)
  if (item === undefined) return
  await desk.held.review(officer, item.index, { seen, finding: 'remains', reason, day })
}

/** Lets an officer keep searches, unless an earlier try has already. */
export async function keepSearches({ searches, ...desk }: OverseeingDesk): Promise<void> {
  const officer = (await desk.actorOf('dpo')) as StaffActor
  const kept = await searches.list(officer)
  for (const search of SEARCHES.slice(kept.length)) await searches.save(officer, search)
}
