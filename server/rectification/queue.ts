import type { Field, Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { caseworkersOf, staffCode, staffScope, type Colleague } from '../identity/index.js'
import type { StaffActor } from '../identity/actor.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { OpeningReason } from './decision.js'
import { StepRefused } from './error.js'
import { NEVER, type Order, type QueueFilter, type QueuePlace } from './filters.js'
import { fieldsByKind } from './kinds.js'
import type { CaseRow } from './model.js'
import { termsOf, type CaseworkParts } from './parts.js'
import { takeStep } from './stepping.js'
import { readAssigned, readCases } from './store/cases.js'
import { countQueue, planForOffice, readQueue, readStranded } from './store/queue.js'
import { readPaperCases, type PaperCase } from './store/offices.js'
import { readViews } from './store/views.js'
import type { SavedView } from './views.js'

/** A case in a list: no name, no number, no stable pseudonym of a person. */
export interface ListedCase {
  readonly row: CaseRow
  readonly field: Field
  readonly fields: readonly Field[]
  /** Whether it stands with somebody who no longer works at the office. */
  readonly isStranded: boolean
  /** Whether another office has it and only asks for a confirmation. */
  readonly isOthers: boolean
}

/** One page of the queue, with how many there are in all. */
export interface Queue {
  readonly cases: readonly ListedCase[]
  /** Where the next page begins; absent on the last one. */
  readonly next?: QueuePlace
  readonly count: number
  /** Cases of the office that stand with people who are gone: somebody has to take them. */
  readonly stranded: number
  /** Active caseworkers of the office, to whom cases can be given. */
  readonly colleagues: readonly Colleague[]
  /** Filters and orders that whoever reads keeps. */
  readonly views: readonly SavedView[]
}

/** A page of the queue in an order. */
export interface QueueSlice {
  readonly order: Order
  readonly after?: QueuePlace
}

/** Somebody whose cases can be handed over. */
export interface Holder extends Colleague {
  /** Whether they no longer work at the office. */
  readonly isGone: boolean
}

/** Whose cases go to whom, and why. */
export interface Hands {
  readonly from: string
  readonly to: string
  readonly reason?: OpeningReason
}

/** A case that stands with an office that has nobody here. */
export interface PassedOn extends Omit<PaperCase, 'field' | 'office'> {
  readonly fields: readonly Field[]
  readonly office: Party
}

/** Lists of an office's cases, and what is done about several at once. */
export interface Queueing {
  /** Those due first come first, where no order is given. */
  queue(actor: StaffActor, filter: QueueFilter, slice?: QueueSlice): Promise<Queue>
  mine(actor: StaffActor): Promise<readonly ListedCase[]>
  /** What the office passed on to offices that have nobody here, until somebody is there. */
  passedOn(actor: StaffActor): Promise<readonly PassedOn[]>
  /** Cases by their references, as far as the office sees them; in no order. */
  byReference(actor: StaffActor, references: readonly string[]): Promise<readonly ListedCase[]>
  /**
   * Gives every open case of one colleague to another, in one transaction; how many there were. Whoever gives
   * away what a colleague works on says why (StepRefused, REASON), and the people concerned read it.
   */
  handOver(actor: StaffActor, hands: Hands): Promise<number>
  colleagues(actor: StaffActor): Promise<readonly Colleague[]>
  /** Whose cases can be handed over: colleagues, and people who are gone and have cases still. */
  holders(actor: StaffActor): Promise<readonly Holder[]>
}

const PAGE_SIZE = 25
/** Cases on paper that one page lists. */
const MOST_PAPER = 200

/** Makes the lists of the room. */
export function createQueueing(parts: CaseworkParts): Queueing {
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(staffScope(actor), work)
  return {
    queue: (actor, filter, slice = { order: 'due' }) =>
      parts.inTransaction(staffScope(actor), (trx) =>
        queueOf(parts, trx, { office: officeOf(actor), filter, slice }),
      ),
    mine: (actor) =>
      within(actor, async (trx) => {
        const own = { office: officeOf(actor), staff: actor.staff }
        const desk = { office: own.office, active: [actor.staff] }
        return listed(parts, await readAssigned(trx, own), desk)
      }),
    passedOn: (actor) =>
      within(actor, async (trx) =>
        (await readPaperCases(trx, MOST_PAPER)).map((row) => ({ ...row, ...termsOf(parts, row) })),
      ),
    byReference: (actor, references) =>
      within(actor, async (trx) => {
        const office = officeOf(actor)
        const colleagues = await caseworkersOf(trx, office)
        const active = colleagues.map(({ staff }) => staff)
        return listed(parts, await readCases(trx, references), { office, active })
      }),
    handOver: (actor, hands) => within(actor, (trx) => handOver(parts, trx, { actor, hands })),
    colleagues: (actor) => within(actor, (trx) => caseworkersOf(trx, officeOf(actor))),
    holders: (actor) => within(actor, (trx) => holdersOf(trx, officeOf(actor))),
  }
}

async function queueOf(
  parts: CaseworkParts,
  trx: Trx,
  { office, filter, slice }: { office: number; filter: QueueFilter; slice: QueueSlice },
): Promise<Queue> {
  await planForOffice(trx)
  const colleagues = await caseworkersOf(trx, office)
  const question = { office, filter, active: colleagues.map(({ staff }) => staff) }
  const fields = slice.order === 'kind' ? fieldsByKind(parts.catalogue) : []
  const rows = await readQueue(trx, question, { ...slice, fields, limit: PAGE_SIZE + 1 })
  const stranded = await readStranded(trx, question)
  const shown = rows.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  return {
    cases: listed(parts, shown, question),
    ...(rows.length > PAGE_SIZE && last ? { next: placeOf(last, slice.order) } : {}),
    count: await countQueue(trx, question),
    stranded: stranded.reduce((sum, { count }) => sum + count, 0),
    colleagues,
    views: await readViews(trx),
  }
}

/** Where the page behind a case begins. */
function placeOf({ request, filedAt, field, dueOn = NEVER }: CaseRow, order: Order): QueuePlace {
  switch (order) {
    case 'due':
      return { order, request, dueOn }
    case 'filed':
      return { order, request, filedAt }
    case 'kind':
      return { order, request, field, dueOn }
  }
}

function listed(
  parts: CaseworkParts,
  rows: readonly CaseRow[],
  { office, active }: { readonly office: number; readonly active: readonly string[] },
): readonly ListedCase[] {
  return rows.map((row) => ({
    row,
    ...namesOf(termsOf(parts, row)),
    isStranded:
      row.office === office && row.assignee !== undefined && !active.includes(row.assignee),
    isOthers: row.office !== office,
  }))
}

function namesOf({
  field,
  fields,
}: ReturnType<typeof termsOf>): Pick<ListedCase, 'field' | 'fields'> {
  return { field, fields }
}

/** All or none: whoever is told that everything was handed over need not look for what was not. */
async function handOver(
  parts: CaseworkParts,
  trx: Trx,
  { actor, hands }: { actor: StaffActor; hands: Hands },
): Promise<number> {
  const office = officeOf(actor)
  const colleagues = await caseworkersOf(trx, office)
  if (!colleagues.some(({ staff }) => staff === hands.to)) throw new StepRefused('INCOMPLETE')
  const { from, to, reason } = hands
  const isColleagues = from !== actor.staff && colleagues.some(({ staff }) => staff === from)
  if (isColleagues && reason === undefined) throw new StepRefused('REASON')
  const step = { event: 'assigned', to, ...(isColleagues && reason ? { reason } : {}) } as const
  const rows = await readAssigned(trx, { office, staff: from })
  for (const row of rows) await takeStep(parts, trx, { actor, row, step })
  return rows.length
}

async function holdersOf(trx: Trx, office: number): Promise<readonly Holder[]> {
  await planForOffice(trx)
  const colleagues = await caseworkersOf(trx, office)
  const active = colleagues.map(({ staff }) => staff)
  const gone = await readStranded(trx, { office, active })
  return [
    ...colleagues.map((colleague) => ({ ...colleague, isGone: false })),
    ...gone.map(({ staff }) => ({
      staff: staff as Colleague['staff'],
      code: staffCode(staff),
      isGone: true,
    })),
  ]
}

/** The office of a member of staff; those without one have no cases (NOT_FOUND). */
export function officeOf({ office }: Pick<StaffActor, 'office'>): number {
  if (office === undefined) throw new DomainError('NOT_FOUND')
  return office
}
