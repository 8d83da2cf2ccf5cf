import type { Database } from '../../database.js'
import {
  residentScope,
  staffScope,
  type ResidentActor,
  type StaffActor,
} from '../../identity/index.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { uuidOf } from '../../platform/kernel/ids.js'
import type { Random } from '../../platform/kernel/random.js'
import type { AskingReason, Format } from '../rules.js'
import { readRelease, type ReleaseRow } from '../store/releases.js'
import {
  cancelReport,
  countOpen,
  insertReport,
  mayDoAlone,
  readChunk,
  readIssued,
  readParts,
  readReport,
  readReports,
  type Asking,
  type Issued,
  type PartRecord,
  type ReportRecord,
} from '../store.js'
import { utcDay } from '../../platform/kernel/days.js'

export type { ReportRecord } from '../store.js'

/** What the archive of reports is made of. */
export interface ArchiveParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  /** A reference of eight characters. */
  readonly newReference: () => string
  /** The latest public checkpoint, or nothing before the first. */
  readonly logState: () => Promise<{ readonly size: number; readonly at: Date } | undefined>
  /** Versions of the catalogue and of the software that write reports now. */
  readonly versions: { readonly catalogue: number; readonly software: string }
}

/** A report with its files. */
export interface ArchivedReport extends ReportRecord {
  readonly parts: readonly PartRecord[]
  /** Whether its files are gone because their first entry is. */
  readonly isErased: boolean
  /** What a second person decided, once one has. */
  readonly release?: ReleaseRow
}

/** What is known of a checksum that somebody has. */
export type Checked =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unchanged' | 'superseded' | 'erased'; readonly at: Date }

/** What an officer asks for, and why. */
export interface Wanted {
  readonly format: Format
  readonly language: string
  readonly filter: Readonly<Record<string, string>>
  /** Leaf index of an access of the office: a report on its person alone, without a filter. */
  readonly entry?: number
  readonly reason: AskingReason
  /** How many accesses the list held then. */
  readonly expected: Asking['expected']
}

/** Reports of data protection officers, from the asking to the file (GDPR Article 39 (1) (b)). */
export interface Archive {
  /**
   * Asks for a report, which a second person releases unless it is one of the first on one person; refuses a further
   * one while too many are open (RATE_LIMIT). Returns its reference.
   */
  ask(actor: StaffActor, wanted: Wanted): Promise<string>
  /** Whether a further report on one person needs nobody else. */
  mayDoAlone(actor: StaffActor): Promise<boolean>
  list(actor: StaffActor): Promise<readonly ReportRecord[]>
  /** Refuses what is another office's as what does not exist (NOT_FOUND). */
  read(actor: StaffActor, reference: string): Promise<ArchivedReport>
  /** Cancels one that is not ended (CONFLICT where it is, or while it waits for the release of somebody else's). */
  cancel(actor: StaffActor, reference: string): Promise<void>
  /** The bytes of a file, piece by piece. */
  file(actor: StaffActor, reference: string, part: number): Promise<AsyncIterable<Buffer>>
  /** Asked by anybody: only whoever has the checksum learns anything, of a report on one person that person alone. */
  check(
    asked: { readonly checksum: string; readonly reference: string },
    reader?: ResidentActor,
  ): Promise<Checked>
}

const LISTED = 50
/** So many reports of one office are open at once: nobody reads a longer list of what waits for release. */
const MOST_OPEN = 20
const PUBLIC: Scope = { login: 'web', role: 'web_public', readOnly: true }

/** Makes the archive. */
export function createArchive(parts: ArchiveParts): Archive {
  const { inTransaction, clock } = parts
  const read = (actor: StaffActor, reference: string) => readArchived(parts, actor, reference)
  return {
    ask: (actor, wanted) => ask(parts, actor, wanted),
    mayDoAlone: (actor) => inTransaction(staffScope(actor), mayDoAlone),
    list: (actor) => inTransaction(staffScope(actor), (trx) => readReports(trx, LISTED)),
    read,
    cancel: async (actor, reference) => {
      await read(actor, reference)
      const isCancelled = await inTransaction(staffScope(actor), (trx) =>
        cancelReport(trx, reference, clock.now()),
      )
      if (!isCancelled) throw new DomainError('CONFLICT')
    },
    file: async (actor, reference, part) => {
      const { report, parts: files, state, isErased } = await read(actor, reference)
      const isThere = state === 'ready' && !isErased && files.some((one) => one.part === part)
      if (!isThere) throw new DomainError('NOT_FOUND')
      return piecesOf(parts, actor, { report, part })
    },
    check: async (asked, reader) => {
      const issued =
        (await inTransaction(PUBLIC, (trx) => readIssued(trx, asked, 'office'))) ??
        (reader &&
          (await inTransaction(residentScope(reader), (trx) => readIssued(trx, asked, 'me'))))
      return issued === undefined ? { kind: 'unknown' } : verdictOf(issued, today(clock))
    },
  }
}

async function ask(
  { inTransaction, clock, random, newReference, logState, versions }: ArchiveParts,
  actor: StaffActor,
  { reason, expected, ...wanted }: Wanted,
): Promise<string> {
  const log = await logState()
  const { office, staff } = actor
  if (log === undefined || office === undefined) throw new DomainError('UNAVAILABLE')
  const reference = newReference()
  const request = {
    report: uuidOf(random.bytes(16)),
    reference,
    office,
    staff,
    log,
    ...versions,
    ...wanted,
  }
  await inTransaction(staffScope(actor), async (trx) => {
    if ((await countOpen(trx)) >= MOST_OPEN) throw new DomainError('RATE_LIMIT')
    await insertReport(trx, request, { reason, expected, now: clock.now() })
  })
  return reference
}

async function readArchived(
  { inTransaction, clock }: ArchiveParts,
  actor: StaffActor,
  reference: string,
): Promise<ArchivedReport> {
  return inTransaction(staffScope(actor), async (trx) => {
    const record = await readReport(trx, reference)
    if (record === undefined) throw new DomainError('NOT_FOUND')
    const { state, expiresOn } = record
    const isErased = state === 'ready' && (expiresOn ?? '') <= today(clock)
    const release = await readRelease(trx, record.report)
    return {
      ...{ ...record, isErased, parts: await readParts(trx, record.report) },
      ...(release === undefined ? {} : { release }),
    }
  })
}

/** Each piece in a transaction of its own: a slow reader holds no connection. */
async function* piecesOf(
  { inTransaction }: ArchiveParts,
  actor: StaffActor,
  place: { readonly report: string; readonly part: number },
): AsyncGenerator<Buffer> {
  for (let chunk = 1; ; chunk++) {
    const bytes = await inTransaction(staffScope(actor), (trx) =>
      readChunk(trx, { ...place, chunk }),
    )
    if (bytes === undefined) return
    yield bytes
  }
}

function verdictOf({ logAt, isNewerThere, expiresOn }: Issued, day: string): Checked {
  if (expiresOn !== null && expiresOn <= day) return { kind: 'erased', at: logAt }
  return { kind: isNewerThere ? 'superseded' : 'unchanged', at: logAt }
}

const today = (clock: Clock) => utcDay(clock.now())
