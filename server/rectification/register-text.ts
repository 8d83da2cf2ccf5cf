import type { Tongue } from './pages/pen.js'
import type { Wanted } from './statement.js'
import { toGregorian, type GregorianReading } from './values/calendars.js'
import { nationalityOf } from './values/nationality.js'
import type { PartialDate } from './values/partial-date.js'

type DateWanted = Extract<Wanted, { form: 'date' }>

/** Permits end in years to come. */
const LAST_DAY = '2099-12-31'

/** What registers write where a person has no such name: an empty text would be no entry at all. */
const NO_NAME = '-'

/** What a decision puts into a register, as registers write it: one text, several for nationalities. */
export function valueTexts(german: Tongue, wanted: Wanted): readonly string[] {
  const word = (group: string, code: string) => german.t(`rectification:${group}.${code}`)
  switch (wanted.form) {
    case 'names':
      return [wanted.latin]
    case 'date':
      return [dateText(german, wanted)]
    case 'nationality':
      return wanted.codes.map((code) => nationalityName(german, code))
    case 'address':
      return [`${wanted.street}, ${wanted.postcode} ${wanted.place}`]
    case 'marital':
      return [word('maritals', wanted.code)]
    case 'gender':
      return [word('genders', wanted.code)]
    case 'family':
      return [`${word('relations', wanted.relation)}: ${wanted.latin}`]
    case 'text':
      return [wanted.text]
    case 'none':
      return [NO_NAME]
  }
}

/** The Gregorian days that a date can mean, in whatever calendar it is; none where it names no year. */
export function gregorianReadings(wanted: DateWanted): readonly GregorianReading[] {
  const { year, month, day, calendar } = wanted
  if (year === undefined) return []
  if (calendar !== 'gregorian') {
    const read = toGregorian({ year, month, day } as PartialDate, calendar, LAST_DAY)
    return read.ok ? read.value : []
  }
  const first = isoDay(year, month ?? 1, day ?? 1)
  const lastMonth = month ?? 12
  // Day 0 of the month behind is the last one of this month.
  const last = new Date(Date.UTC(year, lastMonth, 0)).getUTCDate()
  return [{ reckonings: [], first, last: isoDay(year, lastMonth, day ?? last) }]
}

/** A date as it was typed, in its own calendar. */
export function typedDate({ year, month, day }: DateWanted): string {
  return written([day, month, year])
}

function isoDay(year: number, month: number, day: number): string {
  const [text] = new Date(Date.UTC(year, month - 1, day)).toISOString().split('T')
  return text ?? ''
}

/** Of another calendar the Gregorian days that it can mean: registers know no other. */
function dateText({ t }: Tongue, wanted: DateWanted): string {
  if (wanted.year === undefined) return t('rectification:dateUnknown')
  if (wanted.calendar === 'gregorian') return typedDate(wanted)
  return gregorianReadings(wanted)
    .map(({ first, last }) =>
      first === last
        ? dayText(first)
        : t('rectification:between', { from: dayText(first), to: dayText(last) }),
    )
    .join(' / ')
}

function dayText(day: string): string {
  return day.split('-').reverse().join('.')
}

function written(parts: readonly (number | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, '0'))
    .join('.')
}

/** A nationality in words: the country of its code, or that there is none, or that it is unclear. */
export function nationalityName(
  { t, language }: Pick<Tongue, 't' | 'language'>,
  code: string,
): string {
  const region = nationalityOf(code)?.alpha2
  if (region === undefined) return t(`rectification:nationalities.${code}`)
  return regionsIn(language.intl).of(region) ?? region
}

const regions = new Map<string, Intl.DisplayNames>()

/** Names of countries; made once for each language, because a list has two hundred of them. */
function regionsIn(intl: string): Intl.DisplayNames {
  const known = regions.get(intl) ?? new Intl.DisplayNames(intl, { type: 'region' })
  regions.set(intl, known)
  return known
}
