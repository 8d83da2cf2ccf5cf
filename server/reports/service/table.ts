import { BYTE_ORDER_MARK, lineOf } from '../../platform/kernel/csv.js'
import type { Drawn, PartToWrite } from './making.js'
import type { Tongue } from './tongues.js'
import type { ReportRow } from '../rules.js'

const COLUMNS = [
  ...(['time', 'recorded', 'operation', 'channel', 'source', 'recipient'] as const),
  ...(['unit', 'purpose', 'legalBasis', 'fields', 'flag', 'shown'] as const),
] as const

/** Times stand as programs read them, an hour or two before German time: the head says so. */
const TIMES: ReadonlySet<string> = new Set(['time', 'recorded'])

/** Writes one file of a report as a table in one language (RFC 4180). */
export function drawTable(tongue: Tongue, part: PartToWrite): Drawn {
  return { bytes: encoded(linesOf(tongue, part)), pages: 0 }
}

async function* linesOf(tongue: Tongue, { rows }: PartToWrite): AsyncGenerator<string> {
  const head = COLUMNS.map((name) =>
    TIMES.has(name) ? tongue.t(`reports:utc.${name}`) : tongue.t(`oversight:columns.${name}`),
  )
  yield `${BYTE_ORDER_MARK}${lineOf(head)}`
  for await (const row of rows) yield lineOf(cellsOf(tongue, row))
}

function cellsOf({ t, texts }: Tongue, row: ReportRow): readonly string[] {
  const { unit, citation, fields } = row
  return [
    row.occurredAt.toISOString(),
    row.recordedAt.toISOString(),
    t(`oversight:operation.${row.operation}`),
    t(`oversight:channel.${row.channel}`),
    texts.party(row.source).name,
    texts.party(row.recipient).name,
    unit === undefined ? '' : texts.unit(unit).label,
    texts.purpose(row.purpose).name,
    citation,
    fields.map((code) => texts.field(code).label).join('; '),
    t(`oversight:flaggedBy.${row.isFlagged ? 'yes' : 'no'}`),
    t(`oversight:shown.${row.shown}`),
  ]
}

/** So many characters are gathered before they are encoded. */
const GATHERED = 32_768

/** Text as UTF-8, in pieces of a useful size. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let held = ''
  for await (const text of texts) {
    held += text
    if (held.length < GATHERED) continue
    yield encoder.encode(held)
    held = ''
  }
  if (held !== '') yield encoder.encode(held)
}
