import type { DeskStep, Question } from '../inquiries/index.js'
import type { Timetable } from './timetable.js'

/** The data protection officers of Pforzheim and of Reutlingen, by sign-in. */
export type Officer = 'dpo' | 'dpo-2'

/** What an officer does about a question; days count back from today. */
export interface QuestionAct {
  readonly day: number
  readonly by: Officer
  readonly step: DeskStep
}

/**
 * A question of the demonstration about the latest access of an office; days count back from today. A person
 * asks an office once at most.
 */
export interface QuestionStory {
  readonly person: string
  /** Code of the office that acted. */
  readonly office: string
  readonly question: Question
  readonly day: number
  readonly acts: readonly QuestionAct[]
}

/** Every question of the demonstration. The twins have none: they differ in nothing that is shown. */
export const QUESTIONS: readonly QuestionStory[] = [
  {
    person: 'resident-ar',
    office: 'i.pf.abh',
    question: {
      kind: 'ask',
      reasons: ['unclear_purpose'],
      words: 'لماذا اطّلعتم على بياناتي؟ موعدي في الدائرة كان قبل أشهر.',
    },
    day: 24,
    acts: [
      { day: 21, by: 'dpo', step: { event: 'taken' } },
      {
        day: 15,
        by: 'dpo',
        step: {
          event: 'answered',
          reply: {
            finding: 'procedure',
            measures: [],
            words: 'Die Abfrage gehörte zur Verlängerung Ihrer Aufenthaltserlaubnis.',
          },
        },
      },
    ],
  },
  {
    person: 'resident-ar',
    office: 'i.pf.jobcenter',
    question: { kind: 'surprise', reasons: ['too_many_data', 'too_often'] },
    day: 8,
    acts: [],
  },
  {
    person: 'resident-tr',
    office: 'i.pf.abh',
    question: { kind: 'surprise', reasons: ['no_business'], words: 'O gün işteydim.' },
    day: 6,
    acts: [{ day: 4, by: 'dpo', step: { event: 'taken' } }],
  },
  {
    person: 'resident-ru',
    office: 'i.pf.abh',
    question: { kind: 'ask', reasons: ['unclear_purpose', 'too_many_data'] },
    day: 2,
    acts: [],
  },
  {
    person: 'resident-uk',
    office: 'i.rt.abh',
    question: { kind: 'surprise', reasons: ['unknown_office'] },
    day: 19,
    acts: [{ day: 11, by: 'dpo-2', step: { event: 'passed_on', reason: 'unclear' } }],
  },
]

/** A moment of a story: what happens to which question, and when (milliseconds since 1970). */
export interface QuestionMoment {
  readonly at: number
  readonly story: QuestionStory
  /** What happens; absent where it is asked. */
  readonly act?: QuestionAct
  /** How many events the question has when this is done. */
  readonly events: number
}

/** Officers write before noon, people in the evening. */
const MORNING = 9 * 60
const EVENING = 20 * 60

/** All moments in the order in which they happen; the same for every seed. */
export function questionMomentsOf(
  stories: readonly QuestionStory[],
  timetable: Timetable,
): readonly QuestionMoment[] {
  const on = (day: string, minute: number) => timetable.instant(day, minute, 0).at
  return stories
    .flatMap((story, place): readonly QuestionMoment[] => [
      { at: on(timetable.day(story.day), EVENING + place * 7), story, events: 1 },
      ...story.acts.map((act, number) => ({
        at: on(timetable.workday(act.day), MORNING + place * 11),
        ...{ story, act, events: number + 2 },
      })),
    ])
    .sort((one, other) => one.at - other.at)
}
