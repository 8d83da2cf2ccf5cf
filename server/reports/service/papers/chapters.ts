import type { Column, Section } from '../../../platform/kernel/section.js'
import type { Block, Cells, Piece, Text } from '../../../platform/pdf/blocks.js'
import { leavesOf, senseOf, shownOf, type Line, type Shown } from '../../copying/leaves.js'
import { labelOf, type CopyTongue } from '../../copying/words.js'
import { asValue, both, merged, pairOf, plain, saidIn, say, type Pen } from './pairs.js'

/** What one room keeps of a person, as a chapter. */
export interface Chapter extends Pick<Section<never>, 'name' | 'senses' | 'columns'> {
  readonly items: AsyncIterable<object>
  /** How many of its items stand in files before this one; none where nothing is said. */
  readonly before?: number
}

/** A chapter with its heading; one that holds nothing says so. */
export async function* chapterBlocks(pen: Pen, chapter: Chapter): AsyncGenerator<Block> {
  yield { kind: 'heading', level: 2, cells: headingOf(pen, chapter) }
  const items = chapter.items[Symbol.asyncIterator]()
  const first = await items.next()
  if (first.done === true) {
    yield { kind: 'paragraph', cells: say(pen, 'reports:paper.nothing') }
    return
  }
  const all = withFirst(first.value, items)
  if (chapter.columns === undefined) yield* itemBlocks(pen, chapter, all)
  else yield tableOf(pen, { ...chapter, columns: chapter.columns, items: all })
}

function headingOf(pen: Pen, { name, before = 0 }: Chapter): Cells {
  return pairOf(pen, (tongue) => {
    const section = tongue.t(`copy:section.${name}`)
    return plain(tongue, before === 0 ? section : tongue.t('reports:paper.goesOn', { section }))
  })
}

async function* withFirst<Item>(first: Item, rest: AsyncIterator<Item>): AsyncGenerator<Item> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/** Items that are many and alike: a row for each. */
function tableOf(pen: Pen, chapter: Chapter & { readonly columns: readonly Column[] }): Block {
  const { columns, senses, items } = chapter
  return {
    kind: 'table',
    head: columns.map(({ paths }) =>
      pairOf(pen, (tongue) =>
        plain(tongue, paths.map((path) => labelOf(tongue, path)).join(tongue.t('copy:comma'))),
      ),
    ),
    widths: columns.map(({ share }) => share),
    rows: rowsOf(items, (item) => {
      const leaves = [...leavesOf(item)]
      return columns.map(({ paths }) => {
        const lines = paths.flatMap((path) => {
          const values = leaves.filter((leaf) => leaf.path === path).map(({ value }) => value)
          return values.length === 0 ? [] : [{ path, values }]
        })
        const isNamed = paths.length > 1
        return cellOf(pen, (tongue) => linesIn(tongue, { lines, senses, isNamed }))
      })
    }),
  }
}

async function* rowsOf(
  items: AsyncIterable<object>,
  row: (item: object) => readonly Cells[],
): AsyncGenerator<readonly Cells[]> {
  for await (const item of items) yield row(item)
}

/** Items with much to say of each: a heading, what is said of it, and what happened to it. */
async function* itemBlocks(
  pen: Pen,
  { senses, before = 0 }: Chapter,
  items: AsyncIterable<object>,
): AsyncGenerator<Block> {
  let number = before
  for await (const item of items) {
    number += 1
    const { lines, lists } = shownOf(item, senses)
    yield { kind: 'heading', level: 3, cells: say(pen, 'reports:paper.item', { number }) }
    yield {
      kind: 'facts',
      rows: lines.map(({ path, values }) => ({
        term: pairOf(pen, (tongue) => plain(tongue, labelOf(tongue, path))),
        value: both(pen, (tongue) => saidIn(tongue, senseOf(senses, path) ?? 'inner', values)),
      })),
    }
    for (const list of lists) yield listOf(pen, senses, list)
  }
}

/** What happened to an item: when, and what. */
function listOf(
  pen: Pen,
  senses: Chapter['senses'],
  { path, entries }: Shown['lists'][number],
): Block {
  return {
    kind: 'table',
    head: [
      say(pen, 'reports:paper.when'),
      pairOf(pen, (tongue) => plain(tongue, labelOf(tongue, path))),
    ],
    widths: [1, 4],
    rows: entries.map((entry, at) => {
      const lines = flat(entry)
      const time = lines.find(({ values }) => values[0] instanceof Date)
      const rest = lines.filter((line) => line !== time)
      const when = time === undefined ? String(at + 1) : saidIn(pen.german, 'plain', time.values)
      return [
        [typeof when === 'string' ? asValue(when, 'de') : merged(when)],
        cellOf(pen, (tongue) => linesIn(tongue, { lines: rest, senses, isNamed: true })),
      ]
    }),
  }
}

/** The lines of an entry and of what is listed inside it. */
function flat({ lines, lists }: Shown): readonly Line[] {
  return [...lines, ...lists.flatMap(({ entries }) => entries.flatMap(flat))]
}

interface Told {
  readonly lines: readonly Line[]
  readonly senses: Chapter['senses']
  readonly isNamed: boolean
}

function linesIn(tongue: CopyTongue, { lines, senses, isNamed }: Told): readonly Piece[] {
  return lines.flatMap(({ path, values }, at) => [
    ...(at === 0 ? [] : [plain(tongue, tongue.t('copy:semicolon'))]),
    ...(isNamed ? [plain(tongue, `${labelOf(tongue, path)}: `)] : []),
    ...saidIn(tongue, senseOf(senses, path) ?? 'inner', values),
  ])
}

/** A cell in both languages, one below the other; once where they say the same, empty where there is nothing. */
function cellOf(pen: Pen, said: (tongue: CopyTongue) => readonly Piece[]): Cells {
  const texts = pairOf(pen, (tongue) => merged(said(tongue)))
  const [german, other] = texts.map((text) => textIn(text))
  if (german === '') return [plain(pen.german, '–')]
  return german === other ? [texts[0]] : texts
}

function textIn(text: Text): string {
  return 'text' in text ? text.text : text.map((piece) => piece.text).join('')
}
