import { createHash } from 'node:crypto'
import type { Database } from '../../database.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import {
  lineOf,
  ROWS_OF_A_PART,
  type ReportRequest,
  type ReportRow,
  type Survey,
} from '../rules.js'
import { forgetFiles } from '../store.js'
import {
  endReport,
  insertChunk,
  insertPart,
  noteProgress,
  takeReport,
  type Progress,
  type TakenReport,
} from '../store/making.js'
import { lapseReports } from '../store/releases.js'
import { forgetPapers } from '../store/papers.js'
import { beginDigest, beginSurvey } from './survey.js'

/** Where the rows of a report come from: newest first, in stretches, as the log stood at the checkpoint. */
export interface AccessSource {
  /** Each stretch only when the looks at its persons are written; those from `lookedBelow` on were before. */
  recorded(request: ReportRequest, lookedBelow?: number): AsyncIterable<readonly ReportRow[]>
  again(request: ReportRequest): AsyncIterable<readonly ReportRow[]>
  /** Whether whoever asked may still see what would be in it. */
  mayStillSee(request: ReportRequest): Promise<boolean>
  /** Code of an office. */
  officeCode(office: number): string
}

/** One file of a report, and the rows in it. */
export interface PartToWrite {
  readonly part: number
  readonly parts: number
  readonly firstRow: number
  readonly rows: AsyncIterable<ReportRow>
}

/** A file on its way; `pages` is complete when `bytes` has ended, and 0 where it has none. */
export interface Drawn {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly pages: number
}

/** What making is made of. */
export interface MakingParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly source: AccessSource
  /** Draws one file in the format that was asked for. */
  readonly draw: (request: ReportRequest, survey: Survey, part: PartToWrite) => Drawn
  /** Rows of one file; ROWS_OF_A_PART where nothing else is said. */
  readonly rowsOfAPart?: number
}

