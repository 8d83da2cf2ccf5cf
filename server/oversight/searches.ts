import type { Catalogue } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { daysAfter, germanDay, utcDay } from '../platform/kernel/days.js'
import { DomainError } from '../platform/kernel/errors.js'
import { isUuid, uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import { choicesOf, type Chosen } from './filter.js'
import {
  keptOf,
  searchOn,
  SEARCH_KEPT_DAYS,
  type LatestDays,
  type SavedSearch,
  type SearchName,
  type SearchRow,
} from './searching.js'
import { officeOf } from './service.js'
import {
  deleteOldSearches,
  deleteSearch,
  insertSearch,
  readSearches,
  renameSearch,
} from './store/searches.js'

/** What an officer keeps of what was chosen. */
export interface SearchToSave {
  readonly name: SearchName
  /** The latest days instead of the days that were chosen. */
  readonly days: LatestDays | null
  readonly chosen: Chosen
}

/** Searches of one officer at one office; nobody else reads them, and no person is in one. */
export interface Searches {
  list(actor: StaffActor): Promise<readonly SavedSearch[]>
  /** Refuses what is somebody else's as what does not exist (NOT_FOUND). */
  one(actor: StaffActor, search: string): Promise<SavedSearch>
  /** False where there are twelve already. */
  save(actor: StaffActor, search: SearchToSave): Promise<boolean>
  /** Names it anew, which keeps it for another year. */
  rename(actor: StaffActor, search: string, name: SearchName): Promise<void>
  drop(actor: StaffActor, search: string): Promise<void>
  /** Deletes what nobody has saved or named for a year; how many. */
  forget(): Promise<number>
}

/** What searches are made of. */
interface SearchParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes saved searches. */
export function createSearches({ inTransaction, catalogue, clock, random }: SearchParts): Searches {
  const today = () => utcDay(clock.now())
  const expiresOn = () => daysAfter(today(), SEARCH_KEPT_DAYS)
  const opened = (actor: StaffActor, rows: readonly SearchRow[]) => {
    const choices = choicesOf(catalogue, officeOf(actor, catalogue))
    return rows.map((row) => searchOn(row, choices, germanDay(clock.now())))
  }
  const own = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    inTransaction(staffScope(actor), work)
  return {
    list: async (actor) => opened(actor, await own(actor, (trx) => readSearches(trx, today()))),
    one: async (actor, search) => {
      const rows = await own(actor, (trx) => readSearches(trx, today()))
      const [one] = opened(
        actor,
        rows.filter((row) => row.search === search),
      )
      if (one === undefined) throw new DomainError('NOT_FOUND')
      return one
    },
    save: (actor, { name, days, chosen }) => {
      const search = uuidOf(random.bytes(16))
      const filter = keptOf(chosen, days)
      const who = { staff: actor.staff, office: officeOf(actor, catalogue).id }
      const row = { search, ...who, name, days, filter, expiresOn: expiresOn() }
      return own(actor, (trx) => insertSearch(trx, row))
    },
    rename: async (actor, search, name) => {
      const renamed = { search: idOf(search), name, expiresOn: expiresOn() }
      if (!(await own(actor, (trx) => renameSearch(trx, renamed))))
        throw new DomainError('NOT_FOUND')
    },
    drop: (actor, search) => own(actor, (trx) => deleteSearch(trx, idOf(search))),
    forget: () => inTransaction(RETENTION, (trx) => deleteOldSearches(trx, today())),
  }
}

/** What is no id is nobody's search. */
function idOf(search: string): string {
  if (!isUuid(search)) throw new DomainError('NOT_FOUND')
  return search
}
