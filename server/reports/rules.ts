/** Where a report stands. */
export const REPORT_STATES = ['waiting', 'working', 'ready', 'cancelled', 'failed'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** Rows of one file: longer ones open slowly in readers. */
export const ROWS_OF_A_PART = 10_000
/** A report on which nobody has worked for so long (milliseconds) was dropped by a process that died. */
export const DROPPED_MS = 2 * 60_000
/** So often a report is begun before it is given up. */
export const MOST_TRIES = 3

/** Whether it can still be cancelled. */
export function isOpen(state: ReportState): boolean {
  return state === 'waiting' || state === 'working'
}

/** What a report is asked for and made from: the same request gives the same bytes while its entries live. */
export interface ReportRequest {
  readonly report: string
  readonly reference: string
  /** Catalogue number. */
  readonly office: number
  readonly staff: string
  /** `de`, or the language that stands beside German. */
  readonly language: string
  /** What was chosen, in words of addresses. */
  readonly filter: Readonly<Record<string, string>>
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
  const { occurredAt, operation, channel, source, recipient, unit = '', purpose, legalBasis } = row
  return JSON.stringify([
    ...[occurredAt.toISOString(), operation, channel, source, recipient, unit, purpose, legalBasis],
    ...[row.fields, row.isFlagged, row.shown],
  ])
}

/** The line by which the request enters the digest. */
export function headLineOf(request: ReportRequest, officeCode: string): string {
  const { reference, language, filter, log, catalogue, software } = request
  const chosen = Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([
    ...['mirat-report/1', reference, officeCode, language, chosen],
    ...[log.size, log.at.toISOString(), catalogue, software],
  ])
}

const BERLIN = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
const DAY_MS = 86_400_000

/** The Monday of the week of an instant in German time, `YYYY-MM-DD`. */
export function weekOf(instant: Date): string {
  const day = Date.parse(`${BERLIN.format(instant)}T00:00:00Z`)
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7
  return new Date(day - sinceMonday * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** The other side of an access, seen from an office; the office itself where it keeps something. */
export function otherOf({ source, recipient }: ReportRow, office: string): string {
  return source === office ? recipient : source
}
