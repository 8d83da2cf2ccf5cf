import type { Field, Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { caseworkersOf, officeScope, type Colleague, type StaffActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import { causeOf } from './cause.js'
import { StepRefused } from './error.js'
import type { QueueFilter, QueuePlace } from './filters.js'
import type { CaseRow } from './model.js'
import { termsOf, type CaseworkParts } from './parts.js'
import { factsOf, type RequestFacts } from './reading.js'
import { isOpen, possible, type Cause, type Kind, type RequestEvent } from './rules.js'
import type { Wanted } from './statement.js'
import { takeStep } from './stepping.js'
import type { StaffStep } from './steps.js'
import { countQueue, placeOf, readAssigned, readCase, readQueue } from './store/cases.js'
import { markPrinted } from './store/notices.js'

/** A case in a list: no name, no number, no stable pseudonym of a person. */
export interface ListedCase {
  readonly row: CaseRow
  readonly field: Field
}

/** A case as its office sees it, with what this member of staff may do. */
export interface CaseFacts extends RequestFacts {
  readonly request: CaseRow
  readonly cause: Cause
  readonly mayDo: readonly RequestEvent[]
  readonly colleagues: readonly Colleague[]
  /** The office that answers to this member of staff: their own. */
  readonly own: Party
}

/** Whether a case may be opened at once, or its reason must be said first. */
export type Opening =
  | { readonly kind: 'open'; readonly subject: string; readonly reference: string }
  | { readonly kind: 'reason'; readonly reference: string }

/** What a form of a step is judged by: no content but the right entry as it was stated. */
export interface CaseTerms {
  readonly field: Field
  readonly kind: Kind
  readonly version: number
  readonly wanted: Wanted | undefined
}

/** One page of the queue, with how many there are in all. */
export interface Queue {
  readonly page: Page<ListedCase>
  readonly count: number
}

/** What caseworkers do about requests of their own office; every step is an entry that the person sees. */
export interface Casework {
  queue(actor: StaffActor, filter: QueueFilter, after?: QueuePlace): Promise<Queue>
  mine(actor: StaffActor): Promise<readonly ListedCase[]>
  /** NOT_FOUND for what is another office's, or none's. */
  opening(actor: StaffActor, reference: string): Promise<Opening>
  open(actor: StaffActor, reference: string): Promise<CaseFacts>
  /** What a form of a step is read with. */
  terms(actor: StaffActor, reference: string): Promise<CaseTerms>
  /** One step on a case as it was read at a version; StepRefused where it cannot be taken. */
  step(
    actor: StaffActor,
    asked: { readonly reference: string; readonly version: number },
    step: StaffStep,
  ): Promise<void>
  /** Notes that the letter to an office was printed, or that it was told otherwise; StepRefused (NOT_NOW). */
  printed(
    actor: StaffActor,
    letter: { readonly reference: string; readonly office: number },
  ): Promise<void>
  /** Gives every open case of one colleague to another, in one transaction; how many there were. */
  handOver(
    actor: StaffActor,
    hands: { readonly from: string; readonly to: string },
  ): Promise<number>
  colleagues(actor: StaffActor): Promise<readonly Colleague[]>
}

const PAGE_SIZE = 25
/** How long a reason once given opens a colleague's case. */
const OPENED_MS = 12 * 60 * 60_000

/** Makes the office's side of the room. */
export function createCasework(parts: CaseworkParts): Casework {
  const { inTransaction } = parts
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    inTransaction(officeScope(actor), work)
  return {
    queue: (actor, filter, after) =>
      within(actor, async (trx) => {
        const from = after === undefined ? {} : { after }
        const rows = await readQueue(trx, filter, { ...from, limit: PAGE_SIZE + 1 })
        const page = pageOf(listed(parts, rows), PAGE_SIZE, ({ row }) => cursorOf(row))
        return { page, count: await countQueue(trx, filter) }
      }),
    mine: (actor) =>
      within(actor, async (trx) => listed(parts, await readAssigned(trx, actor.staff))),
    opening: (actor, reference) =>
      within(actor, async (trx) => {
        const row = await found(trx, reference)
        const isFree = await mayOpen(parts, trx, { actor, row })
        return isFree
          ? { kind: 'open', subject: row.subject, reference }
          : { kind: 'reason', reference }
      }),
    open: (actor, reference) => within(actor, (trx) => openCase(parts, trx, { actor, reference })),
    terms: (actor, reference) =>
      within(actor, async (trx) => {
        const { request, field, statement } = await factsOf(trx, await found(trx, reference), parts)
        const { kind, version } = request
        return { field, kind, version, wanted: statement?.wanted }
      }),
    step: (actor, asked, step) =>
      within(actor, async (trx) => {
        const row = await found(trx, asked.reference)
        if (row.version !== asked.version) throw new StepRefused('STALE')
        if (step.event !== 'opened' && !(await mayOpen(parts, trx, { actor, row }))) {
          throw new StepRefused('NOT_YOURS')
        }
        await takeStep(parts, trx, { actor, row, step })
      }),
    printed: (actor, letter) => within(actor, (trx) => print(parts, trx, { actor, letter })),
    handOver: (actor, hands) => within(actor, (trx) => handOver(parts, trx, { actor, hands })),
    colleagues: (actor) => within(actor, (trx) => caseworkersOf(trx, officeOf(actor))),
  }
}

/** The cursor of the page behind a case. */
function cursorOf(row: CaseRow): string {
  const { dueOn, request } = placeOf(row)
  return `${dueOn}.${request}`
}

function listed(parts: CaseworkParts, rows: readonly CaseRow[]): readonly ListedCase[] {
  return rows.map((row) => ({ row, field: termsOf(parts, row).field }))
}

async function found(trx: Trx, reference: string): Promise<CaseRow> {
  const row = await readCase(trx, reference)
  if (row === undefined) throw new DomainError('NOT_FOUND')
  return row
}

async function openCase(
  parts: CaseworkParts,
  trx: Trx,
  { actor, reference }: { actor: StaffActor; reference: string },
): Promise<CaseFacts> {
  const row = await found(trx, reference)
  const facts = await factsOf(trx, row, parts)
  const cause = causeOf(actor, row)
  const own = parts.catalogue.parties.byId(officeOf(actor))
  if (own === undefined) throw new DomainError('NOT_FOUND')
  return {
    ...facts,
    ...{ cause, own },
    // An office that only confirms gives nobody the case.
    mayDo: possible(row.state, cause).filter(
      (step) => step !== 'assigned' || own.id === row.office,
    ),
    colleagues: await caseworkersOf(trx, own.id),
  }
}

async function print(
  parts: CaseworkParts,
  trx: Trx,
  { actor, letter }: { actor: StaffActor; letter: { reference: string; office: number } },
): Promise<void> {
  const row = await found(trx, letter.reference)
  if (!(await mayOpen(parts, trx, { actor, row }))) throw new StepRefused('NOT_YOURS')
  const at = parts.clock.now()
  const done = await markPrinted(trx, { request: row.request, recipient: letter.office, at })
  if (!done) throw new StepRefused('NOT_NOW')
}

/** A case that a colleague works on opens for 12 hours once its reason was said; all others at once. */
async function mayOpen(
  { clock, operatorDigest, ...parts }: CaseworkParts,
  trx: Trx,
  { actor, row }: { actor: StaffActor; row: CaseRow },
): Promise<boolean> {
  const isAnothers = row.assignee !== undefined && row.assignee !== actor.staff
  if (!isAnothers || !(isOpen(row.state) || row.state === 'decided')) return true
  // Who is asked to confirm has a reason already.
  if (causeOf(actor, row) === 'second') return true
  const { events } = await factsOf(trx, row, parts)
  const since = clock.now().getTime() - OPENED_MS
  return events.some(
    ({ event, at, number, operatorDigest: who }) =>
      event === 'opened' &&
      at.getTime() > since &&
      who?.equals(operatorDigest({ staff: actor.staff, request: row.request, number })),
  )
}

async function handOver(
  parts: CaseworkParts,
  trx: Trx,
  { actor, hands }: { actor: StaffActor; hands: { from: string; to: string } },
): Promise<number> {
  const rows = await readAssigned(trx, hands.from)
  for (const row of rows) {
    await takeStep(parts, trx, { actor, row, step: { event: 'assigned', to: hands.to } })
  }
  return rows.length
}

/** The office of a member of staff; those without one have no cases (NOT_FOUND). */
export function officeOf({ office }: StaffActor): number {
  if (office === undefined) throw new DomainError('NOT_FOUND')
  return office
}
