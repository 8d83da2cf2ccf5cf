import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Log } from '../platform/log.js'
import type { Proofs } from './proof.js'
import { afterTry, type Delivered } from './rules.js'
import { settleMail, takeMails, type DueMail } from './store/mails.js'
import type { Wording } from './wording.js'

/** A mail to one address. */
export interface Letter extends Wording {
  readonly to: string
}

/** Sends mails that wait. */
export interface Posting {
  /** Sends what is due; how many mails there were. Never throws for what happens outside. */
  send(): Promise<number>
}

/** What sending is made of. */
export interface PostingParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly log: Log
  readonly proofs: Proofs
  /** What a mail says in German and in a language; with a code, the code. */
  readonly wordingIn: (language: string, code: string | undefined) => Wording
  /** Hands a mail over; never throws. Absent where the installation sends none: then mails wait. */
  readonly deliver?: ((letter: Letter) => Promise<Delivered>) | undefined
}

/** Sent at a time, and in one turn: a turn comes every minute. */
const AT_ONCE = 4
const MOST_ROUNDS = 25
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes the way by which mails leave. */
export function createPosting(parts: PostingParts): Posting {
  const { inTransaction, clock, deliver } = parts
  return {
    send: async () => {
      let sent = 0
      for (let round = 0; deliver !== undefined && round < MOST_ROUNDS; round++) {
        // No connection to the database waits for a mail server: taking ends before anything is sent.
        const due = await inTransaction(WORKER, (trx) => takeMails(trx, clock.now(), AT_ONCE))
        await Promise.all(due.map((mail) => post(parts, mail, deliver)))
        sent += due.length
        if (due.length === 0) break
      }
      return sent
    },
  }
}

async function post(
  parts: PostingParts,
  mail: DueMail,
  deliver: NonNullable<PostingParts['deliver']>,
): Promise<void> {
  const { inTransaction, clock, log } = parts
  const letter = letterOf(parts, mail)
  const delivered = letter === undefined ? GONE : await deliver(letter)
  // Never the address, and never whose it is: the code alone says what to mend.
  if (delivered.kind !== 'sent') log.info('mail.failed', { code: delivered.code })
  const end = letter === undefined ? 'given_up' : afterTry(delivered, mail.tries)
  if (end === 'waiting') return
  await inTransaction(WORKER, (trx) => settleMail(trx, mail, { end, at: clock.now() }))
}

/** Removed meanwhile, or sealed with a key that this installation does not have. */
const GONE: Delivered = { kind: 'later', code: 'gone' }

function letterOf(
  { proofs, wordingIn }: PostingParts,
  { account, address, content, kind, language }: DueMail,
): Letter | undefined {
  if (address === null || (kind === 'proof' && content === null)) return undefined
  try {
    const code = kind === 'proof' && content ? proofs.openCode(account, content) : undefined
    return { to: proofs.openAddress(account, address), ...wordingIn(language, code) }
  } catch {
    return undefined
  }
}
