import type {
  DrawLetter,
  LetterPart,
  LetterRow,
  LetterText,
  Said,
  SaidRow,
  Standard,
} from '../kernel/letter.js'
import { spansOf } from '../kernel/scripts.js'
import { valueIn, type Block, type Cells, type Piece, type Text } from './blocks.js'
import { writePdf } from './write.js'

const AUTHOR = 'Mirat'
const GERMAN = 'de'

/** Draws letters as tagged PDF, German beside the reader's language; they are short, so each comes whole. */
export function lettersAs(standard: Standard): DrawLetter {
  return (letter) => drawn(letter, standard)
}

async function drawn(letter: LetterText, standard: Standard): Promise<Buffer> {
  const { reader } = letter
  const { bytes } = writePdf({
    title: { text: letter.title, lang: GERMAN },
    lang: GERMAN,
    author: AUTHOR,
    created: letter.at,
    standard,
    blocks: letter.parts.map((part) => blockOf(part, reader)),
    footer: (page, pages) => [
      [
        { text: `${letter.foot} · `, lang: GERMAN },
        { text: `${page} / ${pages}`, lang: GERMAN, value: true },
      ],
    ],
  })
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function blockOf(part: LetterPart, reader: string): Block {
  switch (part.kind) {
    case 'address':
      return { kind: 'address', lines: part.lines.map((text) => ({ text, lang: GERMAN })) }
    case 'heading':
      return { kind: 'heading', level: part.level, cells: cellsOf(part.said, reader) }
    case 'paragraph':
      return { kind: 'paragraph', cells: cellsOf(part.said, reader) }
    case 'words':
      return { kind: 'paragraph', cells: [wordsOf(part)] }
    case 'signature':
      return { kind: 'signature', label: cellsOf(part.said, reader) }
    case 'list':
      return { kind: 'list', items: part.items.map((said) => cellsOf(said, reader)) }
    case 'facts':
      return {
        kind: 'facts',
        rows: part.rows.map((row) => ({
          term: cellsOf(row.term, reader),
          value: valueOf(row, reader),
        })),
      }
  }
}

function cellsOf([german, other]: Said, reader: string): Cells {
  const first: Piece = { text: german, lang: GERMAN }
  return other === undefined ? [first] : [first, { text: other, lang: reader }]
}

/** Own words are in the language that their letters tell, where none is named. */
function wordsOf({ text, lang }: { readonly text: string; readonly lang?: string }): Text {
  return lang === undefined ? spansOf(text, GERMAN) : { text, lang }
}

/** Where a value is said in both languages both stand in one cell, each keeping its own direction. */
function valueOf({ value, ...row }: LetterRow | SaidRow, reader: string): Text {
  if (typeof value === 'string') {
    const lang = 'lang' in row ? row.lang : undefined
    return lang === undefined ? valueIn(value, GERMAN) : { text: value, lang, value: true }
  }
  const [german, other] = value
  const first = valueIn(german, GERMAN)
  if (other === undefined) return first
  return [...first, { text: ' · ', lang: GERMAN }, ...valueIn(other, reader)]
}
