import type { Field } from '../../catalogue/index.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import {
  CALENDARS,
  formOf,
  GENDERS,
  MARITAL,
  RELATIONS,
  type Wanted,
  type WantedForm,
} from '../statement.js'
import { toGregorian, type ForeignCalendar } from '../values/calendars.js'
import { nationalitiesOf } from '../values/nationality.js'
import { GIVEN_NAMES } from '../name-fields.js'
import { datatypeA, originalScript, type NameCheck } from '../values/names.js'
import { isDay, parsePartialDate, type PartialDate } from '../values/partial-date.js'
import { readWords } from './words.js'

type Read<Form extends WantedForm = WantedForm> = Result<
  Extract<Wanted, { form: Form | (Form extends 'names' ? 'none' : never) }>,
  readonly FieldError[]
>

/** The right entry of a field as it was typed; every form has its own inputs. */
export function readWanted(form: URLSearchParams, field: Field): Read {
  return READERS[formOf(field)](form, field)
}

const READERS: Readonly<Record<WantedForm, (form: URLSearchParams, field: Field) => Read>> = {
  names: readNames,
  date: readDate,
  nationality: readNationalities,
  address: readAddress,
  marital: (form) => readCode(form, 'marital', MARITAL),
  gender: (form) => readCode(form, 'gender', GENDERS),
  family: readFamily,
  text: readText,
}

export function readNames(form: URLSearchParams, { code }: Pick<Field, 'code'>): Read<'names'> {
  // Whoever has one name alone has no given names: the name stands as family name.
  const isNone = code === GIVEN_NAMES && (form.get('latin') ?? '').trim() === ''
  if (isNone && form.get('onlyOne') === 'yes') return ok({ form: 'none' })
  const latin = latinName(form, 'latin')
  const typed = (form.get('original') ?? '').trim()
  const original = typed === '' ? undefined : originalScript(typed)
  const errors = [
    ...(latin.ok ? [] : latin.refusal),
    ...(original === undefined || original.ok ? [] : [nameProblem('original', original)]),
  ]
  if (!latin.ok || errors.length > 0) return refuse(errors)
  return ok({
    form: 'names',
    latin: latin.value,
    ...(original?.ok ? { original: original.value } : {}),
    onlyOne: form.get('onlyOne') === 'yes',
  })
}

function latinName(form: URLSearchParams, name: string): Result<string, readonly FieldError[]> {
  const read = datatypeA(form.get(name) ?? '')
  return read.ok ? ok(read.value) : refuse([nameProblem(name, read)])
}

/** What a name may not hold, by the character itself; one that shows nothing by its number. */
function nameProblem(
  field: string,
  { code, character }: Extract<NameCheck<string>, { ok: false }>,
): FieldError {
  if (character === undefined) return problem(field, code)
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { ...problem(field, code), params: { character, number: `U+${number}` } }
}

/** The last year that a date of a register may name: permits end in years to come. */
const LAST_DAY = '2099-12-31'
function readDate(form: URLSearchParams): Read<'date'> {
  const calendar = CALENDARS.find((one) => one === form.get('calendar')) ?? 'gregorian'
  const raw = {
    year: form.get('year') ?? '',
    month: form.get('month') ?? '',
    day: form.get('day') ?? '',
  }
  if (form.get('unknown') === 'yes') return ok({ form: 'date', calendar })
  if (calendar !== 'gregorian') return foreignDate(raw, calendar)
  const read = parsePartialDate(raw, LAST_DAY)
  if (!read.ok) return refuse([problem(read.refusal.input, 'date')])
  const { year, month, day } = read.value
  if (year === undefined) return refuse([problem('year', 'date')])
  return ok({
    ...{ form: 'date', calendar, year },
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  })
}

function foreignDate(
  raw: { year: string; month: string; day: string },
  calendar: ForeignCalendar,
): Read<'date'> {
  const [year, month, day] = [digitsOf(raw.year), digitsOf(raw.month), digitsOf(raw.day)]
  if (year === undefined) return refuse([problem('year', 'calendarYear')])
  if (month === undefined && day !== undefined) return refuse([problem('month', 'date')])
  const read = toGregorian({ year, month, day } as PartialDate, calendar, LAST_DAY)
  if (!read.ok) {
    const isYear = read.refusal !== 'NO_SUCH_DATE'
    return refuse([problem(isYear ? 'year' : 'day', isYear ? 'calendarYear' : 'date')])
  }
  return ok({
    ...{ form: 'date', calendar, year },
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  })
}

