import type { Scope } from '../platform/db/transaction.js'
import { refusalUntil } from './journal.js'
import type { ConsentRow } from './model.js'
import type { ConsentParts } from './parts.js'
import { endConsent, readRunOut } from './store/consents.js'
import { readEntries } from './store/entries.js'
import { forgetConsents, lapseAsks } from './store/upkeep.js'

/** What the portal does about consents by itself. */
export interface ConsentUpkeep {
  /** Records what has run out, and ends what nobody answered; returns how much it was. */
  expire(): Promise<number>
  /** Deletes what is due; returns how much it was. */
  forget(): Promise<number>
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
/** Consents that one round records. */
const ROUND = 200

/** Makes the upkeep of the room. */
export function createConsentUpkeep(
  parts: Pick<ConsentParts, 'inTransaction' | 'clock' | 'journal'>,
): ConsentUpkeep {
  const { inTransaction, clock } = parts
  return {
    expire: async () => {
      const at = clock.now()
      let done = await inTransaction(WORKER, (trx) => lapseAsks(trx, at, refusalUntil(at)))
      for (;;) {
        const due = await inTransaction(WORKER, (trx) => readRunOut(trx, at, ROUND))
        for (const consent of due) done += await recordEnd(parts, consent, at)
        if (due.length < ROUND) return done
      }
    },
    forget: () => inTransaction(RETENTION, (trx) => forgetConsents(trx, clock.now())),
  }
}

/** One consent in one transaction: who was quicker, the person or the clock, is settled by the row. */
async function recordEnd(
  { inTransaction, journal }: Pick<ConsentParts, 'inTransaction' | 'journal'>,
  consent: ConsentRow,
  at: Date,
): Promise<number> {
  const { validUntil } = consent
  if (validUntil === undefined) return 0
  return inTransaction(WORKER, async (trx) => {
    const { consent: id, step } = consent
    const end = { consent: id, step, state: 'expired', endedAt: validUntil } as const
    if (!(await endConsent(trx, end))) return 0
    const [first] = await readEntries(trx, id)
    if (first === undefined) throw new Error('a consent has no first entry')
    await journal.write(trx, {
      ...{ consent: id, subject: consent.subject, template: consent.template },
      ...{ version: consent.version, part: consent.part, number: step + 1, event: 'expired', at },
      ...{ effectiveAt: validUntil, channel: 'portal', helper: 'none' },
      ...{ language: first.language, wording: first.wording, expiresOn: consent.expiresOn },
    })
    return 1
  })
}
