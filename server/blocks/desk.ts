import type { Trx } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Look } from '../platform/http/route.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import { deriveBlock } from './deriving.js'
import { endWhatCame } from './ending.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import { standingOf, type BlockFacts, type BlockRow, type DeskRow } from './model.js'
import { factsOf, officeOf, sealedWords, type BlockParts } from './parts.js'
import { after, isOver, possible, type BlockEvent, type Cause } from './rules.js'
import {
  changesOf,
  detailOfStep,
  messageOf,
  untilOfStep,
  wordsOfStep,
  type DeskStep,
} from './steps.js'
import { moveBlock, readAtDesk, readDesk, type DeskPlace } from './store.js'
import { readUnheard, type UnheardTransfer } from './store/unheard.js'
import { recordUnheard } from './unheard.js'

/** What the list of an office shows: what stands, or what is over. */
export interface DeskQuery {
  readonly isOver: boolean
  readonly after?: DeskPlace
}

/** A block as its office opens it, with what this member of staff may do. */
export interface OpenedBlock extends BlockFacts {
  readonly mayDo: readonly BlockEvent[]
  /** Transfers without a hearing that the person does not read yet. */
  readonly unheard: readonly UnheardTransfer[]
}

/** The caseworker's side: blocks of the own office alone; another office's and none at all are NOT_FOUND alike. */
export interface BlockDesk {
  /** No name, no number, no stable pseudonym of a person; nothing that guards a witness. */
  list(actor: StaffActor, query: DeskQuery): Promise<Page<BlockRow>>
  /** The look that opening a block is. */
  looks(actor: StaffActor, reference: string): Promise<readonly Look[]>
  open(actor: StaffActor, reference: string): Promise<OpenedBlock>
  /** One step on a block as it was read at a version; StepRefused where it cannot be taken. */
  step(
    actor: StaffActor,
    asked: { readonly reference: string; readonly version: number },
    step: DeskStep,
  ): Promise<void>
}

const PAGE_SIZE = 25
/** What an opened block shows of the person. */
const SHOWN = ['portal.block']

/** Makes the caseworker's side of the room. */
export function createBlockDesk(parts: BlockParts): BlockDesk {
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(staffScope(actor), work)
  return {
    list: (actor, { isOver: over, after: place }) =>
      within(actor, async (trx) => {
        const rows = await readDesk(trx, { isOver: over, after: place, limit: PAGE_SIZE + 1 })
        return pageOf(rows, PAGE_SIZE, ({ savedAt, block }) => `${savedAt.toISOString()}_${block}`)
      }),
    looks: (actor, reference) =>
      within(actor, async (trx) => {
        const { subject } = await found(parts, trx, reference)
        return [{ subject, fields: SHOWN, caseRef: reference }]
      }),
    open: (actor, reference) =>
      within(actor, async (trx) => {
        const row = await found(parts, trx, reference)
        return {
          ...(await factsOf(parts, trx, row)),
          mayDo: possible(standingOf(row), causeOf(actor, row)),
          unheard: await readUnheard(trx, row.block),
        }
      }),
    step: (actor, { reference, version }, step) =>
      within(actor, async (trx) => {
        const row = await found(parts, trx, reference)
        if (row.version !== version) throw new StepRefused('STALE')
        await take(parts, trx, { actor, row, step })
      }),
  }
}

async function found(
  { references }: Pick<BlockParts, 'references'>,
  trx: Trx,
  reference: string,
): Promise<DeskRow> {
  const row = references.isOne(reference) ? await readAtDesk(trx, reference) : undefined
  if (row === undefined) throw new DomainError('NOT_FOUND')
  return row
}

/** As whom a member of staff meets a block: whoever proposed a refusal never confirms it. */
function causeOf({ staff }: StaffActor, { state, proposedBy }: DeskRow): Cause {
  return state === 'proposed' && proposedBy !== staff ? 'second' : 'clerk'
}

interface AtDesk {
  readonly actor: StaffActor
  readonly row: DeskRow
  readonly step: DeskStep
}

/** Row, entry of the log and message to the person in one transaction. */
async function take(parts: BlockParts, trx: Trx, { actor, row, step }: AtDesk): Promise<void> {
  const moved = after(standingOf(row), step.event, causeOf(actor, row))
  if (!moved.ok) throw new StepRefused(moved.refusal)
  const at = parts.clock.now()
  const office = row.office ?? 0
  const { staff, unit } = actor
  const desk = { office, staff, ...(unit === undefined ? {} : { unit }) }
  if (step.event === 'transfer_unheard') {
    await recordUnheard(parts, trx, { row, step, desk, at })
    return
  }
  const number = row.version + 1
  const content = sealedWords(parts, row, { number, words: wordsOfStep(step) })
  const party = officeOf(parts, office)
  const formMet = step.event === 'form_met'
  const done = await moveBlock(trx, row, {
    ...{ state: moved.value, saved_at: at, expires_on: expiryOf(at) },
    ...changesOf(step, { at, staff, to: moved.value }),
    ...(formMet ? { form_met_at: at, due_on: parts.deadlineOf(at, party).due } : {}),
  })
  if (!done) throw new StepRefused('STALE')
  const { block, reference, subject, kind } = row
  await parts.write(trx, {
    ...{ block, reference, subject, what: kind, number, event: step.event, at, content, desk },
    detail: detailOfStep(step),
    until: untilOfStep(step),
  })
  if (step.event === 'granted' && kind === 'information') await deriveBlock(parts, trx, { row, at })
  if (isOver(moved.value)) await endWhatCame(parts, trx, { source: block, at })
  const message = messageOf(step, row, party.code)
  if (message !== undefined) await parts.tell(trx, message)
}
