import { sql } from 'kysely'
import type { Catalogue } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import { bodyOfRow, type CommittedRow } from './committed.js'

/** Where a delivered event is: its stream, its number in it, its leaf. */
export interface DeliveredPlace {
  readonly stream: number
  readonly seq: number
  readonly index: number
}

/** An access that an office delivered, as far as what it says of it afterwards is judged by it. */
export interface DeliveredAccess {
  /** Leaf index: where it is withheld that of the sealed entry. */
  readonly index: number
  readonly expiresOn: string
  readonly occurredAt: Date
  readonly subject: string
  readonly isManual: boolean
  /** The office that acted (catalogue number). */
  readonly actor: number
  readonly unit?: number
  readonly isSealed: boolean
}

/** Accesses of one stream by their numbers, sealed or not; none that is erased. */
export async function readDeliveredAccesses(
  trx: Trx,
  stream: number,
  places: readonly { readonly seq: number; readonly index: number }[],
): Promise<ReadonlyMap<number, DeliveredAccess>> {
  const seqs = places.map(({ seq }) => seq)
  const indices = places.map(({ index }) => index)
  const { rows } = await sql<DeliveredRow>`
    select seq, leaf_index as "index", expires_on as "expiresOn", occurred_at as "occurredAt", subject,
      is_manual as "isManual", actor, unit, is_sealed as "isSealed"
    from overview.delivered_accesses(${stream}, ${seqs}::bigint[], ${indices}::bigint[])`.execute(
    trx,
  )
  return new Map(
    rows.map(({ seq, unit, ...row }) => [seq, { ...row, ...(unit === null ? {} : { unit }) }]),
  )
}

interface DeliveredRow extends Omit<DeliveredAccess, 'unit'> {
  readonly seq: number
  readonly unit: number | null
}

/** Class, body and salt of an event for the stream that delivered it, sealed or not; nothing once erased. */
export async function readDelivered(
  trx: Trx,
  { stream, seq, index }: DeliveredPlace,
  catalogue: Catalogue,
): Promise<{ class: number; body: string; salt: Buffer } | undefined> {
  const { rows } = await sql<CommittedRow & { class: number; salt: Buffer }>`
    select * from overview.delivered_event(${stream}, ${seq}, ${index})`.execute(trx)
  const row = rows[0]
  return row && { class: row.class, body: bodyOfRow(row, catalogue), salt: row.salt }
}
