import { sql, type Insertable } from 'kysely'
import type { Trx } from '../../database.js'
import { copyInto } from '../../platform/db/transaction.js'
import { channelNumber, operationNumber } from '../codes.js'
import type { DraftEvent } from '../model.js'
import type { AccessEventTable, SealedEventTable } from '../tables.js'

type EventRow = Insertable<SealedEventTable>
type Column = Exclude<keyof EventRow, 'leaf_index'>
type UnplacedRow = Omit<Insertable<AccessEventTable>, 'leaf_index' | Instant> &
  Readonly<Record<Instant, string>>
type Instant = 'recorded_at' | 'occurred_at'
type SealedRow = UnplacedRow & Pick<EventRow, 'rule' | 'release_due'>
type EventTable = 'overview.access_event' | 'overview.sealed_event'

/** The columns of a visible event that do not depend on its place. */
export const OPEN_COLUMNS = [
  'class',
  'expires_on',
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

/** A row that lacks only its place in the tree. */
export interface PreparedRow {
  readonly table: EventTable
  readonly row: UnplacedRow | SealedRow
  /** For COPY, else empty: the text behind the leaf index, made before the append lock is taken. */
  readonly tail: string
}

/** What making rows needs: how they will be written, and the catalogue's number of a rule. */
export interface RowParts {
  readonly writing: Writing
  readonly ruleId: (code: string) => number
}

/** Makes the row of an event for the table that its class owns. */
export function prepareRow(
  draft: DraftEvent,
  salt: Buffer,
  { writing, ruleId }: RowParts,
): PreparedRow {
  const { sealed } = draft.classified
  const row = rowOf(draft, salt)
  const tail = writing === 'copy' ? copyLine(row) : ''
  if (sealed === undefined) return { table: 'overview.access_event', row, tail }
  const seal = { rule: ruleId(sealed.rule), release_due: sealed.releaseDue ?? null }
  return {
    table: 'overview.sealed_event',
    row: { ...row, ...seal },
    tail: `${tail}\t${seal.rule}\t${seal.release_due ?? NULL}`,
  }
}

/** Writes rows at their places; `indices` are their leaf indices, in the same order. */
export async function insertEvents(
  trx: Trx,
  rows: readonly PreparedRow[],
  { indices, writing }: { indices: readonly number[]; writing: Writing },
): Promise<void> {
  for (const table of ['overview.access_event', 'overview.sealed_event'] as const) {
    const places = rows.flatMap((row, at) => (row.table === table ? [at] : []))
    if (places.length === 0) continue
    if (writing === 'copy') {
      const data = places.map((at) => `${indices[at]}\t${rows[at]?.tail}\n`).join('')
      await copyInto(trx, target(table), data)
    } else {
      const values = places.map((at) => ({ ...rows[at]?.row, leaf_index: indices[at] }) as EventRow)
      await trx.insertInto(table).values(values).execute()
    }
  }
}

function target(table: EventTable): string {
  const columns = table === 'overview.sealed_event' ? SEALED_COLUMNS : OPEN_COLUMNS
  return `${table} (leaf_index, ${columns.join(', ')})`
}

function rowOf(draft: DraftEvent, salt: Buffer): UnplacedRow {
  const { access, classified } = draft
  return {
    class: classified.class,
    expires_on: classified.expiresOn,
    recorded_at: draft.recordedAt,
    occurred_at: draft.occurredAt,
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

/** The OPEN_COLUMNS of a row in PostgreSQL's COPY text format, without the end of the line. */
export function copyLine(row: UnplacedRow): string {
  return [
    row.class,
    row.expires_on,
    row.recorded_at,
    row.occurred_at,
    row.subject,
    row.stream ?? NULL,
    row.stream_seq ?? NULL,
    bytes(row.seq_digest),
    row.operation,
    row.channel,
    row.source,
    row.recipient,
    row.unit ?? NULL,
    row.purpose,
    row.legal_basis,
    `{${row.fields.join()}}`,
    text(row.case_ref),
    row.consent_id ?? NULL,
    bytes(row.operator_digest),
    bytes(row.salt),
  ].join('\t')
}

const NULL = '\\N'

function bytes(value: Buffer | null | undefined): string {
  return value ? `\\\\x${value.toString('hex')}` : NULL
}

function text(value: string | null | undefined): string {
  if (value === null || value === undefined) return NULL
  return SPECIAL.test(value) ? escaped(value) : value
}

const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\r': 'r' }

function escaped(value: string): string {
  return value.replace(/[\\\t\n\r]/g, (char) => `\\${ESCAPES[char] ?? char}`)
}

/** Writes the rules that events break beside them; those of sealed events out of the resident's sight. */
export async function insertFlags(
  trx: Trx,
  drafts: readonly DraftEvent[],
  indices: readonly number[],
): Promise<void> {
  const flagged = drafts.flatMap((draft, at) =>
    draft.classified.breaches.length > 0 ? [{ ...draft, index: indices[at] as number }] : [],
  )
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

/** Notes the encrypted pseudonym of whoever looked through this portal; the database decides whether it is kept. */
export async function insertLooker(trx: Trx, index: number, ref: Buffer): Promise<void> {
  await sql`select overview.note_looker(${index}, ${ref})`.execute(trx)
}
