import type { Catalogue } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import type { Tell } from '../notices/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { endWhatCame } from './ending.js'
import { ENDS_SOON_DAYS } from './grounds.js'
import { expiryOf, type WriteAct } from './journal.js'
import { warn } from './warning.js'
import {
  forgetBlocks,
  markShown,
  readDue,
  readEnding,
  readToShow,
  takeDue,
  type DueBlock,
  type HiddenTransfer,
} from './store/upkeep.js'

/** What the portal does about blocks by itself. */
export interface BlockUpkeep {
  /** Deletes keys of blocks long over, drafts nobody filed, and what is due; returns how much it was. */
  forget(): Promise<number>
  /** Ends what has run out and hearings that nobody answered, and shows what was hidden; returns how much. */
  turn(): Promise<number>
  /** Tells people whose block ends within 30 days, once each; returns how many blocks these are. */
  remind(): Promise<number>
  /** Tells people of requests and transfers that their block is about, once each; returns how many stand. */
  warn(): Promise<number>
}

/** What the upkeep is made of. */
export interface UpkeepParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly catalogue: Pick<Catalogue, 'parties' | 'fields'>
  readonly write: WriteAct
  readonly dayOf: (instant: Date) => string
  readonly tell: Tell
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes the upkeep of the room. */
export function createBlockUpkeep(parts: UpkeepParts): BlockUpkeep {
  const { inTransaction, clock, dayOf } = parts
  const today = () => dayOf(clock.now())
  return {
    forget: () => inTransaction(RETENTION, (trx) => forgetBlocks(trx, clock.now())),
    turn: async () => {
      const due = await inTransaction(WORKER, (trx) => readDue(trx, today()))
      const ended = await each(due, (one) => inTransaction(WORKER, (trx) => end(parts, trx, one)))
      const hidden = await inTransaction(WORKER, (trx) => readToShow(trx, today()))
      const shown = await each(hidden, (one) =>
        inTransaction(WORKER, (trx) => show(parts, trx, one)),
      )
      return ended + shown
    },
    remind: () => inTransaction(WORKER, (trx) => remind(parts, trx, today())),
    warn: () => inTransaction(WORKER, (trx) => warn(parts, trx)),
  }
}

/** One transaction each: one that cannot be done holds up nobody else's; the job still says that it failed. */
async function each<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<boolean>,
): Promise<number> {
  let done = 0
  const faults: unknown[] = []
  for (const item of items) {
    try {
      if (await work(item)) done += 1
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
  return done
}

async function end(parts: UpkeepParts, trx: Trx, due: DueBlock): Promise<boolean> {
  const at = parts.clock.now()
  if (!(await takeDue(trx, due, { at, expiresOn: expiryOf(at) }))) return false
  const { block, reference, subject, what, event, version } = due
  const act = { block, reference, subject, what, event, number: version + 1, at, byPortal: true }
  await parts.write(trx, act)
  if (event === 'expired') await endWhatCame(parts, trx, { source: block, at })
  return true
}

/** The purpose is served by now: what happened becomes an entry that the person reads. */
async function show(parts: UpkeepParts, trx: Trx, hidden: HiddenTransfer): Promise<boolean> {
  const at = parts.clock.now()
  if (!(await markShown(trx, hidden, at))) return false
  const { block, reference, subject, what, version, office, unit, detail } = hidden
  await parts.write(trx, {
    ...{ block, reference, subject, what, detail, number: version + 1, at },
    event: 'transfer_unheard',
    desk: { office, ...(unit === null ? {} : { unit }) },
  })
  return true
}

/** The occasion is the last day, so that a longer period is told of anew and a second turn says nothing. */
async function remind({ catalogue, tell }: UpkeepParts, trx: Trx, today: string): Promise<number> {
  const ending = await readEnding(trx, today, ENDS_SOON_DAYS)
  for (const { subject, reference, office, until } of ending) {
    const party = catalogue.parties.byId(office)
    if (party === undefined) continue
    const params = { reference, office: party.code, day: until }
    await tell(trx, { subject, code: 'block_ends_soon', params, once: `${reference}.${until}` })
  }
  return ending.length
}
