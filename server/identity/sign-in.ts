import type { Database, Trx } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Random } from '../platform/kernel/random.js'
import { codeHashes, type CodeHashes } from './codes.js'
import { forgetSignIn, noteGuess, readGuesses, redeemCode } from './store/codes.js'
import { redeemStaffCode } from './store/staff.js'
import { newToken, RESIDENT_LIFE, STAFF_LIFE, tokenHash } from './tokens.js'

/** A code as it was typed: nothing where it could not be one. */
export interface TypedCode {
  readonly code: string | undefined
  readonly birthYear: number | undefined
  /** Whether others use this device as well: then no passkey is offered. */
  readonly shared: boolean
  /** Network address. */
  readonly client: string
}

/** A session that has just begun. */
export interface Begun {
  /** Goes into the cookie and nowhere else. */
  readonly token: string
  readonly language: string
  readonly isStaff: boolean
}

/** Signing in with a code. */
export interface CodeSignIn {
  /**
   * Uses a code up and begins a session; nothing for every code that does not count. Throws RATE_LIMIT
   * after too many wrong ones from one network.
   */
  redeem(typed: TypedCode): Promise<Begun | undefined>
  /** Deletes guesses, answered challenges, printed sheets and old codes; returns how many rows. */
  forget(): Promise<number>
}

/** What it is made of. */
export interface CodeSignInParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  readonly accountKey: Buffer
}

const PUBLIC: Scope = { login: 'web', role: 'web_public' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
/** Staff work in German. */
const STAFF_LANGUAGE = 'de'
/** Wrong codes that one network may send within an hour; a shelter has one network for many people. */
const MOST_WRONG = 30

/** Makes the sign-in with codes. */
export function createCodeSignIn(parts: CodeSignInParts): CodeSignIn {
  const hashes = codeHashes(parts.accountKey)
  return {
    redeem: (typed) => redeem(parts, hashes, typed),
    forget: () => parts.inTransaction(RETENTION, (trx) => forgetSignIn(trx, parts.clock.now())),
  }
}

async function redeem(
  { inTransaction, clock, random }: CodeSignInParts,
  hashes: CodeHashes,
  { code, birthYear, shared, client }: TypedCode,
): Promise<Begun | undefined> {
  const at = clock.now()
  const token = newToken(random)
  const from = hashes.client(client)
  const session = { tokenHash: tokenHash(token), csrf: random.bytes(32), at }
  // An invitation opens for staff what a code opens for residents.
  const open = async (trx: Trx, typed: string) => {
    const codeHash = hashes.code(typed)
    const birthYearHash = birthYear === undefined ? null : hashes.birthYear(typed, birthYear)
    const resident = { ...session, codeHash, birthYearHash, shared, life: RESIDENT_LIFE }
    const language = await redeemCode(trx, resident)
    if (language !== undefined) return { language, isStaff: false }
    const isStaff = await redeemStaffCode(trx, { ...session, codeHash, life: STAFF_LIFE })
    return isStaff ? { language: STAFF_LANGUAGE, isStaff } : undefined
  }
  const opened = await inTransaction(PUBLIC, async (trx) => {
    if ((await readGuesses(trx, from, at)) >= MOST_WRONG) throw new DomainError('RATE_LIMIT')
    const found = code === undefined ? undefined : await open(trx, code)
    // In the transaction that holds the count, or guesses sent at once would all find it low.
    if (found === undefined) await noteGuess(trx, from, at)
    return found
  })
  return opened && { token, ...opened }
}
