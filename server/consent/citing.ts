import type { Party } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { Breach, FurtherRule, LookAgain, ReportedAccess } from '../overview/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { flagCited, readCited, type Cited } from './store/citing.js'

const INGEST: Scope = { login: 'ingest', role: 'ingest', readOnly: true }

/**
 * Judges accesses by the consents that they cite (GDPR Articles 6 (1) (a), 7): one that did not hold at that
 * instant, of another person, for another purpose or between others, and fields that it does not name. They are
 * recorded all the same: that is what the person must learn.
 */
export function createConsentRule({
  inTransaction,
}: {
  readonly inTransaction: InTransaction<Database>
}): FurtherRule {
  return async (accesses) => {
    const ids = new Set(accesses.flatMap(({ consentId }) => consentId ?? []))
    if (ids.size === 0) return new Map()
    const cited = await inTransaction(INGEST, (trx) => readCited(trx, [...ids]))
    return new Map(
      accesses.flatMap((access, position): [number, readonly Breach[]][] => {
        if (access.consentId === undefined) return []
        const breaches = breachesOf(access, cited.get(access.consentId))
        return breaches.length === 0 ? [] : [[position, breaches]]
      }),
    )
  }
}

/**
 * Flags accesses whose consent ended after it was judged and before they were written (GDPR Article 7 (3)). The one
 * append lock orders both: an end that appended first is seen here, a later one finds these accesses (`endEarly`).
 */
export const flagsAfterJudging: LookAgain = (trx, cited) => flagCited(trx, cited)

/** What an access breaks that cites a consent; a consent that was never given covers nothing. */
export function breachesOf(access: ReportedAccess, consent: Cited | undefined): readonly Breach[] {
  if (consent === undefined || !covers(consent, access)) {
    return [{ rule: 'consent.not_valid', fields: [] }]
  }
  const beyond = access.fields.filter(({ code }) => !consent.content.fields.includes(code))
  return beyond.length === 0 ? [] : [{ rule: 'consent.fields_beyond', fields: beyond }]
}

function covers(consent: Cited, access: ReportedAccess): boolean {
  const { content, office, subjects } = consent
  const at = access.occurredAt.getTime()
  const ends = [consent.validUntil, ...(consent.endedAt ? [consent.endedAt] : [])]
  const isInTime = consent.givenAt.getTime() <= at && ends.every((end) => at < end.getTime())
  const isAllowed = ({ id, code, authority }: Party) =>
    id === office || content.recipients.includes(code) || content.recipients.includes(authority)
  return (
    isInTime &&
    subjects.includes(access.subject) &&
    access.purpose.code === content.purpose &&
    isAllowed(access.recipient) &&
    // A controller that fetches what the person allowed may ask the register that has it: flows judge which.
    (access.recipient.id === office || isAllowed(access.source))
  )
}
