import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { isDone } from './done.js'

/** What checks a signature. */
export interface KeyRow {
  readonly public_key: Buffer
  readonly counter: number
  readonly transports: string[]
}

/** The key of a credential, wherever it belongs; nothing where it was removed or never bound. */
export async function readKey(trx: Trx, credential: Buffer): Promise<KeyRow | undefined> {
  const { rows } = await sql<KeyRow>`
    select * from identity.passkey_of(${credential})`.execute(trx)
  return rows[0]
}

/** Uses a challenge up; false where it was answered before. */
export async function answerChallenge(trx: Trx, hash: Buffer, end: Date): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    select identity.answer_challenge(${hash}, ${end}) as fresh`.execute(trx)
  return rows[0]?.fresh === true
}

/** Begins the session of a checked signature. */
export async function beginPasskeySession(
  trx: Trx,
  session: {
    credential: Buffer
    counter: number
    tokenHash: Buffer
    csrf: Buffer
    at: Date
    lives: readonly [string, string]
  },
): Promise<{ role: string; language: string } | undefined> {
  const { credential, counter, tokenHash, csrf, at, lives } = session
  const { rows } = await sql<{ role: string; language: string }>`
    select * from identity.begin_passkey_session(${credential}, ${counter}, ${tokenHash}, ${csrf}, ${at},
      ${lives[0]}::interval, ${lives[1]}::interval)`.execute(trx)
  return rows[0]
}

/** Notes that the person behind a session proved it again, under a new token. */
export async function stepUp(
  trx: Trx,
  step: {
    sessionId: Buffer
    credential: Buffer
    counter: number
    tokenHash: Buffer
    at: Date
  },
): Promise<boolean> {
  return isDone(
    trx,
    sql`select identity.step_up(${step.sessionId}, ${step.credential}, ${step.counter}, ${step.tokenHash},
      ${step.at}) as done`,
  )
}

/** A passkey to be bound to the person behind a session. */
export interface NewPasskey {
  readonly sessionId: Buffer
  readonly credential: Buffer
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly deviceType: string
  readonly backedUp: boolean
  readonly aaguid: string
  readonly at: Date
}

/** Binds a passkey; false where the session is over or shared, or the credential is bound already. */
export async function bindPasskey(trx: Trx, key: NewPasskey): Promise<boolean> {
  return isDone(
    trx,
    sql`select identity.bind_passkey(${key.sessionId}, ${key.credential}, ${key.publicKey}, ${key.counter},
      ${[...key.transports]}::text[], ${key.deviceType}, ${key.backedUp}, ${key.aaguid}, ${key.at}) as done`,
  )
}

/** A passkey as its owner sees it. */
export interface OwnPasskey {
  /** Credential id. */
  readonly credential: Buffer
  readonly deviceType: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

/** The resident's passkeys that open something, the oldest first. */
export async function readOwnPasskeys(trx: Trx): Promise<OwnPasskey[]> {
  const { rows } = await sql<OwnPasskey>`
    select credential, device_type as "deviceType", created_at as "createdAt",
      last_used_at as "lastUsedAt"
    from identity.passkey where removed_at is null order by created_at, credential`.execute(trx)
  return rows
}

/** A session as its owner sees it. */
export interface OwnSession {
  readonly startedAt: Date
  readonly seenAt: Date
  readonly shared: boolean
}

/** The resident's sessions that are still open, the newest first. */
export async function readOwnSessions(trx: Trx, at: Date, idle: string): Promise<OwnSession[]> {
  const { rows } = await sql<OwnSession>`
    select started_at as "startedAt", seen_at as "seenAt", shared from identity.session
    where ends_at > ${at} and seen_at + ${idle}::interval > ${at}
    order by started_at desc`.execute(trx)
  return rows
}

/** Removes an own passkey and ends the sessions that it opened. */
export async function removePasskey(trx: Trx, credential: Buffer, at: Date): Promise<boolean> {
  return isDone(trx, sql`select identity.remove_passkey(${credential}, ${at}) as done`)
}

/** Ends every own session. */
export async function endOwnSessions(trx: Trx): Promise<void> {
  await sql`select identity.end_sessions()`.execute(trx)
}
