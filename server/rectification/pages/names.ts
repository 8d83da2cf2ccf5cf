import type { Statement } from '../statement.js'
import { mrzName, sameInMrz } from '../values/transliteration.js'
import type { Pen, Row } from './pen.js'

/** Helps to judge a name, and decides nothing: letters that a passport spells otherwise, and what its lines can show. */
export function nameHelp({ t }: Pick<Pen, 't'>, { wanted, stored }: Statement): readonly Row[] {
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
