import type { Party } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { Breach, FurtherRule, ReportedAccess } from '../overview/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { readSpans, type BlockSpan } from './store/effects.js'

const INGEST: Scope = { login: 'ingest', role: 'ingest', readOnly: true }
/** The register whose data a transmission block keeps back (AZRG § 4 (1)). */
const REGISTER = 'azr'
/** Operations by which somebody else obtains data. */
const OBTAINING: readonly string[] = ['query', 'transmit']

/** As much of an access as a block is about. */
type Reach = Pick<ReportedAccess, 'operation' | 'recipient' | 'fields'>

/**
 * Marks what a private or foreign party got of the Central Register in spite of a transmission block that was
 * in force when it happened (AZRG § 4). One query for a whole delivery; most deliveries need none.
 */
export function createBlockRule({
  inTransaction,
}: {
  readonly inTransaction: InTransaction<Database>
}): FurtherRule {
  return async (accesses) => {
    const risky = accesses.filter(wouldBeBlocked)
    if (risky.length === 0) return new Map()
    const subjects = [...new Set(risky.map(({ subject }) => subject))]
    const spans = await inTransaction(INGEST, (trx) => readSpans(trx, subjects))
    return new Map(
      accesses.flatMap((access, position): [number, readonly Breach[]][] =>
        wouldBeBlocked(access) && isInSpite(access, spans) ? [[position, [breachOf(access)]]] : [],
      ),
    )
  }
}

/** Whether a block works against a party: private bodies, other states and their organisations, no German authority. */
export function isOutside({ level }: Pick<Party, 'level'>): boolean {
  return level === 'non-state' || level === 'foreign'
}

/** Whether an access is of the sort that a transmission block forbids, whoever it is about. */
export function wouldBeBlocked({ operation, recipient, fields }: Reach): boolean {
  return (
    OBTAINING.includes(operation) &&
    isOutside(recipient) &&
    fields.some(({ register }) => register === REGISTER)
  )
}

/** Whether a block of the person was in force at the instant of the access; its last instant is free again. */
export function isInSpite(
  { subject, occurredAt }: Pick<ReportedAccess, 'subject' | 'occurredAt'>,
  spans: readonly BlockSpan[],
): boolean {
  return spans.some(
    (span) =>
      span.subject === subject &&
      span.from <= occurredAt &&
      (span.to === undefined || occurredAt < span.to),
  )
}

function breachOf({ fields }: Reach): Breach {
  return {
    rule: 'block.in_spite',
    fields: fields.filter(({ register }) => register === REGISTER),
  }
}
