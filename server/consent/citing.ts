import type { Catalogue, Party } from '../catalogue/index.js'
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
  catalogue,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Pick<Catalogue, 'flowsOf'>
}): FurtherRule {
  return async (accesses) => {
    const ids = new Set(accesses.flatMap(({ consentId }) => consentId ?? []))
    if (ids.size === 0) return new Map()
    const cited = await inTransaction(INGEST, (trx) => readCited(trx, [...ids]))
    return new Map(
      accesses.flatMap((access, position): [number, readonly Breach[]][] => {
        if (access.consentId === undefined) return []
        const hasFlow = isProvided(access, catalogue)
        const breaches = breachesOf(access, cited.get(access.consentId), hasFlow)
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

/** Whether the catalogue has such an access between these two for this purpose: flows judge sources. */
function isProvided(access: ReportedAccess, catalogue: Pick<Catalogue, 'flowsOf'>): boolean {
  const { source, recipient, operation, purpose, legalBasis } = access
  const flows = catalogue.flowsOf({
    ...{ source: source.authority, recipient: recipient.authority },
    ...{ operation: operation === 'erase' ? 'store' : operation },
    ...{ purpose: purpose.code, legalBasis: legalBasis.code },
  })
  return flows.length > 0
}

/**
 * What an access breaks that cites a consent; a consent that was never given covers nothing. `hasFlow`: the
 * catalogue has a flow from this source to this recipient for this purpose.
 */
export function breachesOf(
  access: ReportedAccess,
  consent: Cited | undefined,
  hasFlow: boolean,
): readonly Breach[] {
  if (consent === undefined || !covers(consent, access, hasFlow)) {
    return [{ rule: 'consent.not_valid', fields: [] }]
  }
  const beyond = access.fields.filter(({ code }) => !consent.content.fields.includes(code))
  return beyond.length === 0 ? [] : [{ rule: 'consent.fields_beyond', fields: beyond }]
}

function covers(consent: Cited, access: ReportedAccess, hasFlow: boolean): boolean {
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
    // Who fetches what the person allowed may ask the register that has it: flows judge which.
    (access.recipient.id === office || isAllowed(access.source) || hasFlow)
  )
}
