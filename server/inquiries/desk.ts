import type { Trx } from '../database.js'
import type { StaffActor } from '../identity/index.js'
import type { Look } from '../platform/http/route.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import type { InquiryFacts, InquiryRow } from './model.js'
import { factsOf, officerScope, placeOf, type InquiryParts, type OfficeAccess } from './parts.js'
import { after, isOpen, replyDetail, type PassReason, type Reply } from './rules.js'
import { found, orNothing } from './service.js'
import { moveInquiry, readDesk, type DeskPlace } from './store.js'
import { nextNumber } from './store/events.js'

/** What a data protection officer does about an inquiry. */
export type DeskStep =
  | { readonly event: 'taken' }
  | { readonly event: 'answered'; readonly reply: Reply }
  | { readonly event: 'passed_on'; readonly reason: PassReason }

/** An inquiry beside the access that it is about. */
export interface OpenedInquiry extends InquiryFacts {
  /** Absent once its own time is over. */
  readonly access?: OfficeAccess
}

/** What the list of an office shows: open inquiries, or ended ones. */
export interface DeskQuery {
  readonly isOpen: boolean
  readonly after?: DeskPlace
}

/**
 * The data protection officer's side (GDPR Article 38 (4)): inquiries of the own office alone. Another
 * office's, and none at all, are NOT_FOUND alike, as they are for every other member of staff.
 */
export interface InquiryDesk {
  /** No name, no number, no stable pseudonym of a person, and never who looked. */
  list(actor: StaffActor, query: DeskQuery): Promise<Page<InquiryRow>>
  /** The look that opening an inquiry is. */
  looks(actor: StaffActor, reference: string): Promise<readonly Look[]>
  open(actor: StaffActor, reference: string): Promise<OpenedInquiry>
  /** One step on an inquiry as it was read at a version; StepRefused where it cannot be taken. */
  step(
    actor: StaffActor,
    asked: { readonly reference: string; readonly version: number },
    step: DeskStep,
  ): Promise<void>
}

const PAGE_SIZE = 25
/** What an opened inquiry shows of the person: what they asked, and one access of their log. */
const SHOWN = ['portal.access_log', 'portal.inquiry']

/** Makes the officer's side of the room. */
export function createInquiryDesk(parts: InquiryParts): InquiryDesk {
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(officerScope(actor), work)
  return {
    list: (actor, { isOpen: open, after: place }) =>
      within(actor, async (trx) => {
        const rows = await readDesk(trx, { isOpen: open, after: place, limit: PAGE_SIZE + 1 })
        return pageOf(rows, PAGE_SIZE, ({ dueOn, inquiry }) => `${dueOn}.${inquiry}`)
      }),
    looks: (actor, reference) =>
      within(actor, async (trx) => {
        const { subject } = await found(parts, trx, reference)
        return [{ subject, fields: SHOWN, caseRef: reference }]
      }),
    open: async (actor, reference) => {
      const facts = await within(actor, async (trx) =>
        factsOf(parts, trx, await found(parts, trx, reference)),
      )
      const access = await orNothing(parts.officeAccessOf(actor, facts.inquiry.entry))
      return access === undefined ? facts : { ...facts, access }
    },
    step: (actor, { reference, version }, step) =>
      within(actor, async (trx) => {
        const row = await found(parts, trx, reference)
        if (row.version !== version) throw new StepRefused('STALE')
        await take(parts, trx, { actor, row, step })
      }),
  }
}

interface AtDesk {
  readonly actor: StaffActor
  readonly row: InquiryRow
  readonly step: DeskStep
}

/** Row, entry of the log and message to the person in one transaction. */
async function take(parts: InquiryParts, trx: Trx, { actor, row, step }: AtDesk): Promise<void> {
  const { inquiry, reference, subject, entry, office, version } = row
  const { event } = step
  const moved = after(row.state, event, 'officer')
  if (!moved.ok) throw new StepRefused(moved.refusal)
  const at = parts.clock.now()
  const number = await nextNumber(trx, inquiry)
  const content = contentOf(parts, { row, step, number })
  const done = await moveInquiry(trx, {
    ...{ inquiry, version, state: moved.value, expiresOn: expiryOf(at) },
    endedAt: isOpen(moved.value) ? undefined : at,
  })
  if (!done) throw new StepRefused('STALE')
  const { staff, unit } = actor
  await parts.journal.write(trx, {
    ...{ inquiry, reference, subject, entry, number, event, at, content },
    detail: detailOf(step),
    desk: { staff, office, ...(unit === undefined ? {} : { unit }) },
  })
  if (event === 'taken') return
  await parts.tell?.(trx, { subject, code: 'inquiry_answered', params: { reference } })
}

function detailOf(step: DeskStep): string | undefined {
  if (step.event === 'answered') return replyDetail(step.reply)
  return step.event === 'passed_on' ? step.reason : undefined
}

function contentOf(
  { keys }: InquiryParts,
  { row, step, number }: { row: InquiryRow; step: DeskStep; number: number },
): Buffer | undefined {
  const { inquiry, caseKey } = row
  const words = step.event === 'answered' ? step.reply.words : undefined
  if (words === undefined) return undefined
  if (caseKey === undefined) throw new StepRefused('ERASED')
  return keys.seal({ thing: inquiry, key: caseKey, at: placeOf(number) }, words)
}
