import type { DeskStep, Kind } from '../blocks/index.js'
import type { Timetable } from './timetable.js'

/** What a caseworker does about a block; days count back from today. */
export interface BlockAct {
  readonly day: number
  readonly by: 'caseworker' | 'caseworker-2'
  readonly step: DeskStep
}

/** A block of the demonstration; a person has one of a kind at most. */
export interface BlockStory {
  readonly person: string
  readonly kind: Kind
  /** Code of the office that decides. */
  readonly office: string
  readonly grounds: readonly string[]
  readonly words?: string
  readonly day: number
  readonly acts: readonly BlockAct[]
}

/** Every block: one in force, in spite of which a tracing service got something, and one that waits for its letter. */
export const BLOCKS: readonly BlockStory[] = [
  {
    ...{ person: 'resident-tr', kind: 'transmission', office: 'i.pf.abh' },
    grounds: ['freedom', 'other'],
    words: 'Eski ortağım beni arıyor.',
    day: 27,
    acts: [
      { day: 23, by: 'caseworker', step: { event: 'form_met', form: 'letter' } },
      { day: 20, by: 'caseworker', step: { event: 'granted', isGuarded: false } },
    ],
  },
  {
    ...{ person: 'resident-uk', kind: 'transmission', office: 'i.rt.abh' },
    grounds: ['health', 'others'],
    day: 3,
    acts: [],
  },
]

/** A moment of a story: what happens to which block, and when (milliseconds since 1970). */
export interface BlockMoment {
  readonly at: number
  readonly story: BlockStory
  /** What happens; absent where it is applied for. */
  readonly act?: BlockAct
  /** How many events the block has when this is done. */
  readonly events: number
}

/** Offices decide before noon, people write in the evening. */
const MORNING = 10 * 60
const EVENING = 19 * 60

/** All moments in the order in which they happen; the same for every seed. */
export function blockMomentsOf(
  stories: readonly BlockStory[],
  timetable: Timetable,
): readonly BlockMoment[] {
  const on = (day: string, minute: number) => timetable.instant(day, minute, 0).at
  return stories
    .flatMap((story, place): readonly BlockMoment[] => [
      { at: on(timetable.day(story.day), EVENING + place * 7), story, events: 1 },
      ...story.acts.map((act, number) => ({
        at: on(timetable.workday(act.day), MORNING + place * 11),
        ...{ story, act, events: number + 2 },
      })),
    ])
    .sort((one, other) => one.at - other.at)
}
