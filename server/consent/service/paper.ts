import type { Block, Cells, Piece, Text } from '../../platform/pdf/blocks.js'
import { writePdf } from '../../platform/pdf/write.js'
import type { LetterPart, LetterText, Said } from '../receipt-text.js'

const AUTHOR = 'Mirat'
const GERMAN = 'de'

/** Draws a receipt as tagged PDF, German beside the reader's language; it is short, so it comes whole. */
export async function drawReceipt(letter: LetterText): Promise<Buffer> {
  const { reader } = letter
  const { bytes } = writePdf({
    title: { text: letter.title, lang: GERMAN },
    lang: GERMAN,
    author: AUTHOR,
    created: letter.at,
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
    case 'heading':
      return { kind: 'heading', level: part.level, cells: cellsOf(part.said, reader) }
    case 'paragraph':
      return { kind: 'paragraph', cells: cellsOf(part.said, reader) }
    case 'words':
      return { kind: 'paragraph', cells: [{ text: part.text, lang: part.lang }] }
    case 'list':
      return { kind: 'list', items: part.items.map((said) => cellsOf(said, reader)) }
    case 'facts':
      return {
        kind: 'facts',
        rows: part.rows.map(({ term, value }) => ({
          term: cellsOf(term, reader),
          value: valueOf(value, reader),
        })),
      }
  }
}

/** Both languages stand in one cell, each keeping its own direction. */
function valueOf([german, other]: Said, reader: string): Text {
  const first: Piece = { text: german, lang: GERMAN, value: true }
  if (other === undefined) return first
  return [first, { text: ' · ', lang: GERMAN }, { text: other, lang: reader, value: true }]
}

function cellsOf([german, other]: Said, reader: string): Cells {
  const first: Piece = { text: german, lang: GERMAN }
  return other === undefined ? [first] : [first, { text: other, lang: reader }]
}
