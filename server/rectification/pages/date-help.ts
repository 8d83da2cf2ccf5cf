import type { Day } from '../days.js'
import { gregorianReadings, typedDate } from '../register-text.js'
import type { Statement } from '../statement.js'
import { mayBePlaceholder, wholeDate } from '../values/partial-date.js'
import { parseMrz, type MrzDocument } from '../values/mrz.js'
import { dayName, type Pen, type Row } from './pen.js'

/** Helps to judge a date, and decides nothing: its calendar, its readings, whether it looks guessed. */
export function dateHelp(pen: Pen, statement: Statement, today: Day): readonly Row[] {
  const { wanted } = statement
  if (wanted?.form !== 'date' || wanted.year === undefined) return []
  const { t } = pen
  const term = (name: string) => t(`rectification:dateHelp.${name}`)
  const { calendar } = wanted
  const readings = gregorianReadings(wanted)
  const { month, day } = wanted
  const isGuessed =
    (month === 1 && day === 1) ||
    readings.some(({ first, last }) => first === last && mayBePlaceholder(wholeDate(first)))
  return [
    {
      term: term('typed'),
      text: t('rectification:dateHelp.inCalendar', {
        date: typedDate(wanted),
        calendar: t(`rectification:calendar.${calendar}`),
      }),
    },
    {
      term: term('readings'),
      items: readings.map(({ first, last }) =>
        first === last
          ? dayName(pen, first)
          : t('rectification:between', { from: dayName(pen, first), to: dayName(pen, last) }),
      ),
    },
    ...(readings.length > 1 ? [{ term: term('several'), text: term('severalWhy') }] : []),
    ...(isGuessed ? [{ term: term('guessed'), text: term('guessedWhy') }] : []),
    ...zoneRows(pen, statement, today),
  ]
}

/** What a machine-readable zone says, where the person copied one into their own words. */
function zoneRows(pen: Pen, { stored, words }: Statement, today: Day): readonly Row[] {
  const document = [stored, words].map((text) => zoneIn(text, today)).find(Boolean)
  if (document === undefined) return []
  const term = (name: string) => pen.t(`rectification:dateHelp.${name}`)
  const holds = document.checks.find(({ field }) => field === 'birth')?.holds ?? false
  return [
    { term: term('zone'), code: zoneDate(document) },
    { term: term('digits'), text: term(holds ? 'digitsFit' : 'digitsDiffer') },
  ]
}

/** The zone in a text: its lines are those that hold a filler and nothing but a zone's characters. */
function zoneIn(text: string | undefined, today: Day): MrzDocument | undefined {
  const lines = (text ?? '').split('\n').filter((line) => /^[A-Z0-9<‹«\s]{28,}$/i.test(line))
  if (lines.length === 0) return undefined
  const read = parseMrz(lines.join('\n'), today)
  return read.ok ? read.document : undefined
}

/** Two digits of a year can mean two years. */
function zoneDate({ birth: { years, month, day } }: MrzDocument): string {
  const year = years.length === 0 ? undefined : years.join(' / ')
  return [day, month, year].filter((part) => part !== undefined).join('.')
}
