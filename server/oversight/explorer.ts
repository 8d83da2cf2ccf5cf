import type { Database, Trx } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { EntryFilter } from './filter.js'
import {
  amountOf,
  firstOf,
  leavesOf,
  rangesBelow,
  REACH,
  spreadOver,
  STRETCH,
  type Range,
} from './ranges.js'
import {
  countEntriesIn,
  readEntriesIn,
  type AskedInRanges,
  type EntryRow,
} from './store/entries.js'
import { readCount } from './store/figures.js'
import { readDescribed, readStretches } from './store/stretches.js'

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

/**
 * Finds a page of accesses, newest first, below a leaf index. What each stretch of the log holds of the office is
 * known, so only stretches are looked through that can hold what is asked for.
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
  const { before, size, ...asked } = query
  const newest = (await logState())?.size ?? 0
  // What is not published yet stands on a page, too; nothing is far behind the checkpoint, whatever an address says.
  const top = before === undefined ? newest : Math.min(before, newest + REACH.leaves)
  return inTransaction(reportingScope(actor), async (trx) => {
    const described = await readDescribed(trx)
    const stretches = await readStretches(trx, asked.filter, Math.min(top, described))
    const from = { top, isNewest: before === undefined }
    const ranges = rangesBelow(from, described, stretches)
    const found = await lookInto(trx, { ...asked, size }, ranges)
    return from.isNewest ? { ...found, count: await countIn(trx, asked, { ranges, top }) } : found
  })
}

/** Looks further with each step, as far as what was found so far says that the rest of the page is. */
async function lookInto(
  trx: Trx,
  { size, ...asked }: AskedInRanges & { readonly size: number },
  ranges: readonly Range[],
): Promise<Found> {
  const rows: EntryRow[] = []
  let passed: readonly Range[] = []
  for (;;) {
    const rest = ranges.slice(passed.length)
    const left = REACH.leaves - leavesOf(passed)
    if (rest.length === 0) return { rows }
    if (left <= 0) return { rows, next: passed.at(-1)?.bottom ?? 0 }
    const missing = size + 1 - rows.length
    const each = passed.length === 0 ? FIRST : (amountOf(passed) / rows.length) * SPARE
    const part = firstOf(rest, missing * each, left)
    rows.push(...(await readEntriesIn(trx, { ...asked, ranges: part }, missing)))
    if (rows.length > size) return { rows: rows.slice(0, size), next: rows[size - 1]?.index ?? 0 }
    passed = [...passed, ...part]
  }
}

/** One in so many accesses is looked for at first; later as many as were passed for each, and some to spare. */
const FIRST = 4
const SPARE = 2

/** Exact where few stretches can hold any; else what is counted already, or an estimate from some of them. */
async function countIn(
  trx: Trx,
  asked: AskedInRanges,
  { ranges, top }: { readonly ranges: readonly Range[]; readonly top: number },
): Promise<Count> {
  const told = ranges.filter(({ amount }) => amount > 0)
  if (told.length <= REACH.counted) {
    return { value: await countEntriesIn(trx, { ...asked, ranges }), isExact: true }
  }
  const known = await readCount(trx, asked)
  if (known !== undefined && top - known.size <= REACH.counted * STRETCH) {
    // The counting job may have gone on since the log was asked how large it is: what it counted counts once.
    const newest = { top: Math.max(top, known.size), isNewest: true }
    const ranges = rangesBelow(newest, known.size, [])
    const since = await countEntriesIn(trx, { ...asked, ranges })
    return { value: known.value + since, isExact: false }
  }
  const some = spreadOver(told, REACH.counted)
  const hits = await countEntriesIn(trx, { ...asked, ranges: some })
  return { value: rounded((hits * amountOf(told)) / amountOf(some)), isExact: false }
}

/** Two figures: an estimate that names the last one claims too much. */
export function rounded(value: number): number {
  if (value < 100) return Math.round(value)
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}
