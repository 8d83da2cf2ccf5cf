import type { Standard } from '../../../platform/kernel/letter.js'
import type { Sense } from '../../../platform/kernel/section.js'
import {
  valueIn,
  type Block,
  type Cells,
  type Piece,
  type Text,
} from '../../../platform/pdf/blocks.js'
import type { Scalar } from '../../copying/leaves.js'
import { textOf, type CopyTongue } from '../../copying/words.js'
import type { NamedBasis } from '../../basis.js'

/** What a paper is written with. */
export interface Pen {
  readonly german: CopyTongue
  /** The language beside German; absent where German stands alone. */
  readonly reader?: CopyTongue
  /** Address of the page on which its owner checks it. */
  readonly checkAddress: string
  readonly standard: Standard
}

/** Who stands as the author in the file. */
export const AUTHOR = 'Mirat'

/** Words of one language. */
export const plain = ({ tag }: Pick<CopyTongue, 'tag'>, text: string): Piece => ({
  text,
  lang: tag,
})

/** A name, number or time, which keeps its own direction. */
export function asValue(text: string, lang: string): Piece {
  return { text, lang, value: true }
}

/** What each language says. */
export function pairOf({ german, reader }: Pen, said: (tongue: CopyTongue) => Text): Cells {
  return reader === undefined ? [said(german)] : [said(german), said(reader)]
}

/** A text of the room in both languages. */
export function say(
  pen: Pen,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): Cells {
  return pairOf(pen, (tongue) => plain(tongue, tongue.t(key, values)))
}

/** Values of one line in one language, one after the other. */
export function saidIn(tongue: CopyTongue, sense: Sense, values: readonly Scalar[]): Piece[] {
  return values.flatMap((value, at) => [
    ...(at === 0 ? [] : [plain(tongue, tongue.t('copy:semicolon'))]),
    ...(isWords(tongue, sense, value)
      ? [plain(tongue, textOf(tongue, sense, value))]
      : valueIn(textOf(tongue, sense, value), 'de')),
  ])
}

function isWords({ tag }: CopyTongue, sense: Sense, value: Scalar): boolean {
  if (typeof value === 'boolean') return true
  // Numbers and days read the same way round in German, where nothing needs to keep them together.
  return sense === 'plain' ? tag === 'de' && SIMPLE.test(String(value)) : true
}

const SIMPLE = /^[\d.,:\- ]+$/

/** Both languages in one cell: once where they say the same. */
export function both(pen: Pen, said: (tongue: CopyTongue) => readonly Piece[]): Text {
  const german = merged(said(pen.german))
  if (pen.reader === undefined) return german
  const other = merged(said(pen.reader))
  const same = textIn(german) === textIn(other)
  return same ? german : [...german, plain(pen.german, ' · '), ...other.map(asIsolated)]
}

const asIsolated = (piece: Piece): Piece => ({ ...piece, value: true })
const textIn = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('')

/** Words of the same language that follow each other are one piece: each piece costs an element of the file. */
export function merged(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    const isMore = last?.lang === piece.lang && !isPartOfValue(last) && !isPartOfValue(piece)
    if (isMore) out[out.length - 1] = { ...last, text: last.text + piece.text }
    else out.push(piece)
  }
  return out
}

const isPartOfValue = ({ value = false, goesOn = false }: Piece) => value || goesOn

/** That nobody has compared the translation, where nobody has: the German text counts. */
export function* uncheckedBlocks(pen: Pen): Generator<Block> {
  if (pen.reader?.unchecked !== true) return
  yield { kind: 'paragraph', cells: say(pen, 'reports:paper.unchecked') }
}

/** What the paper rests on, and how its owner checks it. */
export function* basisBlocks(pen: Pen, basis: NamedBasis): Generator<Block> {
  const fact = (name: string, text: string) => ({
    term: say(pen, `reports:access.${name}`),
    value: asValue(text, 'de'),
  })
  yield {
    kind: 'facts',
    rows: [
      fact('asOf', textOf(pen.german, 'plain', basis.log.at)),
      fact('logSize', String(basis.log.size)),
      fact('versions', `${basis.catalogue} · ${basis.software}`),
      fact('reference', basis.reference),
      fact('digest', basis.digest.replace(/.{8}(?=.)/g, '$& ')),
      ...(basis.parts === 1 ? [] : [fact('part', `${basis.part} / ${basis.parts}`)]),
    ],
  }
}

/** The code that leads to the page on which its owner checks the paper. */
export function codeOf({ german, checkAddress }: Pen, basis: NamedBasis): Block {
  const query = new URLSearchParams({ reference: basis.reference, hash: basis.digest })
  return {
    kind: 'code',
    text: `${checkAddress}?${query.toString()}`,
    alt: plain(german, german.t('reports:access.code', { address: checkAddress })),
  }
}
