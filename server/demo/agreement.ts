import { AGREEMENTS } from './consents/stories.js'
import type { AgreementAct, AgreementStory } from './consents/story.js'
import { TEMPLATES, type DemoTemplate } from './consents/templates.js'
import type { Timetable } from './timetable.js'

/** A moment: a wording is published, or something happens to what somebody was asked (milliseconds since 1970). */
export interface AgreementMoment {
  readonly at: number
  readonly template: DemoTemplate
  /** Absent where the wording is published. */
  readonly story?: AgreementStory
  readonly act?: AgreementAct
  /** How often the person has been asked when this is done. */
  readonly asked: number
  /** When the paper came, where there is one. */
  readonly receivedAt?: Date
}

/** Every wording is published before anybody is asked. */
const PUBLISHED = 130
/** Offices act in the morning, people in the evening. */
const MORNING = 9 * 60 + 30
const EVENING = 19 * 60
/** A paper has come when the office opens. */
const MAIL = 8 * 60

/** All moments in the order in which they happen; the same for every seed. */
export function agreementMomentsOf(timetable: Timetable): readonly AgreementMoment[] {
  const on = (day: string, minute: number) => timetable.instant(day, minute, 0).at
  const published = TEMPLATES.map((template, place) => ({
    at: on(timetable.workday(PUBLISHED), MORNING + place * 5),
    ...{ template, asked: 0 },
  }))
  const told = AGREEMENTS.flatMap((story, place) => momentsIn(story, place, timetable))
  return [...published, ...told].sort((one, other) => one.at - other.at)
}

function momentsIn(
  story: AgreementStory,
  place: number,
  timetable: Timetable,
): readonly AgreementMoment[] {
  const template = TEMPLATES.find(({ code }) => code === story.code)
  if (template === undefined) throw new Error(`nobody is asked for ${story.code}`)
  let asked = 0
  return story.acts.map((act) => {
    if (act.act === 'asked') asked += 1
    const { day, minute } = timeOf(act, timetable)
    const at = timetable.instant(day, minute + place * 7, 0).at
    const { receipt } = 'receipt' in act ? act : { receipt: undefined }
    const received = receipt === undefined ? undefined : timetable.workday(receipt)
    return {
      ...{ at, template, story, act, asked },
      ...(received === undefined
        ? {}
        : { receivedAt: new Date(timetable.instant(received, MAIL, 0).at) }),
    }
  })
}

function timeOf(act: AgreementAct, timetable: Timetable): { day: string; minute: number } {
  const isOffice = act.act === 'asked' || act.act === 'called_off' || isOnPaper(act)
  return isOffice
    ? { day: timetable.workday(act.day), minute: MORNING }
    : { day: timetable.day(act.day), minute: EVENING }
}

/** Whether the office records it from a paper. */
export function isOnPaper(act: AgreementAct): boolean {
  return 'receipt' in act && act.receipt !== undefined
}
