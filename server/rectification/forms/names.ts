import type { Field } from '../../catalogue/index.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { counterpartOf, FAMILY_NAME, inputOf } from '../name-fields.js'
import type { FurtherEntry, Statement, Wanted } from '../statement.js'
import { readNames, readWanted } from './wanted.js'
import { readWords } from './words.js'

/** What is right of the leading field and of the further ones. */
export type Entries = Required<Pick<Statement, 'wanted' | 'also'>>

/** Inputs that a further field has; the leading one has the same without its name behind them. */
const NAME_INPUTS = ['latin', 'original'] as const

/** The right entries of a request: that of its leading field, and of the names beside it that are wrong as well. */
export function readEntries(
  form: URLSearchParams,
  { field, beside }: { readonly field: Field; readonly beside: readonly Field[] },
): Result<Entries, readonly FieldError[]> {
  const leading = readWanted(form, field)
  const rows = beside.map((one) => readRow(form, one))
  const errors = [
    ...(leading.ok ? [] : leading.refusal),
    ...rows.flatMap((row) => (row.ok ? [] : row.refusal)),
  ]
  if (!leading.ok || errors.length > 0) return refuse(errors)
  const also = rows.flatMap((row) => (row.ok && row.value !== undefined ? [row.value] : []))
  const entries = { wanted: leading.value, also }
  return form.get('onlyOne') === 'yes' ? withOneName(entries, { field, beside }) : ok(entries)
}

/** One further field: nothing where nothing was said of it, because what is right is left alone. */
function readRow(
  form: URLSearchParams,
  field: Field,
): Result<FurtherEntry | undefined, readonly FieldError[]> {
  const typed = (name: string) => (form.get(inputOf(name, field)) ?? '').trim()
  const isNone = typed('none') === 'yes'
  if (!isNone && ['stored', ...NAME_INPUTS].every((name) => typed(name) === '')) {
    return ok(undefined)
  }
  const stored = readWords(form, inputOf('stored', field))
  const wanted = readFurther(form, field)
  if (!wanted.ok || !stored.ok) {
    return refuse([...(wanted.ok ? [] : wanted.refusal), ...(stored.ok ? [] : stored.refusal)])
  }
  const said = stored.value === '' ? {} : { stored: stored.value }
  return ok({ field: field.code, ...said, wanted: wanted.value })
}

/** The right entry of a further field, or that the person has no such name. */
export function readFurther(
  form: URLSearchParams,
  field: Field,
): Result<Wanted, readonly FieldError[]> {
  const values = NAME_INPUTS.map((name): [string, string] => [
    name,
    form.get(inputOf(name, field)) ?? '',
  ])
  if (form.get(inputOf('none', field)) === 'yes') {
    return values.every(([, value]) => value.trim() === '')
      ? ok({ form: 'none' })
      : refuse([problem(inputOf('latin', field), 'nameOrNone')])
  }
  const read = readNames(new URLSearchParams(values), field)
  return read.ok
    ? read
    : refuse(read.refusal.map((error) => ({ ...error, field: inputOf(error.field, field) })))
}

/**
 * Whoever has one name alone has it as family name, and has no given names: the other field of the two follows,
 * where the office holds it. Other spellings and former names do not: they are names of another kind.
 */
function withOneName(
  { wanted, also }: Entries,
  { field, beside }: { readonly field: Field; readonly beside: readonly Field[] },
): Result<Entries, readonly FieldError[]> {
  const code = counterpartOf(field)
  const other = beside.find((one) => one.code === code)
  if (other === undefined) return ok({ wanted, also })
  const said = also.find((one) => one.field === code)
  const rest = also.filter((one) => one.field !== code)
  const isFamily = other.code === FAMILY_NAME
  const moved = isFamily && wanted.form === 'names' ? wanted : undefined
  const isTwice = isFamily ? moved !== undefined && said !== undefined : isName(said)
  if (isTwice) return refuse([problem(inputOf('latin', other), 'onlyOneName')])
  const mine: Wanted = isFamily ? { form: 'none' } : wanted
  const theirs = isFamily ? (moved ?? said?.wanted) : ({ form: 'none' } as const)
  if (theirs === undefined) return ok({ wanted: mine, also: rest })
  const entry = { field: other.code, ...said, wanted: alone(theirs) }
  return ok({ wanted: mine, also: [entry, ...rest] })
}

function isName(entry: FurtherEntry | undefined): boolean {
  return entry?.wanted.form === 'names'
}

function alone(wanted: Wanted): Wanted {
  return wanted.form === 'names' ? { ...wanted, onlyOne: true } : wanted
}

function problem(field: string, key: string): FieldError {
  return { field, key: `rectification:problem.${key}` }
}
