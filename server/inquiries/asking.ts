import type { Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { actorOf, type AccessEntry } from '../overview/index.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import { placeOf, writing, type InquiryParts } from './parts.js'
import { FIRST, MOST_OPEN, questionDetail, type Question } from './rules.js'
import { countOpen, insertInquiry, readOpenOn } from './store.js'

/** Fresh references that are tried before giving up. */
const MOST_TRIES = 3

/**
 * Asks about one of the person's own accesses: row and entry of the log in one transaction. An access that
 * has an open inquiry leads to that one, whoever clicked first; StepRefused (TOO_MANY) beyond the bound.
 */
export async function ask(
  parts: InquiryParts,
  actor: ResidentActor,
  { index, question }: { index: number; question: Question },
): Promise<string> {
  const entry = await parts.accessOf(actor, index)
  for (let tries = 1; ; tries++) {
    const reference = await parts.inTransaction(writing(actor), async (trx) => {
      const open = await readOpenOn(trx, index)
      if (open !== undefined) return open.reference
      if ((await countOpen(trx)) >= MOST_OPEN) throw new StepRefused('TOO_MANY')
      return insert(parts, trx, { actor, entry, question })
    })
    if (reference !== undefined) return reference
    if (tries === MOST_TRIES) throw new StepRefused('STALE')
  }
}

interface Asking {
  readonly actor: ResidentActor
  readonly entry: AccessEntry
  readonly question: Question
}

/** The reference; nothing where the one that was drawn is taken. */
async function insert(
  parts: InquiryParts,
  trx: Trx,
  { actor, entry, question }: Asking,
): Promise<string | undefined> {
  const { clock, journal, keys, random, references } = parts
  const at = clock.now()
  const office: Party = actorOf(entry)
  const inquiry = uuidOf(random.bytes(16))
  const reference = references.fresh()
  const caseKey = keys.fresh(inquiry)
  const { subject } = entry
  const isNew = await insertInquiry(trx, {
    ...{ inquiry, reference, subject, account: actor.account, entry: entry.index },
    ...{ office: office.id, kind: question.kind, reasons: question.reasons, state: FIRST },
    ...{ case_key: caseKey, version: 1, asked_at: at, expires_on: expiryOf(at) },
    due_on: parts.deadlineOf(at, office).due,
  })
  if (!isNew) return (await readOpenOn(trx, entry.index))?.reference
  const { words } = question
  await journal.write(trx, {
    ...{ inquiry, reference, subject, at, entry: entry.index, event: 'asked', number: 1 },
    detail: questionDetail(question),
    content:
      words === undefined
        ? undefined
        : keys.seal({ thing: inquiry, key: caseKey, at: placeOf(1) }, words),
  })
  // The log is written by one after another: from here on nobody else's question can be unseen.
  if ((await countOpen(trx)) > MOST_OPEN) throw new StepRefused('TOO_MANY')
  return reference
}
