import type { Database, Trx } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { EntryFilter } from './filter.js'
import {
  countEntries,
  readEntries,
  type Asked,
  type EntryRow,
  type Window,
} from './store/entries.js'

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

/** Leaves of the log looked through at once: twice as many each time, as far as one request may go. */
export const REACH = { first: 8_192, most: 1_048_576 } as const
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
    const found = await lookThrough(
      trx,
      { filter, today, top, isNewest: before === undefined },
      size,
    )
    if (before !== undefined) return found
    return { ...found, count: await estimate(trx, { filter, today }, top) }
  })
}

interface Search extends Pick<Asked, 'filter' | 'today'> {
  readonly top: number
  /** Whether what is newer than `top` counts, too. */
  readonly isNewest: boolean
}

async function lookThrough(trx: Trx, search: Search, size: number): Promise<Found> {
  const rows: EntryRow[] = []
  let { top } = search
  let isOpen = search.isNewest
  for (let width: number = REACH.first; ; width *= 2) {
    const bottom = Math.max(0, top - width)
    const window: Window = isOpen ? { bottom } : { bottom, top }
    rows.push(...(await readEntries(trx, { ...search, window }, size + 1 - rows.length)))
    if (rows.length > size) return { rows: rows.slice(0, size), next: rows[size - 1]?.index ?? 0 }
    if (bottom === 0) return { rows }
    top = bottom
    isOpen = false
    if (search.top - bottom >= REACH.most) return { rows, next: bottom }
  }
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
