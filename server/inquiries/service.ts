import type { Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import { actorOf, type AccessEntry } from '../overview/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { ask } from './asking.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import type { InquiryFacts, InquiryRow } from './model.js'
import { factsOf, officeOf, writing, type InquiryParts } from './parts.js'
import { after, isOpen, type Question } from './rules.js'
import { hasOfficer, moveInquiry, readInquiry, readOn, readOwn } from './store.js'
import { nextNumber } from './store/events.js'
import type { Party } from '../catalogue/index.js'

/** What is asked about: the access, who answers, and what was asked before. */
export interface AskFacts {
  readonly entry: AccessEntry
  readonly office: Party
  /** Whether the office has a data protection officer in this portal. */
  readonly hasOfficer: boolean
  /** The open inquiry about it. */
  readonly open?: InquiryRow
}

/** An inquiry as its person reads it. */
export interface OwnInquiry extends InquiryFacts {
  /** The access; absent once its own time is over. */
  readonly entry?: AccessEntry
  readonly hasOfficer: boolean
}

/** What residents ask about accesses. What is another's, withheld or not there is NOT_FOUND alike. */
export interface Inquiries {
  /** What a form about an access shows. */
  about(actor: ResidentActor, index: number): Promise<AskFacts>
  /** Asks; the reference. Another click, and a second question while one is open, give the same one. */
  ask(
    actor: ResidentActor,
    asked: { readonly index: number; readonly question: Question },
  ): Promise<string>
  /** Every inquiry about one access, the newest first. */
  on(actor: ResidentActor, index: number): Promise<readonly InquiryRow[]>
  list(
    actor: ResidentActor,
  ): Promise<readonly { readonly inquiry: InquiryRow; readonly office: Party }[]>
  inquiry(actor: ResidentActor, reference: string): Promise<OwnInquiry>
  withdraw(actor: ResidentActor, reference: string): Promise<void>
  /** Says that the answer is enough. */
  close(actor: ResidentActor, reference: string): Promise<void>
}

/** Makes the resident's side of the room. */
export function createInquiries(parts: InquiryParts): Inquiries {
  const { inTransaction } = parts
  const seeing = <Value>(actor: ResidentActor, work: (trx: Trx) => Promise<Value>) =>
    inTransaction(residentScope(actor), work)
  return {
    about: (actor, index) => about(parts, actor, index),
    ask: (actor, asked) => ask(parts, actor, asked),
    on: (actor, index) => seeing(actor, (trx) => readOn(trx, index)),
    list: (actor) =>
      seeing(actor, async (trx) =>
        (await readOwn(trx)).map((inquiry) => ({
          inquiry,
          office: officeOf(parts, inquiry.office),
        })),
      ),
    inquiry: (actor, reference) => open(parts, actor, reference),
    withdraw: (actor, reference) => end(parts, actor, { reference, event: 'withdrawn' }),
    close: (actor, reference) => end(parts, actor, { reference, event: 'closed' }),
  }
}

async function about(parts: InquiryParts, actor: ResidentActor, index: number): Promise<AskFacts> {
  const entry = await parts.accessOf(actor, index)
  const office = actorOf(entry)
  return parts.inTransaction(residentScope(actor), async (trx) => {
    const open = (await readOn(trx, index)).find(({ state }) => isOpen(state))
    const facts = { entry, office, hasOfficer: await hasOfficer(trx, office.id) }
    return open === undefined ? facts : { ...facts, open }
  })
}

async function open(
  parts: InquiryParts,
  actor: ResidentActor,
  reference: string,
): Promise<OwnInquiry> {
  const known = await parts.inTransaction(residentScope(actor), async (trx) => {
    const row = await found(parts, trx, reference)
    return { ...(await factsOf(parts, trx, row)), hasOfficer: await hasOfficer(trx, row.office) }
  })
  const entry = await orNothing(parts.accessOf(actor, known.inquiry.entry))
  return entry === undefined ? known : { ...known, entry }
}

/** What belongs to a question may be gone before it: an access lives for its own time. */
export async function orNothing<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

/** An inquiry of the scope by its reference. */
export async function found(
  { references }: Pick<InquiryParts, 'references'>,
  trx: Trx,
  reference: string,
): Promise<InquiryRow> {
  const row = references.isOne(reference) ? await readInquiry(trx, reference) : undefined
  if (row === undefined) throw new DomainError('NOT_FOUND')
  return row
}

async function end(
  parts: InquiryParts,
  actor: ResidentActor,
  { reference, event }: { reference: string; event: 'withdrawn' | 'closed' },
): Promise<void> {
  await parts.inTransaction(writing(actor), async (trx) => {
    const { inquiry, version, state, subject, entry } = await found(parts, trx, reference)
    const moved = after(state, event, 'resident')
    if (!moved.ok) throw new StepRefused(moved.refusal)
    const at = parts.clock.now()
    const number = await nextNumber(trx, inquiry)
    const step = { inquiry, version, state: moved.value, endedAt: at, expiresOn: expiryOf(at) }
    if (!(await moveInquiry(trx, step))) throw new StepRefused('STALE')
    await parts.journal.write(trx, { inquiry, reference, subject, entry, number, event, at })
  })
}
