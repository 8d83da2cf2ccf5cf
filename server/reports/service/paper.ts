import type { Block, Cells, Text } from '../../platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../platform/pdf/write.js'
import type { PartToWrite } from './making.js'
import type { ReportRequest, ReportRow, Survey } from '../rules.js'
import { summaryBlocks } from './summary.js'
import { both, pair, pairOf, plain, say, value, type PaperParts, type Tongue } from './tongues.js'

const AUTHOR = 'Mirat'
const WIDTHS = [1.35, 2.2, 2, 2.1, 1.35] as const
const HEADS = ['time', 'sides', 'purpose', 'fields', 'marks'] as const

/** Draws one file of a report: the same request over the same entries gives the same bytes. */
export function drawReport(
  parts: PaperParts,
  { request, survey, part }: { request: ReportRequest; survey: Survey; part: PartToWrite },
): Pdf {
  const { german } = parts
  const title = german.t('reports:access.title')
  return writePdf({
    title: { text: `${title} ${request.reference}`, lang: german.tag },
    lang: german.tag,
    author: AUTHOR,
    subject: german.texts.party(parts.officeCode).name,
    // The only time in the file: made again it is the same to the byte.
    created: request.log.at,
    standard: parts.standard,
    blocks: blocksOf(parts, { request, survey, part }),
    footer: (page, pages) => [
      [
        plain(german, `${title} ${request.reference} · `),
        value(german, `${part.part} / ${part.parts} · ${page} / ${pages}`),
      ],
    ],
  })
}

interface Content {
  readonly request: ReportRequest
  readonly survey: Survey
  readonly part: PartToWrite
}

function* blocksOf(parts: PaperParts, content: Content): Generator<Block> {
  const { part } = content
  yield { kind: 'heading', level: 1, cells: say(parts, 'reports:access.title') }
  if (parts.reader?.unchecked === true) {
    yield { kind: 'paragraph', cells: say(parts, 'reports:paper.unchecked') }
  }
  yield { kind: 'facts', rows: factsOf(parts, content) }
  if (part.part === 1) {
    yield* checkBlocks(parts, content)
    yield* summaryBlocks(parts, content.survey)
  }
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.list') }
  yield { kind: 'paragraph', cells: say(parts, 'reports:access.listLead') }
  yield {
    kind: 'table',
    head: HEADS.map((name) => say(parts, `reports:access.head.${name}`)),
    widths: WIDTHS,
    rows: rowsOf(parts, part.rows),
  }
  if (part.part === 1) yield* wordBlocks(parts)
}

function factsOf(parts: PaperParts, { request, survey, part }: Content) {
  const { german, reader, officeCode } = parts
  const fact = (name: string, text: Text) => ({
    term: say(parts, `reports:access.${name}`),
    value: text,
  })
  const readersChosen = reader === undefined ? [] : parts.chosen(reader)
  const chosen = parts.chosen(german).map((one, place) => {
    const other = readersChosen[place]
    return {
      term: pair(parts, one.term, other?.term),
      value: both(parts, one.value, other?.value),
    }
  })
  return [
    fact(
      'office',
      both(parts, german.texts.party(officeCode).name, reader?.texts.party(officeCode).name),
    ),
    ...(request.entry === undefined
      ? chosen
      : [
          {
            term: say(parts, 'reports:columns.scope'),
            value: both(
              parts,
              german.t('reports:access.onePerson'),
              reader?.t('reports:access.onePerson'),
            ),
          },
        ]),
    fact('asOf', value(german, timeOf(request.log.at))),
    fact('logSize', value(german, String(request.log.size))),
    fact('rows', value(german, String(survey.rows))),
    fact('part', value(german, partText(survey, part))),
    fact('versions', value(german, `${request.catalogue} · ${request.software}`)),
    fact('reference', value(german, request.reference)),
    fact('digest', value(german, groups(survey.digest))),
  ]
}

function partText({ rows }: Survey, { part, parts, firstRow }: PartToWrite): string {
  const last = part === parts ? rows : NaN
  return parts === 1
    ? '1 / 1'
    : `${part} / ${parts} (${firstRow}–${Number.isNaN(last) ? '…' : last})`
}

/** A line can end between groups of eight. */
const groups = (hex: string) => hex.replace(/.{8}(?=.)/g, '$& ')

function* checkBlocks(parts: PaperParts, { request, survey }: Content): Generator<Block> {
  const query = new URLSearchParams({ reference: request.reference, hash: survey.digest })
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.check') }
  yield { kind: 'paragraph', cells: say(parts, 'reports:access.checkLead') }
  yield {
    kind: 'code',
    text: `${parts.checkAddress}?${query.toString()}`,
    alt: plain(
      parts.german,
      parts.german.t('reports:access.code', { address: parts.checkAddress }),
    ),
  }
  yield { kind: 'paragraph', cells: [value(parts.german, parts.checkAddress)] }
}

async function* rowsOf(
  parts: PaperParts,
  rows: AsyncIterable<ReportRow>,
): AsyncGenerator<readonly Cells[]> {
  for await (const row of rows) {
    yield [
      [value(parts.german, timeOf(row.occurredAt))],
      pairOf(parts, (tongue) => sidesText(tongue, row)),
      purposeCells(parts, row),
      pairOf(parts, ({ t, texts }) =>
        row.fields.map((code) => texts.field(code).label).join(t('copy:semicolon')),
      ),
      pairOf(parts, (tongue) => marksText(tongue, row)),
    ]
  }
}

function sidesText({ t, texts }: Tongue, { operation, source, recipient }: ReportRow): string {
  return t('reports:access.sides', {
    operation: t(`oversight:operation.${operation}`),
    source: texts.party(source).name,
    recipient: texts.party(recipient).name,
  })
}

/** Laws are cited in German, and once: in a text from the right a citation would fall apart. */
function purposeCells(parts: PaperParts, { purpose, citation }: ReportRow): Cells {
  const { german, reader } = parts
  const name = plain(german, `${german.texts.purpose(purpose).name} (${citation})`)
  return reader === undefined ? [name] : [name, plain(reader, reader.texts.purpose(purpose).name)]
}

function marksText({ t, texts }: Tongue, { unit, channel, isFlagged, shown }: ReportRow): string {
  return [
    ...(unit === undefined ? [] : [texts.unit(unit).label]),
    t(`oversight:channel.${channel}`),
    ...(isFlagged ? [t('reports:access.flagged')] : []),
    ...(shown === 'yes' ? [] : [t(`reports:access.${shown}`)]),
  ].join(t('copy:semicolon'))
}

const WORDS = ['operation', 'flagged', 'shown', 'checkpoint', 'digest'] as const

function* wordBlocks(parts: PaperParts): Generator<Block> {
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.words.title') }
  for (const name of WORDS) {
    yield { kind: 'paragraph', cells: say(parts, `reports:access.words.${name}`) }
  }
}

const TIME = new Intl.DateTimeFormat('de-DE', {
  ...{ timeZone: 'Europe/Berlin', day: '2-digit', month: '2-digit', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const)

const timeOf = (instant: Date) => TIME.format(instant)
