import type {
  DrawLetter,
  LetterPart,
  LetterRow,
  LetterText,
  Said,
  SaidRow,
  Standard,
} from '../kernel/letter.js'
import type { Block, Cells, Piece, Text } from './blocks.js'
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
      return { kind: 'paragraph', cells: [{ text: part.text, lang: part.lang }] }
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

/** Where a value is said in both languages both stand in one cell, each keeping its own direction. */
function valueOf(row: LetterRow | SaidRow, reader: string): Text {
  if ('lang' in row) return { text: row.value, lang: row.lang, value: true }
  const [german, other] = row.value
  const first: Piece = { text: german, lang: GERMAN, value: true }
  if (other === undefined) return first
  return [first, { text: ' · ', lang: GERMAN }, { text: other, lang: reader, value: true }]
}
