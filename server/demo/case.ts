import type { StaffStep, Statement } from '../rectification/index.js'
import type { Paper } from './evidence.js'
import type { Timetable } from './timetable.js'

/** The caseworkers of Pforzheim and of Reutlingen, by sign-in. */
export const CLERKS = { pforzheim: 'caseworker', reutlingen: 'caseworker-2' } as const
/** A caseworker of the demonstration. */
export type Clerk = (typeof CLERKS)[keyof typeof CLERKS]

/** Offices too small for four eyes, and who confirms for each: the other. */
export const PARTNERS = [
  { office: 'i.pf.abh', partner: 'i.rt.abh' },
  { office: 'i.rt.abh', partner: 'i.pf.abh' },
] as const

/** A step that a story tells; days, offices and people are filled in when it happens. */
export type ToldStep =
  | Exclude<StaffStep, { event: 'form_met' | 'passed_on' | 'assigned' }>
  /** The signed letter has come on the day of the step. */
  | { readonly event: 'form_met' }
  | { readonly event: 'passed_on'; readonly office: string }

/** Something that happens to a request. */
export type CaseAct =
  | { readonly day: number; readonly by: Clerk; readonly step: ToldStep }
  | {
      readonly day: number
      readonly by: 'resident'
      readonly event: 'answered' | 'withdrawn' | 'stated'
      readonly words: string
    }

/** A request of the demonstration; days count back from today. A person has one on a field at most. */
export interface CaseStory {
  readonly person: string
  readonly field: string
  readonly statement: Statement
  /** The day on which it was filed, or last saved where it is a draft. */
  readonly day: number
  readonly isDraft?: true
  /** Documents that the person hands in with it. */
  readonly papers?: readonly Paper[]
  readonly acts: readonly CaseAct[]
}

/** What a caseworker does, day by day. */
export function clerk(by: Clerk) {
  const act = (step: ToldStep) => (day: number) => ({ day, by, step })
  return {
    letter: act({ event: 'form_met' }),
    claims: act({ event: 'claimed' }),
    confirms: act({ event: 'confirmed' }),
    closes: act({ event: 'closed' }),
    does: (day: number, step: ToldStep): CaseAct => ({ day, by, step }),
  }
}

/** What the person does after filing. */
export function person(
  day: number,
  event: 'answered' | 'withdrawn' | 'stated',
  words = '',
): CaseAct {
  return { day, by: 'resident', event, words }
}

/** A moment of a story: what happens to which request, and when (milliseconds since 1970). */
export interface Moment {
  readonly at: number
  readonly story: CaseStory
  /** What happens; absent where the request is filed, or its draft saved. */
  readonly act?: CaseAct
  /** How many events the request has when this is done. */
  readonly events: number
}

const MINUTE_MS = 60_000
/** Offices begin at eight; people write in the evening. */
const OFFICE_HOURS = { from: 8 * 60, length: 7 * 60 }
const EVENING = { from: 18 * 60, length: 3 * 60 }

/** All moments in the order in which they happen; the same for every seed. */
export function momentsOf(stories: readonly CaseStory[], timetable: Timetable): readonly Moment[] {
  return stories
    .flatMap((story, place) => momentsIn(story, place, timetable))
    .sort((one, other) => one.at - other.at)
}

function momentsIn(story: CaseStory, place: number, timetable: Timetable): readonly Moment[] {
  const moments: Moment[] = []
  const acts = [undefined, ...story.acts]
  for (const [number, act] of acts.entries()) {
    const isStaff = act !== undefined && act.by !== 'resident'
    const day = act?.day ?? story.day
    const { from, length } = isStaff ? OFFICE_HOURS : EVENING
    const minute = from + ((place * 37 + number * 53) % length)
    const on = isStaff ? timetable.workday(day) : timetable.day(day)
    // Before a long weekend the office may have no day of its own left between two steps.
    const earliest = (moments.at(-1)?.at ?? 0) + 10 * MINUTE_MS
    const at = Math.max(timetable.instant(on, minute, 0).at, earliest)
    moments.push({ at, story, events: number + 1, ...(act === undefined ? {} : { act }) })
  }
  return moments
}
