import type { Statement } from '../statement.js'
import { difference } from '../values/difference.js'
import { mrzName } from '../values/transliteration.js'
import type { Pen, Row } from './pen.js'

/** Helps to judge a name, and decides nothing: how a passport spells it, and what differs. */
export function nameHelp({ t }: Pen, { wanted, stored }: Statement): readonly Row[] {
  if (wanted === undefined || !('latin' in wanted)) return []
  const term = (name: string) => t(`rectification:help.${name}`)
  const rows: Row[] = [{ term: term('mrz'), code: mrzName(wanted.latin) }]
  if (stored === undefined) return rows
  const parts = difference(stored, wanted.latin)
  const marked = parts.map(({ kind, text }) =>
    kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[−${text}]`,
  )
  return [...rows, { term: term('difference'), code: marked.join('') }]
}
