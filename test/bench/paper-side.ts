import PDFDocument from 'pdfkit'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SOURCE } from '../../server/compose/installation.js'
import { assemble } from '../../server/catalogue/assembly.js'
import { contentOf } from '../../server/catalogue/content.js'
import { definitionsOf } from '../../server/catalogue/definitions.js'
import type { Catalogue } from '../../server/catalogue/index.js'
import { readFiles } from '../../server/catalogue/store/files.js'
import { GERMAN, paperLanguageOf } from '../../server/platform/http/languages.js'
import { createTexts } from '../../server/platform/http/texts.js'
import { ROOT } from '../../server/platform/root.js'
import {
  drawReport,
  type ReportRequest,
  type ReportRow,
  type Tongue,
} from '../../server/reports/index.js'
import { ROWS_OF_A_PART } from '../../server/reports/rules.js'
import { beginSurvey } from '../../server/reports/service/survey.js'
import { startBrowser } from '../support/browser.js'
import { chromiumIn } from '../support/chromium.js'

/** How a table of accesses becomes a PDF. */
export const SIDES = ['report', 'both', 'plain', 'chromium'] as const
export type Side = (typeof SIDES)[number]

/** What one drawing took; memory of this process alone, so not that of a browser. */
export interface Drawn {
  readonly seconds: number
  readonly peakMb: number
  readonly bytes: number
}

const OFFICE = 'i.pf.abh'
/** Rows of one file, as the room of reports splits them. */
const OF_A_FILE = ROWS_OF_A_PART.pdf
const AT = new Date('2026-11-30T12:00:00Z')
const REQUEST: ReportRequest = {
  ...{ report: '0', reference: 'X7K2M4NP', office: 1, staff: '0', format: 'pdf', language: 'de' },
  ...{ filter: {}, log: { size: 1_000_000, at: AT }, catalogue: 1, software: '0.1.0' },
}

/** The catalogue of the checkout; its numbers are made up, because no row here names one. */
function catalogue(): Catalogue {
  const content = contentOf(readFiles(SOURCE))
  const stored = definitionsOf(content.reference, content.books).map(
    ({ kind, code, body }, at) => ({
      ...{ kind, code, body, id: at + 1, retired: false },
    }),
  )
  return assemble(content, stored, 1)
}

function* rowsOf({ flows, legalBases, units }: Catalogue, count: number): Generator<ReportRow> {
  for (let index = 0; index < count; index++) {
    const flow = flows[(index * 7) % flows.length]
    if (flow === undefined) throw new Error('the catalogue has no flows')
    const occurredAt = new Date(AT.getTime() - index * 61_000)
    yield {
      ...{ index: count - index, expiresOn: '2027-05-30', occurredAt, recordedAt: occurredAt },
      ...{ operation: flow.operation, channel: index % 3 === 0 ? 'manual' : 'automated' },
      ...{ source: flow.source, recipient: flow.recipient, purpose: flow.purpose },
      legalBasis: flow.legalBasis,
      citation: legalBases.byCode(flow.legalBasis)?.citation ?? '',
      unit: units.all[index % units.all.length]?.code ?? '',
      fields: flow.fields.slice(0, 1 + (index % 4)),
      ...{ isFlagged: index % 50 === 0, shown: 'yes' as const },
    }
  }
}

async function* slowly(rows: Iterable<ReportRow>): AsyncGenerator<ReportRow> {
  for (const row of rows) yield row
}

