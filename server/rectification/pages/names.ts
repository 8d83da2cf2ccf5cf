import type { Field } from '../../catalogue/index.js'
import { furtherOf } from '../name-fields.js'
import type { Statement } from '../statement.js'
import { mrzName, sameInMrz } from '../values/transliteration.js'
import type { Pen, Row } from './pen.js'

/** The same for each name of a request; of several each is named. */
export function namesHelp(
  pen: Pen,
  fields: readonly Field[],
  statement: Statement,
): readonly Row[] {
  const [leading, ...further] = fields
  const first = nameHelp(pen, statement)
  const rest = furtherOf(statement).flatMap((entry) =>
    named(pen, entry.field, nameHelp(pen, entry)),
  )
  return leading === undefined || further.length === 0
    ? first
    : [...named(pen, leading.code, first), ...rest]
}

function named({ t, texts }: Pen, code: string, rows: readonly Row[]): readonly Row[] {
  const row = { term: t('rectification:line.field'), text: texts.field(code).label }
  return rows.length === 0 ? [] : [row, ...rows]
}

/** Helps to judge a name, and decides nothing: letters that a passport spells otherwise, and what its lines can show. */
export function nameHelp(
  { t }: Pick<Pen, 't'>,
  { wanted, stored }: Pick<Statement, 'wanted' | 'stored'>,
): readonly Row[] {
  if (wanted === undefined || !('latin' in wanted)) return []
  const term = (name: string) => t(`rectification:help.${name}`)
  const { latin } = wanted
  const letters = [...new Set(latin.normalize('NFC').match(/\p{L}\p{M}*/gu) ?? [])]
    .filter((letter) => !/^[A-Za-z]$/.test(letter))
    .map((letter) => `${letter} → ${mrzName(letter)}`)
  return [
    ...(letters.length === 0 ? [] : [{ term: term('letters'), code: letters.join(', ') }]),
    ...(stored === undefined
      ? []
      : [{ term: term('lines'), text: term(sameInMrz(stored, latin) ? 'same' : 'differ') }]),
  ]
}
