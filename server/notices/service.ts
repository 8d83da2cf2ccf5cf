import type { Database, Trx } from '../database.js'
import { noteEnding, residentScope, type ResidentActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { isUuid } from '../platform/kernel/ids.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import { cursorOf, placeOf, type Place } from './place.js'
import { codesFor } from './rules.js'
import {
  countUnread,
  forgetNotices,
  markRead,
  readEnding,
  readMessage,
  readMessages,
  type StoredMessage,
} from './store/messages.js'
import type { Tell } from './telling.js'

export type { StoredMessage } from './store/messages.js'

/** A resident's inbox. Who signed in with a letter alone sees what is about the account, and nothing of requests. */
export interface Inbox {
  /** A page of the list, the newest first; `next` is the place of the page after it. */
  list(actor: ResidentActor, after: Place | undefined): Promise<Page<StoredMessage>>
  /** One message, from then on read; NOT_FOUND for what is another's or gone. */
  open(actor: ResidentActor, message: string): Promise<StoredMessage>
  unread(actor: ResidentActor): Promise<number>
  /** Every message, whatever the assurance: for the person's own copy. */
  all(actor: ResidentActor): AsyncIterable<StoredMessage>
  /** Tells owners of accounts that come to their end, once; returns how many there are. */
  warnUnused(): Promise<number>
  /** Deletes what is due; returns how much. */
  forget(): Promise<number>
}

/** What the inbox is made of. */
export interface InboxParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly tell: Tell
}

const PAGE = 20
const RETENTION: Scope = { login: 'retention', role: 'retention' }
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes the inbox. */
export function createInbox(parts: InboxParts): Inbox {
  const { inTransaction, clock } = parts
  return {
    list: (actor, after) => list(parts, actor, after),
    open: (actor, message) => open(parts, actor, message),
    unread: (actor) =>
      inTransaction(residentScope(actor), (trx) => countUnread(trx, codesFor(actor.assurance))),
    all: async function* (actor) {
      for (let after: Place | undefined; ;) {
        const page = await list(parts, { ...actor, assurance: 'high' }, after)
        yield* page.items
        if (page.next === undefined) return
        after = placeOf(page.next)
      }
    },
    warnUnused: () =>
      inTransaction(WORKER, async (trx) => {
        const ending = await readEnding(trx, clock.now())
        for (const { subject, day } of ending) {
          await warn(parts, trx, { subject, day })
          await noteEnding(trx, subject, clock.now())
        }
        return ending.length
      }),
    forget: () => inTransaction(RETENTION, (trx) => forgetNotices(trx, clock.now())),
  }
}

async function list(
  { inTransaction }: InboxParts,
  actor: ResidentActor,
  after: Place | undefined,
): Promise<Page<StoredMessage>> {
  const asked = { codes: codesFor(actor.assurance), most: PAGE + 1, ...(after ? { after } : {}) }
  const rows = await inTransaction(residentScope(actor), (trx) => readMessages(trx, asked))
  return pageOf(rows, PAGE, ({ toldAt, message }) => cursorOf({ at: toldAt, message }))
}

async function open(
  { inTransaction, clock }: InboxParts,
  actor: ResidentActor,
  message: string,
): Promise<StoredMessage> {
  if (!isUuid(message)) throw new DomainError('NOT_FOUND')
  const asked = { message, codes: codesFor(actor.assurance) }
  const found = await inTransaction(residentScope(actor), (trx) => readMessage(trx, asked))
  if (found === undefined) throw new DomainError('NOT_FOUND')
  if (found.readAt === undefined) {
    const writing = { ...residentScope(actor), readOnly: false }
    // Best effort: with a full disk reading goes on, and the message only counts as new for longer.
    await inTransaction(writing, (trx) => markRead(trx, message, clock.now())).catch(
      () => undefined,
    )
  }
  return found
}

function warn(
  { tell }: InboxParts,
  trx: Trx,
  { subject, day }: { subject: string; day: string },
): Promise<void> {
  // Who signs in moves the day, and is told anew three years later.
  return tell(trx, { subject, code: 'account_ends', params: { day }, once: day })
}
