import { formatProof, type Ledger } from '../../ledger/index.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { daysBefore } from '../calendar.js'
import type { AccessEntry } from '../entry.js'
import { SPANS, type AccessCursor, type AccessFilter } from '../filter.js'
import {
  byMonth,
  distinct,
  newestFirst,
  type FlaggedEntry,
  type MonthOfAccesses,
} from '../rules.js'
import {
  countSince,
  readCommitted,
  readEntries,
  readOccurring,
  type CommittedEntry,
  type Counts,
  type EntryFilter,
  type Occurring,
} from '../store.js'
import { countHolders, numbersOf } from './offices.js'
import { shown, type Reading } from './reading.js'

/** Entries on one page of the list. */
const PAGE_SIZE = 20
/** Days that "lately" means on the home page. */
const LATELY_DAYS = 30
const LATEST = 3
/** Entries among which the latest are looked for: a batch is shuffled, so the last three may be others. */
const LAST = 20

/** The first screen: who holds data, what happened lately. */
export interface HomeFacts {
  /** Offices that hold data. */
  readonly holders: number
  /** Accesses of the last 30 days. */
  readonly recent: Counts
  readonly latest: readonly FlaggedEntry[]
}

/** One page of the log. */
export interface AccessList {
  readonly months: readonly MonthOfAccesses[]
  readonly newer?: AccessCursor
  readonly older?: AccessCursor
  /** What filters may offer. */
  readonly occurring: Occurring
}

/** One access, and how far its proof is. */
export interface AccessFacts {
  readonly entry: FlaggedEntry
  readonly proof: ProofState
}

/** Whether the public log covers the entry; `hidden` where the session may not download. */
export type ProofState =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'covered'; readonly at: Date }

/** What somebody needs to check one entry without us. */
export interface ProofFile {
  /** A C2SP `.tlog-proof` file with the opening as its extra data; absent before the next tick. */
  readonly proof?: string
  /** The opening alone: JSON with body, salt, class and subject. */
  readonly opening: string
}

/** Reads the first screen; counts are made by the database, so a long log costs no memory. */
export async function readHome(reading: Reading): Promise<HomeFacts> {
  const recent = await countSince(reading, daysBefore(reading.now, LATELY_DAYS))
  const last = await readEntries(reading, {}, { limit: LAST })
  const latest = await shown(reading, newestFirst(last).slice(0, LATEST))
  return { holders: await countHolders(reading), recent, latest }
}

/** Reads one page of the log. */
export async function readAccesses(
  reading: Reading,
  filter: AccessFilter,
  cursor: AccessCursor,
): Promise<AccessList> {
  const asked = storedFilter(reading, filter)
  const found = await readEntries(reading, asked, { ...cursor, limit: PAGE_SIZE + 1 })
  const page = cursor.after === undefined ? found.slice(0, PAGE_SIZE) : found.slice(-PAGE_SIZE)
  return {
    months: byMonth(await shown(reading, page)),
    ...neighbours(page, { cursor, isMore: found.length > PAGE_SIZE }),
    occurring: veiledOccurring(reading, await readOccurring(reading)),
  }
}

/** Entries that one transaction reads of a whole log. */
const STRETCH = 500

/** The whole log, newest first: each stretch in a transaction of its own, so that a slow reader holds none open. */
export async function* allEntries(
  look: (
    work: (reading: Reading) => Promise<readonly FlaggedEntry[]>,
  ) => Promise<readonly FlaggedEntry[]>,
): AsyncGenerator<FlaggedEntry> {
  let before: number | undefined
  for (;;) {
    const stretch = { ...(before === undefined ? {} : { before }), limit: STRETCH }
    const entries = await look(async (reading) => {
      if (reading.veil.sight === 'kinds') throw new DomainError('ASSURANCE')
      return shown(reading, await readEntries(reading, {}, stretch))
    })
    yield* entries
    before = entries.at(-1)?.index
    if (before === undefined || entries.length < STRETCH) return
  }
}

function neighbours(
  page: readonly AccessEntry[],
  { cursor, isMore }: { cursor: AccessCursor; isMore: boolean },
): Pick<AccessList, 'newer' | 'older'> {
  const top = page[0]
  const end = page.at(-1)
  if (top === undefined || end === undefined) return {}
  const hasNewer = cursor.after === undefined ? cursor.before !== undefined : isMore
  const hasOlder = cursor.after === undefined ? isMore : true
  return {
    ...(hasNewer ? { newer: { after: top.index } } : {}),
    ...(hasOlder ? { older: { before: end.index } } : {}),
  }
}

function storedFilter(reading: Reading, filter: AccessFilter): EntryFilter {
  const { office, purpose, field, operation, period, flagged } = filter
  return {
    ...(office === undefined ? {} : { parties: numbersOf(reading, office) }),
    ...(purpose === undefined ? {} : { purpose: purpose.id }),
    ...(field === undefined ? {} : { field: field.id }),
    ...(operation === undefined ? {} : { operation }),
    ...(flagged === undefined ? {} : { flagged }),
    ...periodOf(reading, period),
  }
}

function periodOf({ now }: Reading, period: AccessFilter['period']): EntryFilter {
  if (period === undefined) return {}
  return 'month' in period
    ? { month: period.month }
    : { since: daysBefore(now, SPANS[period.span]) }
}

function veiledOccurring({ veil }: Reading, occurring: Occurring): Occurring {
  const parties = distinct(occurring.parties.map((party) => veil.party(party)))
  return { ...occurring, parties, fields: veil.sight === 'kinds' ? [] : occurring.fields }
}

/** Reads one access; another's entry and none at all are refused alike. */
export async function readAccess(
  reading: Reading,
  ledger: Ledger,
  index: number,
): Promise<AccessFacts> {
  const { entry } = await committed(reading, index)
  const [flagged] = await shown(reading, [entry])
  if (flagged === undefined) throw new DomainError('NOT_FOUND')
  if (reading.veil.sight === 'kinds') return { entry: flagged, proof: { kind: 'hidden' } }
  const proof = await ledger.prove(reading.trx, index)
  if (proof === undefined) return { entry: flagged, proof: { kind: 'waiting' } }
  return { entry: flagged, proof: { kind: 'covered', at: proof.at } }
}

/** Makes the files with which anybody checks the entry; a letter alone downloads nothing. */
export async function readProof(
  reading: Reading,
  ledger: Ledger,
  index: number,
): Promise<ProofFile> {
  if (reading.veil.sight === 'kinds') throw new DomainError('ASSURANCE')
  const opening = openingOf(await committed(reading, index), ledger)
  const proof = await ledger.prove(reading.trx, index)
  if (proof === undefined) return { opening }
  const { path, checkpoint } = proof
  return {
    opening,
    proof: formatProof({ index, hashes: path, checkpoint, extra: Buffer.from(opening) }),
  }
}

async function committed(reading: Reading, index: number): Promise<CommittedEntry> {
  const entry = await readCommitted(reading, index)
  if (entry === undefined) throw new DomainError('NOT_FOUND')
  return entry
}

function openingOf({ entry, class: number, body, salt }: CommittedEntry, ledger: Ledger): string {
  const { origin, vkey } = ledger
  const { index, subject } = entry
  const opening = { version: 1, origin, vkey, index, class: number, subject, body }
  return `${JSON.stringify({ ...opening, salt: salt.toString('base64') }, null, 2)}\n`
}
