import type { Block, Text } from '../../platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../platform/pdf/write.js'
import type { PartToWrite } from './making.js'
import type { ReportRequest, Survey } from '../rules.js'
import { accessTable, timeOf } from './accesses.js'
import { summaryBlocks } from './summary.js'
import { both, pair, plain, say, value, type PaperParts } from './tongues.js'

const AUTHOR = 'Mirat'

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
        plain(
          german,
          `${fileText(german, part)}${german.t('reports:access.page', { page, pages })}`,
        ),
      ],
    ],
  })
}

/** Which file it is, where there is more than one. */
function fileText({ t }: PaperParts['german'], { part, parts }: PartToWrite): string {
  return parts === 1 ? '' : `${t('reports:access.fileOf', { part, parts })} · `
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
    yield* wordBlocks(parts)
  }
  // Whoever prints it has what is read first on pages that stand, and then the table alone.
  yield { kind: 'sheet', sheet: 'landscape' }
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.list') }
  yield { kind: 'paragraph', cells: say(parts, 'reports:access.listLead') }
  yield accessTable(parts, part)
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

const WORDS = ['operation', 'flagged', 'shown', 'checkpoint', 'digest'] as const

function* wordBlocks(parts: PaperParts): Generator<Block> {
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.words.title') }
  for (const name of WORDS) {
    yield { kind: 'paragraph', cells: say(parts, `reports:access.words.${name}`) }
  }
}
