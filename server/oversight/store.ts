import type { Trx } from '../database.js'

/** An access of the own office, as numbers of the catalogue; nothing in it names or tracks a person. */
export interface OfficeAccessRow {
  readonly index: number
  readonly occurredAt: Date
  readonly operation: number
  readonly source: number
  readonly recipient: number
  readonly purpose: number
  readonly isFlagged: boolean
}

/** One access with what tells whose data it is: opening it is a look. */
export interface OpenedAccessRow extends OfficeAccessRow {
  readonly subject: string
  readonly recordedAt: Date
  readonly channel: number
  readonly unit?: number
  readonly legalBasis: number
  readonly fields: readonly number[]
  readonly caseRef?: string
}

const LISTED = [
  'leaf_index as index',
  'occurred_at as occurredAt',
  'operation',
  'source',
  'recipient',
  'purpose',
  'flagged as isFlagged',
] as const

/** Accesses of the office in the scope's setting, newest first, below a leaf index. */
export async function readOfficeAccesses(
  trx: Trx,
  {
    before,
    limit,
    today,
    flagged,
  }: { before?: number; limit: number; today: string; flagged: boolean },
): Promise<OfficeAccessRow[]> {
  return trx
    .selectFrom('reporting.access')
    .select(LISTED)
    .where('expires_on', '>', today)
    .$if(before !== undefined, (query) => query.where('leaf_index', '<', before ?? 0))
    .$if(flagged, (query) => query.where('flagged', '=', true))
    .orderBy('leaf_index', 'desc')
    .limit(limit)
    .execute()
}

/** One access of the office, or nothing: what is another's and what does not exist look alike. */
export async function readOfficeAccess(
  trx: Trx,
  index: number,
  today: string,
): Promise<OpenedAccessRow | undefined> {
  const row = await trx
    .selectFrom('reporting.access')
    .select(LISTED)
    .select(['subject', 'recorded_at', 'channel', 'unit', 'legal_basis', 'fields', 'case_ref'])
    .where('leaf_index', '=', index)
    .where('expires_on', '>', today)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { recorded_at: recordedAt, legal_basis: legalBasis, case_ref, unit, ...rest } = row
  return {
    ...rest,
    recordedAt,
    legalBasis,
    ...(unit === null ? {} : { unit }),
    ...(case_ref === null ? {} : { caseRef: case_ref }),
  }
}
