import type { Wanted } from '../statement.js'
import { toGregorian, type GregorianReading } from '../values/calendars.js'
import { realDay, type PartialDate } from '../values/partial-date.js'
import { dayName, type Row, type Tongue } from './pen.js'

/** A date as a person states it, in the calendar in which they know it. */
export type DateWanted = Extract<Wanted, { form: 'date' }>

/** Permits end in years to come. */
const LAST_DAY = '2099-12-31'

/** A date as it is known; one of another calendar stands in both, and in each way in which it can be read. */
export function dateRows(tongue: Tongue, wanted: DateWanted): readonly Row[] {
  const { t } = tongue
  const { year, month, day, calendar } = wanted
  const term = t('rectification:input.date')
  if (year === undefined) return [{ term, text: t('rectification:dateUnknown') }]
  const typed = [day, month, year].filter((part) => part !== undefined).join('.')
  if (calendar === 'gregorian') return [{ term, ...gregorian(tongue, wanted, typed) }]
  const read = toGregorian({ year, month, day } as PartialDate, calendar, LAST_DAY)
  const readings = read.ok ? read.value : []
  return [
    { term: t(`rectification:calendar.${calendar}`), code: typed },
    {
      term: t('rectification:calendar.gregorian'),
      items: readings.map((reading) => readingText(tongue, reading, readings.length > 1)),
    },
    ...(readings.length > 1
      ? [{ term: t('rectification:readings.term'), text: t('rectification:readings.both') }]
      : []),
  ]
}

/** A whole day in words, so that nobody takes the month for the day; less as it was typed. */
function gregorian(
  tongue: Tongue,
  { year = 0, month = 0, day = 0 }: DateWanted,
  typed: string,
): { readonly text: string } | { readonly code: string } {
  const whole = realDay({ year, month, day })
  return whole === undefined ? { code: typed } : { text: dayName(tongue, whole) }
}

/** A reading in the Gregorian calendar: a day, or the first and last day that it can be; of several how each is counted. */
function readingText(
  tongue: Tongue,
  { first, last, reckonings }: GregorianReading,
  isOneOfSeveral: boolean,
): string {
  const { t } = tongue
  const from = dayName(tongue, first)
  const days =
    first === last ? from : t('rectification:between', { from, to: dayName(tongue, last) })
  if (!isOneOfSeveral) return days
  const how = reckonings.map((reckoning) => t(`rectification:readings.${reckoning}`)).join(', ')
  return `${days} (${how})`
}