async function drawOurs(of: Catalogue, count: number, reader?: string): Promise<number> {
  const texts = createTexts(join(ROOT, 'locales'))
  const tongueOf = (asked: string): Tongue => {
    const language = paperLanguageOf(asked) ?? GERMAN
    const { tag, unchecked } = language
    return { tag, unchecked, t: texts.in(language), texts: of.names(tag) }
  }
  const survey = beginSurvey(REQUEST, OFFICE)
  for (const row of rowsOf(of, count)) survey.add([row])
  const found = survey.end()
  const rows = rowsOf(of, count)
  const parts = Math.ceil(count / OF_A_FILE)
  let bytes = 0
  for (let part = 1; part <= parts; part++) {
    const own = Array.from({ length: OF_A_FILE }, () => rows.next()).flatMap(({ value }) =>
      value === undefined ? [] : [value as ReportRow],
    )
    const pdf = drawReport(
      {
        ...{
          german: tongueOf('de'),
          standard: 'PDF/A-2a',
          checkAddress: 'https://mirat.example/de/check',
          officeCode: OFFICE,
        },
        ...(reader === undefined ? {} : { reader: tongueOf(reader) }),
        chosen: () => [],
      },
      {
        ...{ request: REQUEST, survey: found },
        part: { part, parts, firstRow: (part - 1) * OF_A_FILE + 1, rows: slowly(own) },
      },
    )
    for await (const chunk of pdf.bytes) bytes += chunk.length
  }
  return bytes
}

/** The texts of a row in one language: what both other sides print. */
function cellsOf(of: Catalogue, row: ReportRow): readonly string[] {
  const texts = of.texts('de')
  return [
    row.occurredAt.toISOString().slice(0, 16),
    `${row.operation}: ${texts.party(row.source).name}, ${texts.party(row.recipient).name}`,
    `${texts.purpose(row.purpose).name} (${row.citation})`,
    row.fields.map((code) => texts.field(code).label).join('; '),
    row.isFlagged ? 'auffällig' : '',
  ]
}

/** PDFKit's own text, cell beside cell: no tags, no lines that break a row over pages, a built-in font. */
async function drawPlain(of: Catalogue, count: number): Promise<number> {
  const paper = new PDFDocument({ size: 'A4', margin: 40, bufferPages: false })
  let bytes = 0
  paper.on('data', (chunk: Buffer) => (bytes += chunk.length))
  const ended = new Promise((resolve) => paper.on('end', resolve))
  paper.font('Helvetica').fontSize(8)
  for (const row of rowsOf(of, count)) {
    const cells = cellsOf(of, row)
    const height = Math.max(...cells.map((cell) => paper.heightOfString(cell, { width: 98 })))
    if (paper.y + height > 790) paper.addPage()
    const top = paper.y
    cells.forEach((cell, at) => paper.text(cell, 40 + at * 103, top, { width: 98 }))
    paper.y = top + height + 4
  }
  paper.end()
  await ended
  return bytes
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The same table printed by a browser, tagged. */
async function drawChromium(of: Catalogue, count: number): Promise<number> {
  const browser = await startBrowser(await chromiumIn(process.argv[4] ?? ''))
  try {
    const context = await browser.context()
    const page = await context.newPage()
    const lines = [...rowsOf(of, count)].map(
      (row) =>
        `<tr>${cellsOf(of, row)
          .map((cell) => `<td>${escaped(cell)}</td>`)
          .join('')}</tr>`,
    )
    await page.setContent(`<html lang="de"><title>x</title><table>${lines.join('')}</table></html>`)
    return (await page.pdf({ format: 'A4', tagged: true })).length
  } finally {
    await browser.close()
  }
}

/** Draws once and tells what it took. */
async function run(side: Side, count: number): Promise<Drawn> {
  const of = catalogue()
  const start = performance.now()
  const bytes = await DRAW[side](of, count)
  const seconds = (performance.now() - start) / 1000
  return { seconds, bytes, peakMb: process.resourceUsage().maxRSS / 1024 }
}

const DRAW: Readonly<Record<Side, (of: Catalogue, count: number) => Promise<number>>> = {
  report: (of, count) => drawOurs(of, count),
  both: (of, count) => drawOurs(of, count, 'ar'),
  plain: drawPlain,
  chromium: drawChromium,
}

const [program, side, count] = process.argv.slice(1)
if (program !== undefined && import.meta.url === pathToFileURL(program).href) {
  const chosen = SIDES.find((one) => one === side)
  if (chosen === undefined) throw new Error(`there is no side ${side}`)
  process.send?.(await run(chosen, Number(count)))
  process.disconnect?.()
}
