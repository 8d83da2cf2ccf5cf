import type { CatalogueTexts } from '../../catalogue/index.js'
import type { Block, Cells, Piece, Text } from '../../platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../platform/pdf/write.js'
import type { PartToWrite } from './making.js'
import { COUNTED, type Counted, type ReportRequest, type ReportRow, type Survey } from '../rules.js'

/** Words of one language. */
export interface Tongue {
  readonly tag: string
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly texts: CatalogueTexts
}

/** What a report is written with. */
export interface PaperParts {
  readonly german: Tongue
  /** The language beside German; absent where German stands alone. */
  readonly reader?: Tongue
  /** Address of the page that checks it. */
  readonly checkAddress: string
  /** What was chosen, in words: names and values of the filter. */
  readonly chosen: (tongue: Tongue) => readonly { readonly term: string; readonly value: string }[]
  readonly officeCode: string
}

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
  yield { kind: 'facts', rows: factsOf(parts, content) }
  if (part.part === 1) {
    yield* checkBlocks(parts, content)
    yield* summaryBlocks(parts, content)
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
            value: sayBoth(parts, 'reports:access.onePerson'),
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

function* summaryBlocks(parts: PaperParts, { survey }: Content): Generator<Block> {
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.summary') }
  for (const name of COUNTED) {
    const counts = [...survey.counts[name]].sort(byCount)
    if (counts.length === 0) continue
    yield { kind: 'heading', level: 3, cells: say(parts, `reports:access.by.${name}`) }
    yield {
      kind: 'table',
      head: [say(parts, `reports:access.by.${name}`), say(parts, 'reports:access.count')],
      widths: [4, 1],
      rows: counts.map(([code, count]): Cells[] => [
        pairOf(parts, (tongue) => countedText(tongue, name, code)),
        [value(parts.german, String(count))],
      ]),
    }
  }
}

/** The most first; where two are the same, by code: the order is never left to chance. */
function byCount(one: readonly [string, number], other: readonly [string, number]): number {
  return other[1] - one[1] || (one[0] < other[0] ? -1 : 1)
}

function countedText({ t, texts }: Tongue, name: Counted, code: string): string {
  switch (name) {
    case 'operation':
      return t(`oversight:operation.${code}`)
    case 'purpose':
      return texts.purpose(code).name
    case 'other':
      return texts.party(code).name
    case 'shown':
      return t(`oversight:shown.${code}`)
    case 'flagged':
      return t(`oversight:flaggedBy.${code}`)
  }
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
      pairOf(parts, ({ texts }) => row.fields.map((code) => texts.field(code).label).join('; ')),
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
  ].join('; ')
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

const plain = ({ tag }: Tongue, text: string): Piece => ({ text, lang: tag })
const value = ({ tag }: Tongue, text: string): Piece => ({ text, lang: tag, value: true })

function say(parts: PaperParts, key: string): Cells {
  return pairOf(parts, ({ t }) => t(key))
}

function sayBoth(parts: PaperParts, key: string): Text {
  return both(parts, parts.german.t(key), parts.reader?.t(key))
}

function pairOf(parts: PaperParts, textIn: (tongue: Tongue) => string): Cells {
  const { german, reader } = parts
  return pair(parts, textIn(german), reader === undefined ? undefined : textIn(reader))
}

function pair({ german, reader }: PaperParts, text: string, other: string | undefined): Cells {
  if (reader === undefined || other === undefined) return [plain(german, text)]
  return [plain(german, text), plain(reader, other)]
}

/** Both in one cell, each keeping its own direction. */
function both({ german, reader }: PaperParts, text: string, other: string | undefined): Text {
  if (reader === undefined || other === undefined || other === text) return value(german, text)
  return [value(german, text), plain(german, ' · '), value(reader, other)]
}
