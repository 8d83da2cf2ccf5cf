import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, staffScope, type StaffActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { utcDay } from '../platform/kernel/days.js'
import { DomainError } from '../platform/kernel/errors.js'
import { uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import { LOOKUP_HOURS, LOOKUP_SHOWN, type LookupReason, type LookupRow } from './lookup.js'
import { listed, type OfficeAccess } from './service.js'
import { readNewestOf, readPersons } from './store/entries.js'
import {
  deleteOldLookups,
  readLookup,
  readLookups,
  readMayLookUp,
  writeLookup,
} from './store/lookups.js'

const RETENTION: Scope = { login: 'retention', role: 'retention' }
const LISTED = 50
const HOUR_MS = 3_600_000

/** What a search found; without accesses there is none of this person at this office. */
export interface FoundAccesses {
  readonly reference: string
  /** Leaf index by which their report is asked for; absent where nothing was found. */
  readonly entry?: number
  /** The newest ones. */
  readonly accesses: readonly OfficeAccess[]
  readonly hasMore: boolean
}

/** What lookups are made of. */
export interface LookupParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
  readonly newReference: () => string
}

/**
 * The accesses of the own office to one person, found by the keyed number that the person named (GDPR Articles 15 and
 * 38 (4)). Each search is counted and written down by the database; opening what it found is a look.
 */
export interface Lookups {
  /** The reference of the search; nothing where the officer has searched too often. */
  ask(
    actor: StaffActor,
    wanted: { readonly subject: string; readonly reason: LookupReason },
  ): Promise<string | undefined>
  /** The access by which the person is known to the log; NOT_FOUND for everybody but whoever searched, and after 24 hours. */
  entryOf(actor: StaffActor, reference: string): Promise<number | undefined>
  open(actor: StaffActor, reference: string): Promise<FoundAccesses>
  /** Those of the office, and for supervisors of all offices, the newest first. */
  list(actor: StaffActor): Promise<readonly LookupRow[]>
  /** Deletes what is due; returns how many. */
  forget(): Promise<number>
}

/** Makes lookups. */
export function createLookups(parts: LookupParts): Lookups {
  const { inTransaction, clock } = parts
  const openSince = () => new Date(clock.now().getTime() - LOOKUP_HOURS * HOUR_MS)
  const entryOf = async (actor: StaffActor, reference: string) => {
    const asked = { reference, since: openSince() }
    const found = await inTransaction(staffScope(actor), (trx) => readLookup(trx, asked))
    if (found === undefined) throw new DomainError('NOT_FOUND')
    return found.entry ?? undefined
  }
  return {
    ask: (actor, wanted) => ask(parts, actor, wanted),
    entryOf,
    open: async (actor, reference) => {
      const entry = await entryOf(actor, reference)
      if (entry === undefined) return { reference, accesses: [], hasMore: false }
      const asked = {
        filter: {},
        window: { bottom: 0 },
        personOf: entry,
        today: utcDay(clock.now()),
      }
      const rows = await inTransaction(reportingScope(actor), (trx) =>
        readPersons(trx, asked, LOOKUP_SHOWN + 1),
      )
      const shown = rows.slice(0, LOOKUP_SHOWN)
      return {
        ...{ reference, entry, hasMore: rows.length > shown.length },
        accesses: shown.map((row) => listed(row, parts.catalogue)),
      }
    },
    forget: () => inTransaction(RETENTION, deleteOldLookups),
    list: (actor) =>
      inTransaction(staffScope(actor), (trx) =>
        readLookups(trx, { staff: actor.staff, since: openSince(), limit: LISTED }),
      ),
  }
}

/** Nothing is read for whoever may not search; who was found stands nowhere but in the log of the look. */
async function ask(
  { inTransaction, clock, random, newReference }: LookupParts,
  actor: StaffActor,
  { subject, reason }: { readonly subject: string; readonly reason: LookupReason },
): Promise<string | undefined> {
  if (!(await inTransaction(staffScope(actor), readMayLookUp))) return undefined
  const today = utcDay(clock.now())
  const entry = await inTransaction(reportingScope(actor), (trx) =>
    readNewestOf(trx, subject, today),
  )
  const reference = newReference()
  const lookup = uuidOf(random.bytes(16))
  const row = { lookup, reference, reason, entry: entry ?? null, at: clock.now() }
  const isWritten = await inTransaction(staffScope(actor), (trx) => writeLookup(trx, row))
  return isWritten ? reference : undefined
}
