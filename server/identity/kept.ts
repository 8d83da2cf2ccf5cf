import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { KeptForms } from '../platform/http/kept.js'
import type { Clock } from '../platform/kernel/clock.js'
import { isUuid } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'
import { freshId } from './enrol.js'
import {
  dropKept,
  forgetKept,
  insertKept,
  readKept,
  readKeptForms,
  readLapsed,
  type KeptForm,
} from './store/kept.js'
import { IDLE, tokenHash } from './tokens.js'

/** Keeps forms over the end of a session. */
export interface FormKeeping extends KeptForms {
  /** What waits for the person behind a session, the newest first. */
  list(sessionId: Buffer): Promise<readonly KeptForm[]>
  /** Deletes what nobody came back for within a day; returns how many. */
  forget(): Promise<number>
}

const PUBLIC: Scope = { login: 'web', role: 'web_public' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the keeping of forms: sealed, five for each person, for a day. */
export function createFormKeeping(parts: {
  inTransaction: InTransaction<Database>
  clock: Clock
  random: Random
  accountKey: Buffer
}): FormKeeping {
  const { inTransaction, clock, random, accountKey } = parts
  return {
    lapsed: (token) =>
      inTransaction(PUBLIC, (trx) =>
        readLapsed(trx, { tokenHash: tokenHash(token), at: clock.now(), idle: IDLE }),
      ),
    keep: async (token, { page, fields }) => {
      const form = freshId(random)
      const plain = Buffer.from(fields.toString())
      const sealed = seal(accountKey, plain, { context: contextOf(form), random })
      const kept = { form, tokenHash: tokenHash(token), page, sealed, at: clock.now() }
      return (await inTransaction(PUBLIC, (trx) => insertKept(trx, kept))) ? form : undefined
    },
    open: async (sessionId, { page, form }) => {
      if (!isUuid(form)) return undefined
      const asked = { tokenHash: sessionId, form, page, at: clock.now() }
      const sealed = await inTransaction(PUBLIC, (trx) => readKept(trx, asked))
      if (sealed === undefined) return undefined
      return new URLSearchParams(unseal(accountKey, sealed, contextOf(form)).toString())
    },
    drop: (sessionId, page) => inTransaction(PUBLIC, (trx) => dropKept(trx, sessionId, page)),
    list: (sessionId) => inTransaction(PUBLIC, (trx) => readKeptForms(trx, sessionId, clock.now())),
    forget: () => inTransaction(RETENTION, (trx) => forgetKept(trx, clock.now())),
  }
}

function contextOf(form: string): string {
  return `mirat/kept-form/v1/${form}`
}
