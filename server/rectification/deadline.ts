import { daysAfter, daysBetween, sameDateAfter, type Day } from './days.js'
import { notWorking, type Land, type NotWorking } from './holidays.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'

export { berlinDay, type Day } from './days.js'

/** The most months that an extension may add (Art. 12 (3) sentence 2 GDPR). */
export const MOST_EXTRA_MONTHS = 2

/** One line of the working, for a page: what was looked at, and which day it gave. */
export type Step =
  | { readonly step: 'received'; readonly day: Day }
  | { readonly step: 'month'; readonly day: Day }
  | { readonly step: 'month-end'; readonly day: Day }
  | { readonly step: 'extended'; readonly day: Day; readonly months: number }
  | { readonly step: 'extended-month-end'; readonly day: Day; readonly months: number }
  | { readonly step: 'not-working'; readonly day: Day; readonly why: NotWorking }
  | { readonly step: 'due'; readonly day: Day }

/** The last day of a period, and how it was found. */
export interface Deadline {
  /** The code of the rule in the catalogue; a refusal with its reasons is due the same day (`dl.art12_4`). */
  readonly rule: 'dl.art12_3' | 'dl.art12_3_ext'
  /** The last day on which the answer is in time. */
  readonly due: Day
  /** The last day by the calendar alone, before weekends and holidays. */
  readonly end: Day
  /** The Land whose holidays counted: that of the authority (Regulation 1182/71 Art. 2 (1)). */
  readonly land: Land
  readonly receivedOn: Day
  readonly steps: readonly Step[]
}

/**
 * One month from receipt (Art. 12 (3) sentence 1 GDPR; Regulation 1182/71 Art. 3). The day of receipt
 * is not counted, so the period ends with the same date of the next month; where that month lacks
 * the date, with its last day; on a Saturday, Sunday or public holiday, with the next working day.
 */
export function dueDate(from: { readonly receivedOn: Day; readonly land: Land }): Deadline {
  const { receivedOn, land } = from
  const { day: end, exists } = sameDateAfter(receivedOn, 1)
  const reached: Step = { step: exists ? 'month' : 'month-end', day: end }
  const moved = movedFrom(end, land)
  const steps: Step[] = [{ step: 'received', day: receivedOn }, reached, ...moved]
  return { rule: 'dl.art12_3', due: lastDay(moved), end, land, receivedOn, steps }
}

/**
 * The first period and up to two further months (Art. 12 (3) sentence 2 GDPR). The further months are
 * counted from the calendar end of the first one: neither the weekend behind it nor a date that its
 * month lacked lengthens them. Regulation 1182/71 names no starting point for an extension. Three
 * months from receipt, or two from the day to which a weekend moved the first end, are the other
 * readings; both end the same day or later, so who keeps this day keeps all three. Throws for
 * months that no extension has.
 */
export function extended(first: Deadline, months: number): Deadline {
  if (!isExtension(months)) throw new RangeError(`no extension has ${months} months`)
  const { day: end, exists } = sameDateAfter(first.end, months)
  const reached: Step = { step: exists ? 'extended' : 'extended-month-end', day: end, months }
  const moved = movedFrom(end, first.land)
  const working = first.steps.filter(({ step }) => step !== 'not-working' && step !== 'due')
  const steps: Step[] = [...working, reached, ...moved]
  return { ...first, rule: 'dl.art12_3_ext', due: lastDay(moved), end, steps }
}

/** The notice by which an authority takes longer. */
export interface ExtensionNotice {
  readonly toldOn: Day
  readonly months: number
  /** Whether the notice gives the reasons for the delay. */
  readonly hasReasons: boolean
}

/** Why a notice does not extend a period. */
export type ExtensionRefusal = 'NO_REASONS' | 'NO_SUCH_PERIOD' | 'BEFORE_RECEIPT' | 'TOO_LATE'

/** Whether a notice extends a first period: told with reasons, from receipt to its due day (Art. 12 (3) sentence 3). */
export function mayExtend(
  first: Deadline,
  notice: ExtensionNotice,
): Result<ExtensionNotice, ExtensionRefusal> {
  if (!isExtension(notice.months)) return refuse('NO_SUCH_PERIOD')
  if (!notice.hasReasons) return refuse('NO_REASONS')
  if (notice.toldOn < first.receivedOn) return refuse('BEFORE_RECEIPT')
  return notice.toldOn > first.due ? refuse('TOO_LATE') : ok(notice)
}

/** Calendar days from today to a day: 0 on the day itself, negative behind it. */
export function daysLeft(day: Day, today: Day): number {
  return daysBetween(today, day)
}

function isExtension(months: number): boolean {
  return Number.isInteger(months) && months >= 1 && months <= MOST_EXTRA_MONTHS
}

/** The days that are passed over (Regulation 1182/71 Art. 3 (4)), and the working day behind them. */
function movedFrom(end: Day, land: Land): Step[] {
  const steps: Step[] = []
  let day = end
  for (let why = notWorking(day, land); why !== undefined; why = notWorking(day, land)) {
    steps.push({ step: 'not-working', day, why })
    day = daysAfter(day, 1)
  }
  return [...steps, { step: 'due', day }]
}

function lastDay(steps: readonly Step[]): Day {
  return steps.at(-1)?.day ?? ''
}
