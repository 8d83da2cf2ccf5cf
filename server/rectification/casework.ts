import type { Field, Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { caseworkersOf, staffScope, type Colleague, type StaffActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { causeOf } from './cause.js'
import { StepRefused } from './error.js'
import type { CaseRow } from './model.js'
import type { CaseworkParts } from './parts.js'
import { furtherFieldsOf, type FurtherField } from './name-fields.js'
import { createGiving, type Giving } from './giving.js'
import { found, mayOpen } from './opening.js'
import { createQueueing, officeOf, type Queueing } from './queue.js'
import { factsOf, type RequestFacts } from './reading.js'
import { possible, type Cause, type Kind, type RequestEvent } from './rules.js'
import type { Wanted } from './statement.js'
import { takeStep } from './stepping.js'
import type { StaffStep } from './steps.js'
import { markPrinted } from './store/notices.js'
import { readOfficesHere } from './store/offices.js'
import { createSavedViews, type SavedViews } from './saved-views.js'

/** A case as its office sees it, with what this member of staff may do. */
export interface CaseFacts extends RequestFacts {
  readonly request: CaseRow
  readonly cause: Cause
  readonly mayDo: readonly RequestEvent[]
  readonly colleagues: readonly Colleague[]
  /** Offices (catalogue numbers) with anybody here, where the case can be passed on. */
  readonly officesHere: ReadonlySet<number>
  /** The office that answers to this member of staff: their own. */
  readonly own: Party
  /** Whether nothing may go to private and foreign parties without a hearing, and when that was looked up. */
  readonly block: { readonly isInForce: boolean; readonly at: Date }
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
  /** Further fields of the request, with what the person wants there. */
  readonly further: readonly FurtherField[]
}

/** What caseworkers do about requests of their own office; every step is an entry that the person sees. */
export interface Casework extends Queueing, Giving {
  readonly views: SavedViews
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
}

/** Makes the office's side of the room. */
export function createCasework(parts: CaseworkParts): Casework {
  const { inTransaction } = parts
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    inTransaction(staffScope(actor), work)
  return {
    ...createQueueing(parts),
    ...createGiving(parts),
    views: createSavedViews(parts),
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
        const { request, field, fields, statement } = await factsOf(
          trx,
          await found(trx, reference),
          parts,
        )
        const { kind, version } = request
        const further = furtherFieldsOf(fields, statement)
        return { field, kind, version, wanted: statement?.wanted, further }
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
  }
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
  const at = parts.clock.now()
  // An office that only confirms gives nobody the case.
  const mayDo = possible(row.state, cause).filter(
    (step) => step !== 'assigned' || own.id === row.office,
  )
  return {
    ...facts,
    ...{ cause, own, mayDo },
    block: { at, isInForce: await parts.isBlocked(trx, row.subject, at) },
    officesHere: mayDo.includes('passed_on') ? await readOfficesHere(trx) : new Set(),
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
