import { setImmediate } from 'node:timers/promises'
import { drawBars } from './bars.js'
import type { Block, Cells, Letter } from './blocks.js'
import { clean } from './clean.js'
import { drawCode } from './codes.js'
import { openContainer, type Container } from './container.js'
import { drawFacts } from './facts.js'
import { drawHeading } from './headings.js'
import { createInk } from './ink.js'
import { drawList } from './lists.js'
import { DENSE, lineWidth, SHEETS, SMALL, USUAL, type Sheet } from './measures.js'
import { createPaper } from './paper.js'
import type { Press } from './press.js'
import { setSides } from './sides.js'
import { createStructure } from './structure.js'
import { drawTable } from './tables.js'
import { drawAddress, drawParagraph, drawSignature } from './texts.js'
import { createShaper } from './words.js'

/** A document on its way. `missing` and `pages` are complete when `bytes` has ended. */
export interface Pdf {
  /** The file, page by page as it is asked for; can be read once. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Characters that no font here has: a sign stands for each, copying gives the character. */
  readonly missing: ReadonlySet<string>
  readonly pages: number
}

/** So many bytes are gathered before they are handed on. */
const CHUNK = 32768

/**
 * Writes a letter as a tagged PDF. At most one page and what points across pages is held in memory.
 * Any text can be drawn; throws RangeError where `lang` is no language tag, and what `blocks` throws.
 */
export function writePdf(letter: Letter): Pdf {
  const press = pressFor(letter)
  return {
    bytes: bytesOf(press, letter),
    missing: press.shaper.missing,
    get pages() {
      return press.paper.pages
    },
  }
}

function pressFor(letter: Letter): Press {
  const { lang, title, author, subject, created, standard = 'PDF/A-2a' } = letter
  const { sheet = 'portrait', isDense = false } = letter
  const container = openContainer(
    { lang, standard },
    {
      Title: oneLine(title.text),
      Author: oneLine(author),
      ...(subject === undefined ? {} : { Subject: oneLine(subject) }),
      CreationDate: created,
    },
  )
  const ink = createInk(container, { listsNumbers: standard === 'PDF/A-1b' })
  const structure = createStructure(container, lang)
  return {
    container,
    ink,
    structure,
    paper: createPaper({ container, ink, structure }, SHEETS[sheet]),
    shaper: createShaper(),
    types: isDense ? DENSE : USUAL,
    headings: { depth: 0, open: [] },
    known: new Map(),
  }
}

function oneLine(text: string): string {
  return clean(text).replaceAll('\n', ' ')
}

async function* bytesOf(press: Press, letter: Letter): AsyncGenerator<Uint8Array> {
  const { container } = press
  for await (const block of letter.blocks) {
    for await (const _ of drawn(press, block)) {
      if (container.readableLength >= CHUNK) yield* ready(container)
    }
  }
  finish(press, letter)
  yield* ready(container)
}

/** What PDFKit has finished; others get their turn, because drawing keeps the processor busy. */
async function* ready(container: Container): AsyncGenerator<Uint8Array> {
  for (let chunk = container.read(); chunk !== null; chunk = container.read()) yield chunk
  await setImmediate()
}

/** Draws a block and stops after each part of it, so that what is finished can go. */
async function* drawn(press: Press, block: Block): AsyncGenerator<void> {
  if (block.kind === 'table') yield* drawTable(press, block)
  else drawWhole(press, block)
  yield
}

function drawWhole(press: Press, block: Exclude<Block, { kind: 'table' }>): void {
  const { paper } = press
  switch (block.kind) {
    case 'heading':
      return drawHeading(press, block)
    case 'paragraph':
      return drawParagraph(press, block.cells)
    case 'list':
      return drawList(press, block)
    case 'address':
      return drawAddress(press, block.lines)
    case 'facts':
      return drawFacts(press, block)
    case 'signature':
      return drawSignature(press, block.label)
    case 'code':
      return drawCode(press, block)
    case 'bars':
      return drawBars(press, block)
    case 'rule':
      return drawRule(press)
    case 'sheet':
      return drawSheet(press, SHEETS[block.sheet])
    case 'pageBreak':
      paper.release()
      if (!paper.isFresh()) paper.turn()
  }
}

/** What lies otherwise is another page, though nothing stands on the one at hand. */
function drawSheet({ paper }: Press, sheet: Sheet): void {
  paper.release()
  if (sheet !== paper.sheet) paper.turn(sheet)
}

function drawRule({ paper, types: { body } }: Press): void {
  paper.room(body.leading)
  paper.space(body.after / 2)
  paper.rule({ x: paper.sheet.left, width: lineWidth(paper.sheet) })
  paper.space(body.after * 1.5)
}

/** The last page, the feet of all pages, the fonts, and what points to everything. */
function finish(press: Press, letter: Letter): void {
  const { container, ink, paper, structure } = press
  paper.release()
  paper.feet.forEach(({ form, sheet }, index) => {
    // An empty form needs its stream, too.
    form.end(`${footOperators(press, letter.footer(index + 1, paper.pages), sheet)}\n`)
  })
  ink.end()
  structure.end()
  container.end()
}

function footOperators(press: Press, cells: Cells, sheet: Sheet): string {
  const strokes = setSides(press, cells, { type: SMALL, sheet }).flatMap(({ text, x, width }) =>
    text.lines.flatMap((line, row) => {
      const start = text.right ? x + width - line.width : x
      const y = sheet.foot + (row + 0.5) * SMALL.leading
      return press.ink.strokesOf(line, { x: start, y, size: SMALL.size })
    }),
  )
  return strokes.map(({ operators }) => operators).join('\n')
}
