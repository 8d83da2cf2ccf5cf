import { createHmac } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import type { AccountId, StaffId, SubjectId } from './actor.js'
import { challengeEnd, challengeHash, newChallenge, type Ceremony } from './challenges.js'
import {
  answerChallenge,
  beginPasskeySession,
  bindPasskey,
  readKey,
  stepUp,
  type KeyRow,
} from './store/passkeys.js'
import type { TellAccount } from './telling.js'
import { newToken, RESIDENT_LIFE, STAFF_LIFE, tokenHash } from './tokens.js'

/** Passkeys after WebAuthn Level 3: discoverable, with user verification, without attestation. */
export interface Passkeys {
  /** Options for a page that uses a passkey (PublicKeyCredentialRequestOptionsJSON). */
  askFor(ceremony: 'sign-in' | 'step-up', secret: Buffer): Promise<object>
  /** Options for a page that makes one (PublicKeyCredentialCreationOptionsJSON). */
  askToBind(owner: { id: AccountId | StaffId; label: string }, secret: Buffer): Promise<object>
  /** Begins a session; nothing where the answer does not hold, whatever the reason. */
  signIn(answer: unknown, secret: Buffer): Promise<BegunByKey | undefined>
  /** The session's new token; nothing where the answer does not hold or the key is another person's. */
  stepUp(answer: unknown, session: DeviceSession): Promise<string | undefined>
  /** Binds a new passkey to the person behind the session. */
  bind(answer: unknown, session: DeviceSession): Promise<boolean>
}

/** The session in which a ceremony takes place. */
export interface DeviceSession {
  readonly id: Buffer
  /** The secret behind its forms. */
  readonly secret: Buffer
  /** A resident's, who is told of a new passkey. */
  readonly subject?: SubjectId
}

/** A session begun with a passkey. */
export interface BegunByKey {
  readonly token: string
  readonly role: string
  readonly language: string
}

/** What passkeys are made of. */
export interface PasskeyParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  /** Scheme, host and port under which browsers reach the portal; its host is the relying party. */
  readonly origin: string
  readonly accountKey: Buffer
  readonly tell: TellAccount
}

const PUBLIC: Scope = { login: 'web', role: 'web_public' }
const RP_NAME = 'Mirat'

/** Makes the passkeys of one origin. */
export function createPasskeys(parts: PasskeyParts): Passkeys {
  const { inTransaction, clock, random, origin } = parts
  const rpID = new URL(origin).hostname
  const challenge = (ceremony: Ceremony, secret: Buffer) =>
    // A copy, because the library's types want memory of its own.
    Uint8Array.from(newChallenge(ceremony, { secret, now: clock.now(), random }))
  return {
    askFor: (ceremony, secret) =>
      generateAuthenticationOptions({
        rpID,
        challenge: challenge(ceremony, secret),
        userVerification: 'required',
        timeout: 120_000,
      }),
    askToBind: ({ id, label }, secret) =>
      generateRegistrationOptions({
        rpID,
        rpName: RP_NAME,
        userName: label,
        userDisplayName: label,
        userID: Uint8Array.from(userHandle(parts.accountKey, id)),
        challenge: challenge('bind', secret),
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        timeout: 120_000,
      }),
    signIn: async (answer, secret) => {
      const seen = await check(parts, answer, { ceremony: 'sign-in', secret })
      if (seen === undefined) return undefined
      const token = newToken(random)
      const begun = await inTransaction(PUBLIC, (trx) =>
        beginPasskeySession(trx, {
          ...seen,
          tokenHash: tokenHash(token),
          csrf: random.bytes(32),
          at: clock.now(),
          lives: [RESIDENT_LIFE, STAFF_LIFE],
        }),
      )
      return begun && { token, ...begun }
    },
    stepUp: async (answer, { id, secret }) => {
      const seen = await check(parts, answer, { ceremony: 'step-up', secret })
      if (seen === undefined) return undefined
      const token = newToken(random)
      const step = { ...seen, sessionId: id, tokenHash: tokenHash(token), at: clock.now() }
      return (await inTransaction(PUBLIC, (trx) => stepUp(trx, step))) ? token : undefined
    },
    bind: (answer, session) => bind(parts, answer, session),
  }
}

interface Seen {
  readonly credential: Buffer
  readonly counter: number
}

/** Checks a signature with the stored key, and uses its challenge up. */
async function check(
  parts: PasskeyParts,
  answer: unknown,
  { ceremony, secret }: { ceremony: Ceremony; secret: Buffer },
): Promise<Seen | undefined> {
  const response = answer as AuthenticationResponseJSON
  const credential = idOf(answer)
  if (credential === undefined) return undefined
  const key = await parts.inTransaction(PUBLIC, (trx) => readKey(trx, credential))
  if (key === undefined) return undefined
  const checked = await verifyAuthenticationResponse({
    response,
    ...expected(parts),
    expectedChallenge: (challenge) => useUp(parts, challenge, { ceremony, secret }),
    credential: credentialOf(credential, key),
  }).catch(() => undefined)
  return checked?.verified === true
    ? { credential, counter: checked.authenticationInfo.newCounter }
    : undefined
}

async function bind(
  parts: PasskeyParts,
  answer: unknown,
  { id: sessionId, secret, subject }: DeviceSession,
): Promise<boolean> {
  if (idOf(answer) === undefined) return false
  const response = answer as RegistrationResponseJSON
  const checked = await verifyRegistrationResponse({
    response,
    ...expected(parts),
    expectedChallenge: (challenge) => useUp(parts, challenge, { ceremony: 'bind', secret }),
  }).catch(() => undefined)
  if (checked?.verified !== true) return false
  const { credential, credentialDeviceType, credentialBackedUp, aaguid } = checked.registrationInfo
  return parts.inTransaction(PUBLIC, async (trx) => {
    const isBound = await bindPasskey(trx, {
      sessionId,
      credential: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
      aaguid,
      at: parts.clock.now(),
    })
    if (isBound && subject) await parts.tell(trx, { subject, code: 'passkey_added' })
    return isBound
  })
}

function expected({ origin }: PasskeyParts) {
  return {
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
  }
}

/** One answer for one challenge, whether or not the rest of the answer holds. */
async function useUp(
  { inTransaction, clock }: PasskeyParts,
  text: string,
  { ceremony, secret }: { ceremony: Ceremony; secret: Buffer },
): Promise<boolean> {
  const challenge = Buffer.from(text, 'base64url')
  const end = challengeEnd(ceremony, challenge, { secret, now: clock.now() })
  if (end === undefined) return false
  return inTransaction(PUBLIC, (trx) => answerChallenge(trx, challengeHash(challenge), end))
}

/** The credential id of an answer, 1 to 1,023 bytes (WebAuthn section 5.8.3); nothing where it is malformed. */
function idOf(answer: unknown): Buffer | undefined {
  const id = (typeof answer === 'object' && answer !== null ? answer : {}) as { id?: unknown }
  if (typeof id.id !== 'string' || !/^[A-Za-z0-9_-]{1,1364}$/.test(id.id)) return undefined
  return Buffer.from(id.id, 'base64url')
}

function credentialOf(credential: Buffer, { public_key, counter, transports }: KeyRow) {
  return {
    id: credential.toString('base64url'),
    publicKey: Uint8Array.from(public_key),
    counter,
    transports,
  }
}

/** The same person has the same handle on every device; it tells nothing about the account. */
function userHandle(key: Buffer, id: string): Buffer {
  return createHmac('sha256', key).update(`mirat/user-handle/v1\0${id}`).digest()
}