/** Makes reports that were asked for, one after the other, small ones between the steps of a large one. */
export interface Making {
  /** Returns how many were made. */
  work(): Promise<number>
  /** Deletes files whose first entry is gone, and what is noted of old papers; returns how many went. */
  forget(): Promise<number>
  /** Ends what nobody has released in time; returns how many. */
  lapse(): Promise<number>
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
const CHUNK = 256 * 1024

/** It was cancelled, or somebody else has taken it over: what was written so far goes with it. */
class Stopped extends Error {}

/** One turn of work: a fault of a small report is kept until the large one that it overtook is made. */
interface Turn extends MakingParts {
  readonly failed: unknown[]
  readonly overtakers: TakenReport[]
}

/** Makes the making. */
export function createMaking(parts: MakingParts): Making {
  const { inTransaction, clock } = parts
  return {
    work: async () => {
      const turn: Turn = { ...parts, failed: [], overtakers: [] }
      for (let made = 0; ; made++) {
        const taken = await inTransaction(WORKER, (trx) => takeReport(trx, { now: clock.now() }))
        if (taken === undefined) return made + turn.overtakers.length
        await make(turn, taken)
        if (turn.failed.length > 0) throw new AggregateError(turn.failed, 'some reports failed')
      }
    },
    forget: () =>
      inTransaction(RETENTION, async (trx) => (await forgetFiles(trx)) + (await forgetPapers(trx))),
    lapse: () => inTransaction(WORKER, (trx) => lapseReports(trx, clock.now())),
  }
}

/** A fault leaves the report as it is: it is taken again when nobody has worked on it for a while. */
async function make(turn: Turn, taken: TakenReport): Promise<void> {
  try {
    if (!(await turn.source.mayStillSee(taken))) return await giveUp(turn, taken)
    const survey = await surveyed(turn, taken)
    const digest = await written(turn, taken, survey)
    await end(turn, taken, { ...survey, isSame: digest === survey.digest })
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
}

/**
 * Small reports are made before a large one goes on: somebody waits for them on the phone. One at a time and never one
 * within another, so memory holds two files at most. The large one stays in hand: each of them is far shorter than the time
 * after which it would count as dropped.
 */
async function letSmallOnesPass(turn: Turn, taken: TakenReport): Promise<void> {
  if (taken.isSmall) return
  const { inTransaction, clock, failed, overtakers } = turn
  const next = await inTransaction(WORKER, (trx) =>
    takeReport(trx, { now: clock.now(), small: true }),
  )
  if (next === undefined) return
  await make(turn, next).then(
    () => overtakers.push(next),
    (error: unknown) => failed.push(error),
  )
  await note(turn, taken, {})
}

/** Whoever is no longer the officer would get a report without what only officers see: it is none. */
async function giveUp({ inTransaction, clock }: MakingParts, taken: TakenReport): Promise<void> {
  const end = { state: 'failed', ended_at: clock.now() } as const
  await inTransaction(WORKER, (trx) => endReport(trx, taken, end))
}

/** Between the two readings nothing may have gone: a file whose digest is another one is none. */
async function end(
  { inTransaction, clock }: MakingParts,
  taken: TakenReport,
  { digest, expiresOn, isSame }: Survey & { readonly isSame: boolean },
): Promise<void> {
  const ended_at = clock.now()
  await inTransaction(WORKER, (trx) =>
    endReport(
      trx,
      taken,
      isSame
        ? { ...{ state: 'ready', digest, ended_at }, expires_on: expiresOn ?? FOREVER }
        : { state: 'failed', ended_at },
    ),
  )
}

/** Nothing expires in a report without entries. */
const FOREVER = '9999-12-31'

async function surveyed(parts: Turn, taken: TakenReport): Promise<Survey> {
  const survey = beginSurvey(taken, parts.source.officeCode(taken.office))
  let found = 0
  for await (const rows of parts.source.recorded(taken, taken.lookedBelow)) {
    survey.add(rows)
    found += rows.length
    const index = rows.at(-1)?.index ?? 0
    await note(parts, taken, {
      ...{ found, looked_below: Math.min(index, taken.lookedBelow ?? index) },
    })
  }
  return survey.end()
}

async function note(turn: Turn, taken: TakenReport, progress: Progress): Promise<void> {
  const now = turn.clock.now()
  const goesOn = await turn.inTransaction(WORKER, (trx) =>
    noteProgress(trx, taken, { ...progress, now }),
  )
  if (!goesOn) throw new Stopped()
  await letSmallOnesPass(turn, taken)
}

/** Writes every file; returns the digest of the rows that went into them. */
async function written(parts: Turn, taken: TakenReport, survey: Survey): Promise<string> {
  const { source, rowsOfAPart = ROWS_OF_A_PART[taken.format] } = parts
  const digest = beginDigest(taken, source.officeCode(taken.office))
  const reader = singly(source.again(taken))
  const count = Math.max(1, Math.ceil(survey.rows / rowsOfAPart))
  for (let part = 1; part <= count; part++) {
    const firstRow = (part - 1) * rowsOfAPart + 1
    const rows = some(reader, rowsOfAPart, (row) => digest.update(`${lineOf(row)}\n`))
    const left = Math.min(rowsOfAPart, survey.rows - firstRow + 1)
    await writePart(parts, taken, { survey, part, parts: count, firstRow, rows, length: left })
  }
  return digest.digest('hex')
}

async function* singly<Item>(
  stretches: AsyncIterable<readonly Item[]>,
): AsyncGenerator<Item, undefined> {
  for await (const stretch of stretches) yield* stretch
  return undefined
}

/** The next so many items; the reader stays open for whoever goes on. */
async function* some<Item>(
  reader: AsyncGenerator<Item, undefined>,
  most: number,
  seen: (item: Item) => void,
): AsyncGenerator<Item> {
  for (let count = 0; count < most; count++) {
    const next = await reader.next()
    if (next.done) return
    seen(next.value)
    yield next.value
  }
}

async function writePart(
  parts: Turn,
  taken: TakenReport,
  to: PartToWrite & { readonly survey: Survey; readonly length: number },
): Promise<void> {
  const { inTransaction } = parts
  const { part, firstRow, survey, length } = to
  const drawn = parts.draw(taken, survey, to)
  const sum = createHash('sha256')
  let bytes = 0
  let chunk = 0
  for await (const piece of pieces(drawn.bytes)) {
    sum.update(piece)
    bytes += piece.length
    chunk += 1
    const row = { part, chunk, bytes: piece, expires_on: survey.expiresOn ?? FOREVER }
    await inTransaction(WORKER, (trx) => insertChunk(trx, taken.report, row))
    await note(parts, taken, {})
  }
  const record = {
    part,
    firstRow,
    rows: length,
    pages: drawn.pages,
    bytes,
    sha256: sum.digest('hex'),
  }
  await inTransaction(WORKER, (trx) => insertPart(trx, taken.report, record))
  await note(parts, taken, { written: firstRow - 1 + length })
}

/** The bytes in pieces of one size but for the last. */
async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const some of bytes) {
    held.push(some)
    size += some.length
    if (size < CHUNK) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
