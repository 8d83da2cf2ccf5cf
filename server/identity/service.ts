import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { OpenSession, Sessions } from '../platform/http/session.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import type { AccountId, Actor, StaffId, SubjectId } from './actor.js'
import {
  beginDemoSession,
  deleteEndedSessions,
  endSession,
  openSession,
  readDemoPeople,
  touchSession,
  type SessionRow,
} from './store.js'
import { IDLE, newToken, RESIDENT_LIFE, STAFF_LIFE, tokenHash } from './tokens.js'

/** What identity is made of. */
export interface IdentityParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
}

/** A demonstration sign-in as `/demo` lists it. */
export interface DemoPerson {
  readonly person: string
  readonly role: string
  readonly language: string
}

/** A session that has just begun; the token goes into the cookie and nowhere else. */
export interface BegunSession extends DemoPerson {
  readonly token: string
}

/** Sessions and sign-in. */
export interface Identity {
  readonly sessions: Sessions<Actor>
  demoPeople(): Promise<DemoPerson[]>
  /** Signs a demonstration person in; nothing where none has this name. */
  signInDemo(person: string): Promise<BegunSession | undefined>
  /** Removes sessions that are over; returns how many. */
  forgetEndedSessions(): Promise<number>
}

const PUBLIC: Scope = { login: 'web', role: 'web_public' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
/** A session in use is noted at most once a minute: a row version per click would serve nobody. */
const TOUCH_MS = 60_000
/** A session that is over opens nothing, but for a day it still tells whose a form is that comes too late. */
const LAPSED_MS = 24 * 60 * 60_000

/** Makes the identity room. */
export function createIdentity(parts: IdentityParts): Identity {
  const { inTransaction, clock, random } = parts
  return {
    sessions: {
      anonymous: { role: 'public' },
      machine: { role: 'authority' },
      open: (token, now) => open(parts, token, now),
      end: (token) => inTransaction(PUBLIC, (trx) => endSession(trx, tokenHash(token))),
    },
    demoPeople: () => inTransaction(PUBLIC, readDemoPeople),
    signInDemo: async (person) => {
      const token = newToken(random)
      const role = await inTransaction(PUBLIC, (trx) =>
        beginDemoSession(trx, {
          person,
          tokenHash: tokenHash(token),
          csrf: random.bytes(32),
          at: clock.now(),
          lives: [RESIDENT_LIFE, STAFF_LIFE],
        }),
      )
      if (role === undefined) return undefined
      const people = await inTransaction(PUBLIC, readDemoPeople)
      const language = people.find((other) => other.person === person)?.language ?? 'en'
      return { person, role, language, token }
    },
    forgetEndedSessions: () =>
      inTransaction(RETENTION, (trx) =>
        deleteEndedSessions(trx, new Date(clock.now().getTime() - LAPSED_MS), IDLE),
      ),
  }
}

async function open(
  { inTransaction }: IdentityParts,
  token: string,
  now: Date,
): Promise<OpenSession<Actor> | undefined> {
  const hash = tokenHash(token)
  const row = await inTransaction(PUBLIC, (trx) =>
    openSession(trx, { tokenHash: hash, at: now, idle: IDLE }),
  )
  if (!row) return undefined
  if (now.getTime() - row.seenAt.getTime() > TOUCH_MS) {
    // Best effort: with a full disk reading must go on, the session only ends sooner.
    await inTransaction(PUBLIC, (trx) => touchSession(trx, hash, now)).catch(() => undefined)
  }
  return { actor: actorOf(row), csrf: row.csrf, id: hash }
}

function actorOf(row: SessionRow): Actor {
  const proof = row.steppedUpAt === null ? {} : { steppedUpAt: row.steppedUpAt }
  if (row.account !== null) {
    return {
      role: 'resident',
      account: row.account as AccountId,
      subjects: row.subjects as readonly SubjectId[],
      assurance: row.assurance,
      ...proof,
      ...(row.shared ? { shared: true } : {}),
    }
  }
  if (row.staff === null || row.role === null) throw new Error('a session of nobody')
  return {
    role: row.role,
    staff: row.staff as StaffId,
    assurance: row.assurance,
    ...proof,
    ...(row.office === null ? {} : { office: row.office }),
    ...(row.unit === null ? {} : { unit: row.unit }),
  }
}
