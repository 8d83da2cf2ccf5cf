import type { Block, Cells } from '../../../server/platform/pdf/blocks.js'
import {
  ar,
  canRead,
  de,
  faultsOf,
  fileOf,
  objectsOf,
  pagesOf,
  shapeOf,
  treeOf,
  untaggedTexts,
} from './reader.js'

const rows = (count: number): readonly (readonly Cells[])[] =>
  Array.from({ length: count }, (_, at) => [[de(`Zeile ${at}`)], [de('Amt'), ar('دائرة')]])

const MIXED: readonly Block[] = [
  { kind: 'heading', level: 1, cells: [de('Bericht'), ar('تقرير')] },
  { kind: 'paragraph', cells: [de('Vorn steht, worum es geht.')] },
  { kind: 'sheet', sheet: 'landscape' },
  { kind: 'heading', level: 2, cells: [de('Zugriffe'), ar('عمليات')] },
  { kind: 'table', head: [[de('Kopf')], [de('Stelle')]], isDense: true, rows: rows(60) },
  { kind: 'sheet', sheet: 'portrait' },
  { kind: 'heading', level: 2, cells: [de('Begriffe')] },
  { kind: 'bars', bars: [{ label: '1', amount: 9 }], alt: de('1: 9') },
]

/** Width and height of each page. */
function sizesOf(file: Buffer): readonly (readonly unknown[])[] {
  const all = objectsOf(file).all() as Record<string, unknown>[]
  return all
    .filter((item) => item?.['/Type'] === '/Page')
    .map((page) => (page['/MediaBox'] as unknown[]).slice(2))
}

;(canRead ? describe : describe.skip)('pages that lie', () => {
  let file: Buffer

  beforeAll(async () => {
    file = await fileOf(MIXED)
  })

  it('stand between pages that stand, each with its own foot and the head of the table', () => {
    const pages = pagesOf(file)
    const lying = pages.slice(1, -1)
    expect(lying.length).toBeGreaterThan(2)
    expect(sizesOf(file)).toEqual([
      [595.28, 841.89],
      ...lying.map(() => [841.89, 595.28]),
      [595.28, 841.89],
    ])
    pages.forEach((lines, at) => expect(lines).toContain(`${at + 1} / ${pages.length}`))
    for (const lines of lying.slice(1)) expect(lines.slice(0, 2)).toContain('Kopf Stelle')
    const found = pages
      .flat()
      .join(' ')
      .match(/Zeile \d+/g)
    expect(found).toEqual(Array.from({ length: 60 }, (_, at) => `Zeile ${at}`))
  })

  it('are sound, tagged like others, and the same when they are made again', async () => {
    expect(faultsOf(file)).toEqual([])
    expect(untaggedTexts(file)).toBe(0)
    const shape = shapeOf(treeOf(objectsOf(file)))
    expect(shape).toMatch(/^Document\(H1\(Span Span\) P H2\(Span Span\) Table\(TR\(TH TH\) TR/)
    expect(shape.match(/TH/g)).toHaveLength(2)
    expect(shape.endsWith('H2 Figure)')).toBe(true)
    expect(file.equals(await fileOf(MIXED))).toBe(true)
  })

  it('have bookmarks that lead to them, at the place of their heading', () => {
    const objects = objectsOf(file)
    const bookmark = objects.at('/Root /Outlines /First /First')
    const [page, , left, top] = objects.at('/Dest', bookmark) as readonly string[]
    expect(objects.at('/MediaBox', page)).toEqual([0, 0, 841.89, 595.28])
    expect(left).toBe(0)
    expect(Number(top)).toBeGreaterThan(500)
    expect(Number(top)).toBeLessThan(595)
  })

  it('can be the first ones, and turning to what lies already turns no page', async () => {
    const lying: readonly Block[] = [
      { kind: 'sheet', sheet: 'landscape' },
      { kind: 'paragraph', cells: [de('Liegt.')] },
    ]
    expect(sizesOf(await fileOf(lying, { sheet: 'landscape' }))).toEqual([[841.89, 595.28]])
  })
})
