import { daysAfter, germanDay } from '../platform/kernel/days.js'

/** Where a report stands: it is made once a second person has released it. */
export const REPORT_STATES = [
  ...(['unreleased', 'waiting', 'working', 'ready'] as const),
  ...(['cancelled', 'failed', 'refused', 'lapsed'] as const),
] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** What a report is written as: a document, a table in one language, codes for programs. */
export const FORMATS = ['pdf', 'csv', 'json'] as const
export type Format = (typeof FORMATS)[number]

/** Why a report is asked for; no free text, so that no name stands in it. */
export const ASKING_REASONS = ['complaint', 'routine', 'authority', 'audit'] as const
export type AskingReason = (typeof ASKING_REASONS)[number]

/** What a second person decides on a report. */
export const DECISIONS = ['released', 'refused'] as const
export type Decision = (typeof DECISIONS)[number]
/** So many reports on one person need nobody else, for each officer: more are an export of many in pieces. */
export const ALONE = { inADay: 5, inAMonth: 20 } as const
/** What nobody has released for so many days lapses. */
export const RELEASE_DAYS = 14

/** Rows of one file: longer documents open slowly, and what is to be checked by its file must not be too large. */
export const ROWS_OF_A_PART: Readonly<Record<Format, number>> = {
  pdf: 1_500,
  csv: 20_000,
  json: 20_000,
}
/** A report of so many rows is small: it is made while a large one waits at its next step. */
export const SMALL_ROWS = 1_500
/** A report on which nobody has worked for so long (milliseconds) was dropped by a process that died. */
export const DROPPED_MS = 2 * 60_000
/** So often a report is begun before it is given up. */
export const MOST_TRIES = 3

/** States of a report that is not ended: it waits for somebody, or is being made. */
export const OPEN_STATES = ['unreleased', 'waiting', 'working'] as const

/** Whether it can still be cancelled. */
export function isOpen(state: ReportState): boolean {
  return OPEN_STATES.some((open) => open === state)
}

/** The instant before which what was asked for has lapsed. */
export function lapsedBefore(now: Date): Date {
  return new Date(now.getTime() - RELEASE_DAYS * 86_400_000)
}

/** What a report is asked for and made from: the same request gives the same bytes while its entries live. */
export interface ReportRequest {
  readonly report: string
  readonly reference: string
  /** Catalogue number. */
  readonly office: number
  readonly staff: string
  readonly format: Format
  /** `de`, or the language that stands beside German; of a table the only one. */
  readonly language: string
  /** What was chosen, in words of addresses. */
  readonly filter: Readonly<Record<string, string>>
  /** Leaf index of an access: the report is on its person alone. */
  readonly entry?: number
  readonly log: { readonly size: number; readonly at: Date }
  /** Version of the catalogue and of the software. */
  readonly catalogue: number
  readonly software: string
}

/** A row as its report needs it: codes of the catalogue, and the day on which the entry is gone. */
export interface ReportRow {
  readonly index: number
  readonly expiresOn: string
  readonly occurredAt: Date
  readonly recordedAt: Date
  readonly operation: string
  readonly channel: string
  readonly source: string
  readonly recipient: string
  readonly unit?: string
  readonly purpose: string
  readonly legalBasis: string
  readonly citation: string
  readonly fields: readonly string[]
  readonly isFlagged: boolean
  readonly shown: 'yes' | 'pending' | 'withheld'
}

/** What is counted, each by code. */
export const COUNTED = ['operation', 'purpose', 'other', 'week', 'shown', 'flagged'] as const
/** One of them. */
export type Counted = (typeof COUNTED)[number]
/** How often each code occurs, by what is counted. */
export type Counts = Readonly<Record<Counted, ReadonlyMap<string, number>>>

/** Everything that the first reading finds out. */
export interface Survey {
  readonly rows: number
  readonly counts: Counts
  /** SHA-256 of the content, hexadecimal. */
  readonly digest: string
  /** The expiry of the first entry to go; absent where there is none. */
  readonly expiresOn?: string
}

/** The line by which a row enters the digest: what the file shows, in codes, so that no wording changes it. */
export function lineOf(row: ReportRow): string {
  const { occurredAt, recordedAt, operation, channel, source, recipient, unit = '' } = row
  return JSON.stringify([
    ...[occurredAt.toISOString(), recordedAt.toISOString(), operation, channel, source, recipient],
    ...[unit, row.purpose, row.legalBasis, row.fields, row.isFlagged, row.shown],
  ])
}

/** The line by which the request enters the digest. */
export function headLineOf(request: ReportRequest, officeCode: string): string {
  const { reference, format, language, filter, entry, log, catalogue, software } = request
  const chosen = Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([
    ...['mirat-report/2', reference, officeCode, format, language, chosen],
    ...[log.size, log.at.toISOString(), catalogue, software, entry ?? null],
  ])
}

/** The Monday of the week of an instant in German time, `YYYY-MM-DD`. */
export function weekOf(instant: Date): string {
  const day = germanDay(instant)
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7
  return daysAfter(day, -sinceMonday)
}

/** The other side of an access, seen from an office; the office itself where it keeps something. */
export function otherOf({ source, recipient }: ReportRow, office: string): string {
  return source === office ? recipient : source
}
