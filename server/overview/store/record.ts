import type { Insertable } from 'kysely'
import type { Trx } from '../../database.js'
import { copyInto } from '../../platform/db/transaction.js'
import { channelNumber, operationNumber } from '../codes.js'
import type { DraftEvent } from '../model.js'
import type { SealedEventTable } from '../tables.js'

/** A draft with its place in the tree. */
export interface PlacedEvent extends DraftEvent {
  readonly index: number
  readonly salt: Buffer
}

type EventRow = Insertable<SealedEventTable>
type Column = keyof EventRow

const OPEN_COLUMNS = [
  'class',
  'expires_on',
  'leaf_index',
  'recorded_at',
  'occurred_at',
  'subject',
  'stream',
  'stream_seq',
  'seq_digest',
  'operation',
  'channel',
  'source',
  'recipient',
  'unit',
  'purpose',
  'legal_basis',
  'fields',
  'case_ref',
  'consent_id',
  'operator_digest',
  'salt',
] as const satisfies readonly Column[]
const SEALED_COLUMNS = [...OPEN_COLUMNS, 'rule', 'release_due'] as const satisfies readonly Column[]

/** How rows are written: COPY is faster, but refused where row-level security applies to the role. */
export type Writing = 'copy' | 'insert'

/** Writes placed events into the table that their class owns. */
export async function insertEvents(
  trx: Trx,
  events: readonly PlacedEvent[],
  { writing, ruleId }: { writing: Writing; ruleId: (code: string) => number },
): Promise<void> {
  const open = events.filter(({ classified }) => !classified.sealed)
  const sealed = events.filter(({ classified }) => classified.sealed)
  if (open.length > 0) {
    const rows = open.map((event) => rowOf(event))
    if (writing === 'copy')
      await copyRows(trx, 'overview.access_event', { rows, columns: OPEN_COLUMNS })
    else await trx.insertInto('overview.access_event').values(rows).execute()
  }
  if (sealed.length > 0) {
    const rows = sealed.map((event) => ({
      ...rowOf(event),
      rule: ruleId(event.classified.sealed?.rule ?? ''),
      release_due: event.classified.sealed?.releaseDue ?? null,
    }))
    if (writing === 'copy')
      await copyRows(trx, 'overview.sealed_event', { rows, columns: SEALED_COLUMNS })
    else await trx.insertInto('overview.sealed_event').values(rows).execute()
  }
}

function rowOf({ access, classified, index, salt, ...draft }: PlacedEvent): Omit<EventRow, 'rule'> {
  return {
    class: classified.class,
    expires_on: classified.expiresOn,
    leaf_index: index,
    recorded_at: draft.recordedAt,
    occurred_at: access.occurredAt,
    subject: access.subject,
    stream: access.stream?.id ?? null,
    stream_seq: access.stream?.seq ?? null,
    seq_digest: draft.seqDigest ?? null,
    operation: operationNumber(access.operation),
    channel: channelNumber(access.channel),
    source: access.source.id,
    recipient: access.recipient.id,
    unit: access.unit?.id ?? null,
    purpose: access.purpose.id,
    legal_basis: access.legalBasis.id,
    fields: access.fields.map(({ id }) => id),
    case_ref: access.caseRef ?? null,
    consent_id: access.consentId ?? null,
    operator_digest: draft.operatorDigest ?? null,
    salt,
  }
}

async function copyRows(
  trx: Trx,
  table: string,
  { rows, columns }: { rows: readonly Partial<EventRow>[]; columns: readonly Column[] },
): Promise<void> {
  let data = ''
  for (const row of rows) {
    let line = copyText(row[columns[0] as Column])
    for (let at = 1; at < columns.length; at++) line += `\t${copyText(row[columns[at] as Column])}`
    data += `${line}\n`
  }
  await copyInto(trx, `${table} (${columns.join(', ')})`, data)
}

/** One value in PostgreSQL's COPY text format. */
function copyText(value: EventRow[Column]): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string')
    return value.replace(/[\\\t\n\r]/g, (char) => `\\${ESCAPES[char] ?? char}`)
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  return `{${value.join(',')}}`
}

const ESCAPES: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\r': 'r' }

/** Writes the rules that events break beside them; those of sealed events out of the resident's sight. */
export async function insertFlags(trx: Trx, events: readonly PlacedEvent[]): Promise<void> {
  const flagged = events.filter(({ classified }) => classified.breaches.length > 0)
  for (const table of ['overview.access_flag', 'overview.sealed_flag'] as const) {
    const rows = flagged
      .filter(
        ({ classified }) =>
          (classified.sealed !== undefined) === (table === 'overview.sealed_flag'),
      )
      .flatMap((event) =>
        event.classified.breaches.map(({ rule, fields }) => ({
          leaf_index: event.index,
          rule,
          subject: event.access.subject,
          fields: fields.map(({ id }) => id),
          flagged_at: event.recordedAt,
          expires_on: event.classified.expiresOn,
        })),
      )
    if (rows.length > 0) await trx.insertInto(table).values(rows).execute()
  }
}

/** Writes the encrypted pseudonyms of staff. */
export async function insertOperatorRefs(
  trx: Trx,
  refs: readonly { index: number; ref: Buffer; expiresOn: string }[],
  writing: Writing,
): Promise<void> {
  if (refs.length === 0) return
  if (writing === 'copy') {
    const data = refs
      .map(({ index, ref, expiresOn }) => `${index}\t\\\\x${ref.toString('hex')}\t${expiresOn}\n`)
      .join('')
    await copyInto(trx, 'overview.operator_ref (leaf_index, ref, expires_on)', data)
    return
  }
  const rows = refs.map(({ index, ref, expiresOn }) => ({
    leaf_index: index,
    ref,
    expires_on: expiresOn,
  }))
  await trx.insertInto('overview.operator_ref').values(rows).execute()
}
