import type { CatalogueTexts } from '../catalogue/index.js'
import { BYTE_ORDER_MARK, lineOf } from '../platform/kernel/csv.js'
import type { Chosen } from './filter.js'
import type { OfficeAccess } from './service.js'
import type { Taken } from './taking.js'

/** What a file is written with. */
export interface FilePen {
  readonly texts: CatalogueTexts
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
}

const COLUMNS = [
  ...([
    'time',
    'recorded',
    'operation',
    'channel',
    'source',
    'recipient',
    'unit',
    'purpose',
  ] as const),
  ...(['legalBasis', 'fields', 'flag', 'shown'] as const),
] as const

/** The accesses as a table in the language of the page (RFC 4180); no cell is taken for a formula. */
export async function* csvOf(pen: FilePen, { stretches }: Taken): AsyncGenerator<string> {
  const head = COLUMNS.map((name) => pen.t(`oversight:columns.${name}`))
  yield `${BYTE_ORDER_MARK}${lineOf(head)}`
  for await (const accesses of stretches) {
    yield accesses.map((access) => lineOf(cellsOf(pen, access))).join('')
  }
}

function cellsOf({ texts, t }: FilePen, access: OfficeAccess): readonly string[] {
  const { unit, legalBasis, fields } = access
  return [
    access.occurredAt.toISOString(),
    access.recordedAt.toISOString(),
    t(`oversight:operation.${access.operation}`),
    t(`oversight:channel.${access.channel}`),
    texts.party(access.source.code).name,
    texts.party(access.recipient.code).name,
    unit === undefined ? '' : texts.unit(unit.code).label,
    texts.purpose(access.purpose.code).name,
    legalBasis.citation,
    fields.map(({ code }) => texts.field(code).label).join('; '),
    t(`oversight:flaggedBy.${access.isFlagged ? 'yes' : 'no'}`),
    t(`oversight:shown.${access.shown}`),
  ]
}

/** The accesses in codes, which programs can compare, and what the file rests on. */
export async function* jsonOf(
  { office, chosen }: { readonly office: string; readonly chosen: Chosen },
  { state, count, stretches }: Taken,
): AsyncGenerator<string> {
  const checkpoint = { size: state.size, at: state.at }
  const head = { format: 'mirat-accesses/1', office, filter: chosen, checkpoint, count }
  yield `${JSON.stringify(head).slice(0, -1)},"accesses":[`
  let between = '\n'
  for await (const accesses of stretches) {
    yield accesses.map((access) => `${between}${JSON.stringify(codesOf(access))}`).join('')
    between = ',\n'
  }
  yield '\n]}\n'
}

function codesOf(access: OfficeAccess): object {
  const { unit } = access
  return {
    occurredAt: access.occurredAt,
    recordedAt: access.recordedAt,
    operation: access.operation,
    channel: access.channel,
    source: access.source.code,
    recipient: access.recipient.code,
    ...(unit === undefined ? {} : { unit: unit.code }),
    purpose: access.purpose.code,
    legalBasis: access.legalBasis.code,
    fields: access.fields.map(({ code }) => code),
    flagged: access.isFlagged,
    shown: access.shown,
  }
}