/** A whole number in Latin, Arabic or Persian digits; nothing where the input is empty, NaN where it is none. */
function digitsOf(raw: string): number | undefined {
  const text = raw.trim().normalize('NFKC')
  const latin = [...text].map((sign) => {
    const code = sign.codePointAt(0) ?? 0
    const zero = [0x660, 0x6f0].find((first) => code >= first && code < first + 10)
    return zero === undefined ? sign : String(code - zero)
  })
  if (latin.length === 0) return undefined
  return /^\d{1,4}$/.test(latin.join('')) ? Number(latin.join('')) : Number.NaN
}

function readNationalities(form: URLSearchParams): Read<'nationality'> {
  const given = ['nationality1', 'nationality2', 'nationality3'].flatMap((name) => {
    const code = form.get(name) ?? ''
    return code === '' ? [] : [code]
  })
  const read = nationalitiesOf(given)
  if (!read.ok) return refuse([problem('nationality1', `nationality.${read.refusal.code}`)])
  return ok({ form: 'nationality', codes: read.value.map(({ code }) => code) })
}

function readAddress(form: URLSearchParams): Read<'address'> {
  const street = latinLine(form, 'street')
  const place = latinLine(form, 'place')
  const postcode = (form.get('postcode') ?? '').trim()
  const since = (form.get('since') ?? '').trim()
  const errors = [
    ...(street.ok ? [] : street.refusal),
    ...(/^\d{5}$/.test(postcode) ? [] : [problem('postcode', 'postcode')]),
    ...(place.ok ? [] : place.refusal),
    ...(since === '' || isDay(since) ? [] : [problem('since', 'date')]),
  ]
  if (!street.ok || !place.ok || errors.length > 0) return refuse(errors)
  return ok({
    ...{ form: 'address', street: street.value, postcode, place: place.value },
    ...(since === '' ? {} : { since }),
  })
}

const LINE = /^[\p{Script=Latin}\p{M}\d .,'’()/+-]{1,120}$/u

/** A line of an address in Latin letters, as the post reads it. */
function latinLine(form: URLSearchParams, name: string): Result<string, readonly FieldError[]> {
  const line = (form.get(name) ?? '').trim().normalize('NFC')
  if (LINE.test(line)) return ok(line)
  const character = [...line].find((sign) => !LINE.test(sign))
  const code = line === '' ? 'EMPTY' : character === undefined ? 'TOO_LONG' : 'NOT_LATIN'
  return refuse([nameProblem(name, { ok: false, code, ...(character ? { character } : {}) })])
}

function readFamily(form: URLSearchParams): Read<'family'> {
  const relation = RELATIONS.find((one) => one === form.get('relation'))
  const latin = latinName(form, 'latin')
  const year = digitsOf(form.get('birthYear') ?? '')
  const errors = [
    ...(relation ? [] : [problem('relation', 'choose')]),
    ...(latin.ok ? [] : latin.refusal),
    ...(year === undefined || (year >= 1850 && year <= 2099) ? [] : [problem('birthYear', 'date')]),
  ]
  if (!relation || !latin.ok || errors.length > 0) return refuse(errors)
  return ok({
    ...{ form: 'family', relation, latin: latin.value },
    ...(year === undefined ? {} : { birthYear: year }),
  })
}

function readCode<Form extends 'marital' | 'gender', Code extends string>(
  form: URLSearchParams,
  name: Form,
  codes: readonly Code[],
): Result<{ form: Form; code: Code }, readonly FieldError[]> {
  const code = codes.find((one) => one === form.get(name))
  return code === undefined ? refuse([problem(name, 'choose')]) : ok({ form: name, code })
}

function readText(form: URLSearchParams): Read<'text'> {
  const text = readWords(form, 'text')
  if (!text.ok) return text
  return text.value === ''
    ? refuse([problem('text', 'empty')])
    : ok({ form: 'text', text: text.value })
}

function problem(field: string, key: string): FieldError {
  return { field, key: `rectification:problem.${key}` }
}
