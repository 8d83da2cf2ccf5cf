import type { Db } from '../database.js'
import { createSubjects, normaliseNumber, type PersonNumber, type Scheme } from '../ledger/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import { seal } from '../platform/kernel/sealing.js'
import type { AccountId, StaffId, StaffRole, SubjectId } from './actor.js'
import { insertAccount, insertStaff } from './store.js'

/** A person's number as a letter or a counter knows it. */
export interface GivenNumber {
  readonly scheme: Scheme
  readonly value: string
  /** Office code; only for numbers of one authority. */
  readonly authority?: string
}

/** Makes accounts and staff; only where numbers are known, never in the web role. */
export interface Enrolment {
  /** The keyed subject of a number, or nothing where it cannot be one. */
  subjectOf(number: GivenNumber): SubjectId | undefined
  /** The key that binds the subject to the number, 32 bytes: for the authority that sent it. */
  subjectKeyOf(number: GivenNumber): Buffer | undefined
  createDemoAccount(account: {
    name: string
    language: string
    numbers: readonly GivenNumber[]
  }): Promise<AccountId>
  createDemoStaff(staff: {
    /** Absent for the further office of an officer. */
    name?: string
    officer?: StaffId
    role: StaffRole
    office?: number
    unit?: number
    assurance: 'counter' | 'high'
  }): Promise<StaffId>
}

/** What enrolment is made of. */
export interface EnrolmentParts {
  /** The owner's connection: the operator's command, not the web. */
  readonly db: Db
  /** K: turns numbers into subjects. */
  readonly subjectSecret: Buffer
  /** Encrypts subject keys, 32 bytes. */
  readonly accountKey: Buffer
  readonly clock: Clock
  readonly random: Random
}

/** Makes enrolment. */
export function createEnrolment(parts: EnrolmentParts): Enrolment {
  const { db, clock, random } = parts
  const subjects = createSubjects(parts.subjectSecret)
  return {
    subjectOf: (given) => {
      const number = numberOf(given)
      return number && (subjects(number).subject as SubjectId)
    },
    subjectKeyOf: (given) => {
      const number = numberOf(given)
      return number && subjects(number).subjectKey
    },
    createDemoAccount: async ({ name, language, numbers }) => {
      const account = freshId(random)
      const owned = numbers.map((given) => {
        const number = numberOf(given)
        if (!number) throw new Error(`not a ${given.scheme} number`)
        const { subject, subjectKey } = subjects(number)
        const context = `mirat/subject-key/v1/${account}/${subject}`
        const sealed = seal(parts.accountKey, subjectKey, { context, random })
        return { account, scheme: number.scheme, subject, subject_key: sealed }
      })
      await db
        .transaction()
        .execute((trx) =>
          insertAccount(
            trx,
            { account, language, created_at: clock.now(), demo_name: name },
            owned,
          ),
        )
      return account as AccountId
    },
    createDemoStaff: async ({ name, office, unit, ...staff }) => {
      const id = freshId(random)
      await insertStaff(db, {
        staff: id,
        ...staff,
        office: office ?? null,
        unit: unit ?? null,
        demo_name: name ?? null,
      })
      return id as StaffId
    },
  }
}

/** A random UUID (RFC 9562 version 4). */
export function freshId(random: Random): string {
  const bytes = random.bytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return uuidOf(bytes)
}

function numberOf({ scheme, value, authority }: GivenNumber): PersonNumber | undefined {
  const normal = normaliseNumber(scheme, value)
  if (normal === undefined) return undefined
  if (scheme !== 'local') return { scheme, value: normal }
  return authority === undefined ? undefined : { scheme, authority, value: normal }
}
