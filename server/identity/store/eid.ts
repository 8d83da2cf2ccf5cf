import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { isDone } from './done.js'

/** Connected; already another account's; or the session may not. */
export type BindOutcome = 'bound' | 'taken' | 'refused'

/** Connects an eID to the account of a session. */
export async function bindEid(
  trx: Trx,
  { sessionId, eid, at }: { sessionId: Buffer; eid: Buffer; at: Date },
): Promise<BindOutcome> {
  const { rows } = await sql<{ outcome: BindOutcome }>`
    select identity.bind_eid(${sessionId}, ${eid}, ${at}) as outcome`.execute(trx)
  return rows[0]?.outcome ?? 'refused'
}

/** Begins a session; false where the eID is connected to no account. */
export async function beginEidSession(
  trx: Trx,
  session: { eid: Buffer; tokenHash: Buffer; csrf: Buffer; at: Date; life: string },
): Promise<boolean> {
  const { eid, tokenHash, csrf, at, life } = session
  return isDone(
    trx,
    sql`select identity.begin_eid_session(${eid}, ${tokenHash}, ${csrf}, ${at}, ${life}::interval) as done`,
  )
}

/** An own eID; what it is stays with its issuer. */
export interface OwnEid {
  readonly boundAt: Date
  readonly lastUsedAt: Date | null
}

/** Own eIDs. */
export async function readOwnEids(trx: Trx): Promise<OwnEid[]> {
  const { rows } = await sql<OwnEid>`
    select bound_at as "boundAt", last_used_at as "lastUsedAt" from identity.eid order by bound_at`.execute(
    trx,
  )
  return rows
}

/** Disconnects own eIDs and ends the sessions that they opened. */
export async function removeEids(trx: Trx): Promise<void> {
  await sql`select identity.remove_eids()`.execute(trx)
}
