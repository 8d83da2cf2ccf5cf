import type { Database, Trx } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { EntryFilter } from './filter.js'
import { countEntries, readEntries, type Asked, type EntryRow } from './store/entries.js'
import { lookThrough } from './windows.js'

/** Up to where the log is public: its size and the time of its checkpoint. */
export interface LogState {
  readonly size: number
  readonly at: Date
}

/** What exploring is made of. */
export interface ExplorerParts {
  readonly inTransaction: InTransaction<Database>
  /** The latest public checkpoint, or nothing before the first. */
  readonly logState: () => Promise<LogState | undefined>
}

/** A page of what was found. */
export interface Found {
  readonly rows: readonly EntryRow[]
  /** Where to go on; absent at the beginning of the log. */
  readonly next?: number
  /** How many there are; absent on further pages. Estimates are rounded. */
  readonly count?: Count
}

/** A number that is exact, or says that it is an estimate. */
export interface Count {
  readonly value: number
  readonly isExact: boolean
}

/** A log of so many leaves is counted whole; of a longer one so many windows of so many leaves. */
export const COUNTING = { whole: 524_288, windows: 16, leaves: 8_192 } as const

/**
 * Finds a page of accesses, newest first, below a leaf index. The views are not read in the order of the log, so
 * the log is looked through window by window: a page costs what it holds, however long the log is.
 */
export async function findEntries(
  { inTransaction, logState }: ExplorerParts,
  actor: StaffActor,
  query: {
    readonly filter: EntryFilter
    readonly before?: number
    readonly size: number
    today: string
  },
): Promise<Found> {
  const { filter, before, size, today } = query
  const top = before ?? (await logState())?.size ?? 0
  return inTransaction(reportingScope(actor), async (trx) => {
    const found = await lookThrough({ top, isNewest: before === undefined }, size, (window, most) =>
      readEntries(trx, { filter, today, window }, most),
    )
    if (before !== undefined) return found
    return { ...found, count: await estimate(trx, { filter, today }, top) }
  })
}

/** Counts where the log is short, else some windows spread over it evenly. */
async function estimate(
  trx: Trx,
  asked: Pick<Asked, 'filter' | 'today'>,
  top: number,
): Promise<Count> {
  if (top <= COUNTING.whole) {
    const value = await countEntries(trx, { ...asked, window: { bottom: 0 } }, top + COUNTING.whole)
    return { value, isExact: true }
  }
  const { windows, leaves } = COUNTING
  let hits = 0
  for (let at = 0; at < windows; at++) {
    const bottom = Math.floor(((top - leaves) * at) / (windows - 1))
    hits += await countEntries(trx, { ...asked, window: { bottom, top: bottom + leaves } }, leaves)
  }
  return { value: rounded((hits * top) / (windows * leaves)), isExact: false }
}

/** Two figures: an estimate that names the last one claims too much. */
export function rounded(value: number): number {
  if (value < 100) return Math.round(value)
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}
