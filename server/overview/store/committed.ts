import type { Catalogue } from '../../catalogue/index.js'
import { bodyOf, type ReleasedFrom } from '../body.js'
import { channelOf, operationOf } from '../codes.js'
import { termOf } from './rows.js'

/** The columns that a committed body is made of. */
export interface CommittedRow {
  readonly expires_on: string
  readonly recorded_at: Date
  readonly occurred_at: Date
  readonly operation: number
  readonly channel: number
  readonly source: number
  readonly recipient: number
  readonly unit: number | null
  readonly purpose: number
  readonly legal_basis: number
  readonly fields: readonly number[]
  readonly case_ref: string | null
  readonly consent_id: string | null
  readonly seq_digest: Buffer | null
  readonly operator_digest: Buffer | null
  readonly sealed_index?: number | null
  readonly sealed_at?: Date | null
  readonly sealed_salt?: Buffer | null
}

/** The columns by which a visible entry opens the sealed one that it was. */
export const OPENED_COLUMNS = ['sealed_index', 'sealed_at', 'sealed_salt'] as const

/** The body of a row exactly as it was committed. */
export function bodyOfRow(row: CommittedRow, catalogue: Catalogue): string {
  return bodyOf({
    recordedAt: row.recorded_at.toISOString(),
    expiresOn: row.expires_on,
    occurredAt: row.occurred_at.toISOString(),
    operation: operationOf(row.operation),
    channel: channelOf(row.channel),
    source: termOf(catalogue.parties, row.source).code,
    recipient: termOf(catalogue.parties, row.recipient).code,
    unit: row.unit === null ? undefined : termOf(catalogue.units, row.unit).code,
    purpose: termOf(catalogue.purposes, row.purpose).code,
    legalBasis: termOf(catalogue.legalBases, row.legal_basis).code,
    fields: row.fields.map((id) => termOf(catalogue.fields, id).code),
    caseRef: row.case_ref ?? undefined,
    consentId: row.consent_id ?? undefined,
    seqDigest: row.seq_digest ?? undefined,
    operatorDigest: row.operator_digest ?? undefined,
    released: releasedFrom(row),
  })
}

function releasedFrom({
  sealed_index: index,
  sealed_at: at,
  sealed_salt: salt,
}: CommittedRow): ReleasedFrom | undefined {
  if (typeof index !== 'number' || !at || !salt) return undefined
  return { index, recordedAt: at.toISOString(), salt }
}
