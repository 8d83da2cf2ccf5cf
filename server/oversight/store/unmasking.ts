import { sql } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { UnmaskDecision, UnmaskingRow, UnmaskReason } from '../wishes.js'

/** A new wish. */
export interface NewUnmasking {
  readonly unmasking: string
  readonly reference: string
  readonly entry: number
  readonly office: number
  readonly staff: string
  readonly reason: UnmaskReason
  readonly asked_at: Date
}

/** Whether the officer of the scope can ask who acted in an access. */
export async function readMayAsk(trx: Trx, entry: number): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select oversight.may_ask(${entry}) as may`.execute(trx)
  return rows[0]?.may ?? false
}

/** Writes a wish down. */
export async function insertUnmasking(trx: Trx, row: NewUnmasking): Promise<void> {
  await trx.insertInto('oversight.unmasking').values(row).execute()
}

/** What a member of staff asked for, what others asked and nobody has decided, and what the operator resolved; the newest first. */
export async function readUnmaskings(
  trx: Trx,
  { staff, since, limit }: { readonly staff: string; readonly since: Date; readonly limit: number },
): Promise<readonly UnmaskingRow[]> {
  const { rows } = await sql<UnmaskingRow>`
    select u.reference, u.office, u.reason, u.asked_at as "askedAt", u.staff = ${staff} as "isOwn",
      e.kind as decision, e.at as "decidedAt", e.by,
      (select max(r.at) from oversight.resolution r where r.unmasking = u.unmasking) as "resolvedAt"
    from oversight.unmasking u
      left join oversight.unmasking_event e on e.unmasking = u.unmasking and e.kind in ('released', 'refused')
    where u.staff = ${staff} or (e.kind is null and u.asked_at > ${since})
      or exists (select from oversight.resolution r where r.unmasking = u.unmasking)
    order by u.asked_at desc, u.unmasking limit ${limit}`.execute(trx)
  return rows
}

/** What a decision meets: done, one's own wish, nothing to decide any more, or none. */
export type UnmaskDecided = 'done' | 'own' | 'not_now' | 'unknown'

/** Releases or refuses; the database asks who does it. */
export async function decideUnmasking(
  trx: Trx,
  { reference, decision }: { readonly reference: string; readonly decision: UnmaskDecision },
  now: Date,
): Promise<UnmaskDecided> {
  const { rows } = await sql<{ answer: UnmaskDecided }>`
    select oversight.decide_unmasking(${reference}, ${decision}, ${now}) as answer`.execute(trx)
  return rows[0]?.answer ?? 'unknown'
}

/** The access whose pseudonym the asker may open now, or nothing. */
export async function readUnmaskedEntry(
  trx: Trx,
  reference: string,
  now: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ entry: number | null }>`
    select oversight.unmasked_entry(${reference}, ${now}) as entry`.execute(trx)
  return rows[0]?.entry ?? undefined
}

/** The encrypted pseudonym; that it was opened is written down in the same transaction. */
export async function openUnmasking(
  trx: Trx,
  reference: string,
  now: Date,
): Promise<{ readonly entry: number; readonly ref: Buffer } | undefined> {
  const { rows } = await sql<{ entry: number; ref: Buffer }>`
    select entry, ref from oversight.open_unmasking(${reference}, ${now})`.execute(trx)
  return rows[0]
}

/** A pseudonym that two people have opened, encrypted. */
export interface OpenedRef {
  readonly unmasking: string
  /** The entry at which it was encrypted. */
  readonly entry: number
  readonly ref: Buffer
}

/** Pseudonyms of an office that are open now; as the owner. */
export async function readOpenedRefs(
  db: Db,
  office: number,
  now: Date,
): Promise<readonly OpenedRef[]> {
  const { rows } = await sql<OpenedRef>`
    select unmasking, entry, ref from oversight.opened_refs(${office}, ${now})`.execute(db)
  return rows
}

/** Notes that the operator looked up whose one is; never whose. */
export async function noteResolution(
  db: Db,
  row: { readonly unmasking: string; readonly at: Date; readonly found: boolean },
): Promise<void> {
  await db.insertInto('oversight.resolution').values(row).execute()
}
