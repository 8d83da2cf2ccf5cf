import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { createDelivery, type DeliveryParts, type Sending } from '../notices/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { DecisionText } from './decision.js'
import type { CaseKeys } from './keys.js'
import { settleNotice, takeNotices, type DueNotice } from './store/notices.js'
import type { Wanted } from './statement.js'

/** What telling offices is made of. */
export interface SendingParts extends DeliveryParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly keys: CaseKeys
  /** A value as registers write it, in German. */
  readonly textsOf: (wanted: Wanted) => readonly string[]
}

/** `typ` of a decision (RFC 8725 section 3.11). */
export const CORRECTION_TYPE = 'correction+jwt'

const WORKER: Scope = { login: 'worker', role: 'worker' }

/**
 * Makes the way by which decisions reach offices (GDPR Article 19; AZRG § 38). Its figure is of the notices that
 * people may know of; what is withheld follows behind them, and nobody waits for it.
 */
export function createSending(parts: SendingParts): Sending {
  const [open, withheld] = [roundsOf(parts, false), roundsOf(parts, true)]
  let behind: Promise<unknown> | undefined
  return {
    send: async () => {
      try {
        return await open.send()
      } finally {
        // In nobody's turn: neither the next round nor another job is late because an office is slow of which
        // nobody may know. What cannot be written down is due again after its pause, and nothing is logged.
        behind ??= withheld
          .send()
          .catch(() => undefined)
          .finally(() => (behind = undefined))
      }
    },
  }
}

/** Rounds of what people may know of, or of what is withheld: never of both, so that neither waits for the other. */
function roundsOf(parts: SendingParts, withheld: boolean): Sending {
  const { inTransaction } = parts
  return createDelivery<DueNotice>(parts, {
    type: CORRECTION_TYPE,
    isQuiet: withheld,
    take: (at, most) => inTransaction(WORKER, (trx) => takeNotices(trx, { at, most, withheld })),
    settle: (sent) => inTransaction(WORKER, (trx) => settleNotice(trx, sent)),
    says: (due) => saidOf(parts, due),
  })
}

/** What was decided. The value is decrypted here and nowhere before; nothing where its key is deleted. */
function saidOf(
  { catalogue, keys, textsOf }: SendingParts,
  notice: DueNotice,
): Readonly<Record<string, unknown>> | undefined {
  const { request, reference, decidedAt, caseKey, content, number } = notice
  if (caseKey === undefined || content === undefined || decidedAt === undefined) return undefined
  const decision = keys.of(request, caseKey).open(`event/${number}`, content) as DecisionText
  const field = catalogue.fields.byId(notice.field)?.code
  const further = decision.also?.find((entry) => entry.field === field)
  const written = further?.wanted ?? decision.value
  const [value, ...more] = written === undefined ? [] : textsOf(written)
  return {
    sub: notice.subject,
    field,
    outcome: notice.outcome,
    reference,
    decidedAt: decidedAt.toISOString(),
    ...(value === undefined ? {} : { value: more.length > 0 ? [value, ...more] : value }),
  }
}
