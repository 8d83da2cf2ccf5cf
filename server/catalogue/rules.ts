import type { EventClass, Party, Purpose } from './model.js'

/** What the number of a sealed class is above that of its open twin. */
export const SEALED_OFFSET = 100

const PERIOD = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTHS_OF_A_YEAR = 12
const DAYS_OF_A_WEEK = 7

/** Whether a text is an ISO 8601 duration of whole years, months, weeks and days. */
export function isPeriod(text: string): boolean {
  return PERIOD.test(text)
}

/**
 * The day (`YYYY-MM-DD`) a period after another: years and months by the calendar, never past the
 * end of the month they reach (BGB § 188 (2), (3)), then weeks and days. Throws on other formats.
 */
export function addPeriod(day: string, period: string): string {
  const [, years = 0, months = 0, weeks = 0, days = 0] = matched(PERIOD, period)
  const [, year = 0, month = 0, dayOfMonth = 0] = matched(DAY, day)
  const reached = year * MONTHS_OF_A_YEAR + month - 1 + years * MONTHS_OF_A_YEAR + months
  const inYear = Math.floor(reached / MONTHS_OF_A_YEAR)
  const inMonth = reached % MONTHS_OF_A_YEAR
  const lastOfMonth = new Date(Date.UTC(inYear, inMonth + 1, 0)).getUTCDate()
  const start = Math.min(dayOfMonth, lastOfMonth) + weeks * DAYS_OF_A_WEEK + days
  return new Date(Date.UTC(inYear, inMonth, start)).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

function matched(pattern: RegExp, text: string): (number | undefined)[] {
  const parts = pattern.exec(text)
  if (parts === null) throw new Error(`neither a day nor a period: ${text}`)
  return parts.map((part: string | undefined) => (part === undefined ? undefined : Number(part)))
}

/** The retention class of a register, or nothing where the catalogue does not know the register. */
export function classOf(classes: readonly EventClass[], register: string): EventClass | undefined {
  return classes.find(({ registers }) => registers.includes(register))
}

/** The class number of withheld entries of an open class (`ledger.md`, decision 8). */
export function sealedTwin(openClass: EventClass): number {
  return openClass.number + SEALED_OFFSET
}

/** Whether a party is of a kind of authority: the kind itself or one of its offices. */
export function isOf(party: Party, authority: string): boolean {
  return party.authority === authority
}

/** Whether a party may stand in an entry: an office, or a kind of authority that has no offices. */
export function takesPart(party: Party): boolean {
  return party.kind === 'office' || !party.hasOffices
}

/**
 * The label that a purpose carries. The third one, the duty to cooperate (SGB I §§ 60-67, rule
 * `con.cooperation`), is not marked in the catalogue, so nothing gets it here.
 */
export function labelOf(purpose: Purpose): 'by_law' | 'voluntary' {
  return purpose.kind === 'voluntary' ? 'voluntary' : 'by_law'
}
