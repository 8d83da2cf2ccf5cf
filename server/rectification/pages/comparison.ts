import type { Field } from '../../catalogue/index.js'
import { furtherOf } from '../name-fields.js'
import { asksForRight, type Statement, type Wanted } from '../statement.js'
import { difference, type Stretch } from '../values/difference.js'
import { mrzName } from '../values/transliteration.js'
import { valueTexts } from '../register-text.js'
import type { Pen } from './pen.js'

/** What is compared of one field. */
interface Asked {
  readonly kind: Statement['kind']
  readonly stored: Statement['stored']
  readonly wanted: Statement['wanted']
}

/** What a value is in one source: whole, by what differs, or a sentence why it is not here. */
export interface Compared {
  readonly source: string
  readonly said: string
  readonly stretches: readonly { readonly kind: Stretch['kind']; readonly text: string }[]
}

/** The comparison of one field. */
export interface FieldComparison {
  readonly field: string
  readonly rows: readonly Compared[]
}

/** Each field of a request by its sources. */
export function comparisonsOf(
  pen: Pen,
  field: Field,
  statement: Statement,
): readonly FieldComparison[] {
  const { kind } = statement
  const about = [{ ...statement, field: field.code }, ...furtherOf(statement)]
  return about
    .map(({ field: code, stored, wanted }) => ({
      field: pen.texts.field(code).label,
      rows: comparisonOf(pen, { kind, stored, wanted }),
    }))
    .filter(({ rows }) => rows.length > 0)
}

/**
 * The value by its sources, one below the other, so that letters can be compared. The portal does not show
 * staff what registers hold now, nor what other offices write: it keeps no values, and says so.
 */
function comparisonOf(pen: Pen, { kind, stored, wanted }: Asked): readonly Compared[] {
  if (wanted === undefined || kind === undefined || !asksForRight(kind)) return []
  const { t } = pen
  const requested = valueTexts(pen.german, wanted).join(', ')
  const parts = stored === undefined ? [] : differing(stored, requested, wanted)
  const source = (name: string) => t(`rectification:comparison.${name}`)
  const row = (name: string, stretches: readonly Stretch[]): Compared => ({
    source: source(name),
    said: '',
    stretches,
  })
  return [
    stored === undefined
      ? { source: source('stored'), said: source('notStated'), stretches: [] }
      : row(
          'stored',
          parts.filter(({ kind }) => kind !== 'added'),
        ),
    row(
      'requested',
      stored === undefined
        ? [{ kind: 'same', text: requested }]
        : parts.filter(({ kind }) => kind !== 'removed'),
    ),
    ...('latin' in wanted
      ? [row('passport', [{ kind: 'same', text: mrzName(wanted.latin) }])]
      : []),
    { source: source('register'), said: source('notShown'), stretches: [] },
    { source: source('others'), said: source('notKnown'), stretches: [] },
  ]
}

/** Letter by letter where both are written the same way; what was chosen from a list is shown whole. */
function differing(stored: string, requested: string, wanted: Wanted): readonly Stretch[] {
  const isWritten = ['names', 'family', 'address', 'text'].includes(wanted.form)
  return isWritten
    ? difference(stored, requested)
    : [
        { kind: 'removed', text: stored },
        { kind: 'added', text: requested },
      ]
}
