import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Catalogue } from '../catalogue/index.js'
import type { Tell } from '../notices/index.js'
import type { Database } from '../database.js'
import { berlinDay, daysAfter } from './days.js'
import { expiryOf, type Journal } from './journal.js'
import { forgetRequests } from './store.js'
import { makeNotices } from './store/notices.js'
import {
  readDueAnswers,
  readOffice,
  readRipe,
  seekSeconds,
  takeEffect,
  type RipeProposal,
} from './store/cases.js'

/** What the portal does about requests by itself. */
export interface RequestUpkeep {
  /** Deletes forgotten drafts, keys of requests long closed, and what is due; returns how much it was. */
  forget(): Promise<number>
  /**
   * Makes decisions of the proposals that nobody can confirm, a day after; returns how many. Those whose second
   * person has left look for another one first.
   */
  confirm(): Promise<number>
  /** Tells people whose answer is due within a week or late, once each; returns how many answers these are. */
  remind(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** What the upkeep is made of. */
export interface UpkeepParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly journal: Journal
  readonly catalogue: Pick<Catalogue, 'parties'>
  readonly tell: Tell
}

/** Makes the upkeep of the room. */
export function createUpkeep(parts: UpkeepParts): RequestUpkeep {
  const { inTransaction, clock } = parts
  return {
    forget: () => inTransaction(RETENTION, (trx) => forgetRequests(trx, clock.now())),
    confirm: async () => {
      await inTransaction(WORKER, (trx) => seekSeconds(trx, clock.now()))
      const ripe = await inTransaction(WORKER, (trx) => readRipe(trx, clock.now()))
      const made = await eachAlone(ripe, (proposal) => confirm(parts, proposal))
      return made.filter(Boolean).length
    },
    remind: () => remind(parts),
  }
}

/** One transaction each: what was withdrawn meanwhile stops nobody else's. */
function confirm({ inTransaction, clock, journal }: UpkeepParts, proposal: RipeProposal) {
  return inTransaction(WORKER, async (trx) => {
    const at = clock.now()
    if (!(await takeEffect(trx, proposal, { at, expiresOn: expiryOf(at) }))) return false
    const { request, reference, subject, number } = proposal
    const happening = { request, reference, subject, number, at, byPortal: true }
    const office = await readOffice(trx, request)
    await journal.write(trx, {
      ...happening,
      event: 'confirmed',
      ...(office === undefined ? {} : { told: { office } }),
    })
    // Only outcomes of which recipients are told take a second person.
    await makeNotices(trx, request, at)
    return true
  })
}

/** Days before the last one on which the person hears that an answer must come. */
const SOON_DAYS = 7

/** The occasion is the day, so that a longer time is told of anew and a second turn says nothing. */
async function remind({ clock, catalogue, tell, inTransaction }: UpkeepParts): Promise<number> {
  const today = berlinDay(clock.now())
  const until = daysAfter(today, SOON_DAYS)
  const due = await inTransaction(WORKER, (trx) => readDueAnswers(trx, until))
  await eachAlone(due, async ({ subject, reference, office, day }) => {
    const party = catalogue.parties.byId(office)
    if (party === undefined) return
    const code = day < today ? 'request_overdue' : 'request_due_soon'
    const params = { reference, office: party.code, day }
    await inTransaction(WORKER, (trx) =>
      tell(trx, { subject, code, params, once: `${reference}.${day}` }),
    )
  })
  return due.length
}

/** One that fails holds up nobody else's; the job still says that it failed, once all had their turn. */
async function eachAlone<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = []
  const faults: unknown[] = []
  for (const item of items) {
    try {
      done.push(await work(item))
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
  return done
}
