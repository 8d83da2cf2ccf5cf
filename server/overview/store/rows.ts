import type { Catalogue, Terms } from '../../catalogue/index.js'
import type { SubjectId } from '../../identity/actor.js'
import { channelOf, operationOf } from '../codes.js'
import type { AccessEntry } from '../entry.js'

/** The columns of an entry that lists and pages read; the residents' role may read no others but SEALS. */
export const SHOWN = [
  'leaf_index',
  'subject',
  'recorded_at',
  'occurred_at',
  'expires_on',
  'operation',
  'channel',
  'source',
  'recipient',
  'unit',
  'purpose',
  'legal_basis',
  'fields',
  'case_ref',
  'sealed_at',
] as const

/** A row of `overview.access_event`, cut to SHOWN. */
export interface ShownRow {
  readonly leaf_index: number
  readonly subject: string
  readonly recorded_at: Date
  readonly occurred_at: Date
  readonly expires_on: string
  readonly operation: number
  readonly channel: number
  readonly source: number
  readonly recipient: number
  readonly unit: number | null
  readonly purpose: number
  readonly legal_basis: number
  readonly fields: readonly number[]
  readonly case_ref: string | null
  readonly sealed_at: Date | null
}

/** A row as an entry; throws where it names a number that the catalogue never had. */
export function entryOf(row: ShownRow, catalogue: Catalogue): AccessEntry {
  return {
    index: row.leaf_index,
    subject: row.subject as SubjectId,
    recordedAt: row.recorded_at,
    occurredAt: row.occurred_at,
    expiresOn: row.expires_on,
    operation: operationOf(row.operation),
    channel: channelOf(row.channel),
    source: termOf(catalogue.parties, row.source),
    recipient: termOf(catalogue.parties, row.recipient),
    ...(row.unit === null ? {} : { unit: termOf(catalogue.units, row.unit) }),
    purpose: termOf(catalogue.purposes, row.purpose),
    legalBasis: termOf(catalogue.legalBases, row.legal_basis),
    fields: row.fields.map((id) => termOf(catalogue.fields, id)),
    ...(row.case_ref === null ? {} : { caseRef: row.case_ref }),
    ...(row.sealed_at === null ? {} : { heldSince: row.sealed_at }),
  }
}

/** The term of a number; a code is never reused, so an unknown number is a fault of the catalogue. */
export function termOf<Term>(terms: Terms<Term>, id: number): Term {
  const term = terms.byId(id)
  if (term === undefined) throw new Error(`the catalogue has no term of the number ${id}`)
  return term
}
