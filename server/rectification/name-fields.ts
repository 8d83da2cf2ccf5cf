import type { Field } from '../catalogue/index.js'
import { asksForRight, formOf, type FurtherEntry, type Statement } from './statement.js'

/** Where the one name of a person stands: it is their family name (ICAO Doc 9303-3: the primary identifier). */
export const FAMILY_NAME = 'azr.family_name'
/** What is empty then. */
export const GIVEN_NAMES = 'azr.given_names'

/** What people call their name, in the order in which they say it. */
const FIRST: readonly string[] = [FAMILY_NAME, GIVEN_NAMES]

/**
 * Name fields that one request may be about besides its leading one: of the same register and kind of data, so
 * that one office, one form and one set of outcomes serves them all.
 */
export function namesBeside(
  field: Pick<Field, 'code' | 'register' | 'category' | 'valueType'>,
  all: readonly Field[],
): readonly Field[] {
  if (formOf(field) !== 'names') return []
  const place = ({ code }: Field) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length)
  return all
    .filter(
      (other) =>
        other.code !== field.code &&
        other.register === field.register &&
        other.category === field.category &&
        formOf(other) === 'names',
    )
    .sort((one, other) => place(one) - place(other))
}

/** The field that stays empty where a person has only one name, and the name stands in the other. */
export function counterpartOf({ code }: Pick<Field, 'code'>): string | undefined {
  if (code === FAMILY_NAME) return GIVEN_NAMES
  return code === GIVEN_NAMES ? FAMILY_NAME : undefined
}

/** What a statement says of further fields; nothing where its kind has no right entry. */
export function furtherOf({ kind, also = [] }: Statement): readonly FurtherEntry[] {
  return kind === undefined || asksForRight(kind) ? also : []
}

/** The input by which an office leaves the leading field as it is; further ones have their name behind it. */
export const KEEP = 'keep'

/** The name of an input about a further field: letters alone, because it is an anchor as well. */
export function inputOf(name: string, { code }: Pick<Field, 'code'>): string {
  return `${name}-${code.split('.').at(-1) ?? code}`
}

/** A further field of a filed request, with what the person states of it. */
export interface FurtherField {
  readonly field: Field
  readonly entry: FurtherEntry
}

/** The further fields of a filed request, in the order in which they were stated. */
export function furtherFieldsOf(
  fields: readonly Field[],
  statement: Statement | undefined,
): readonly FurtherField[] {
  return furtherOf(statement ?? {}).flatMap((entry) => {
    const field = fields.find(({ code }) => code === entry.field)
    return field === undefined ? [] : [{ field, entry }]
  })
}
