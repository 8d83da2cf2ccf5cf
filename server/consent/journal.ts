import { addPeriod } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { createCommit, type Desk, type JournalParts } from '../journal/index.js'
import type { AnswerChannel, ConsentEvent, Helper } from './rules.js'
import { PROOF_PERIOD, REFUSAL_PERIOD } from './rules.js'
import { entryFacts, insertEntry } from './store/entries.js'

/** The class of what was given: as long as a proof may be needed after the longest consent has ended. */
export const CONSENT_CLASS = {
  class: 40,
  code: 'consent',
  ownerTable: 'consent.entry',
  sealed: false,
  retention: 'P13Y',
  citation: 'DSGVO Art. 7 Abs. 1, Art. 5 Abs. 1 Buchst. e; BGB §§ 195, 199',
  width: 'year',
} as const

/** The class of refusals: the shortest of all. */
export const REFUSAL_CLASS = {
  class: 41,
  code: 'consent_refusals',
  ownerTable: 'consent.entry',
  sealed: false,
  retention: 'P3M',
  citation: 'DSGVO Art. 5 Abs. 1 Buchst. c und e',
  width: 'month',
} as const

/** Something that became of a consent. */
export interface Happening {
  readonly consent: string
  readonly subject: string
  readonly template: string
  readonly version: number
  readonly part: string
  readonly number: number
  readonly event: ConsentEvent
  readonly at: Date
  /** From when on it counts. */
  readonly effectiveAt: Date
  readonly validUntil?: Date | undefined
  readonly channel: AnswerChannel
  readonly language: string
  readonly wording: Buffer
  readonly helper: Helper
  /** The consent whose place it takes, or that takes its place. */
  readonly other?: string | undefined
  /** The office on behalf of the person. */
  readonly desk?: Desk | undefined
  /** First day on which the whole history of the consent is gone. */
  readonly expiresOn: string
}

/** Writes entries of the consent ledger, each in the transaction of the row that it changed. */
export interface Journal {
  write(trx: Trx, happening: Happening): Promise<void>
}

/** Makes the consent ledger's writing side. */
export function createConsentJournal(parts: JournalParts): Journal {
  const commit = createCommit('consent', parts)
  return {
    write: async (trx, happening) => {
      const { consent, event, channel } = happening
      const columns = {
        ...{ consent, template: happening.template, version: happening.version },
        ...{ part: happening.part, channel, language: happening.language },
        ...{ wording: happening.wording, effective_at: happening.effectiveAt },
        ...{ valid_until: happening.validUntil ?? null, helper: happening.helper },
        other: happening.other ?? null,
      }
      const kind = event === 'refused' ? REFUSAL_CLASS : CONSENT_CLASS
      const row = await commit(trx, {
        ...{ thing: consent, subject: happening.subject, event, number: happening.number },
        ...{ at: happening.at, expiresOn: happening.expiresOn, desk: happening.desk },
        class: kind.class,
        byPortal: channel === 'portal',
        facts: entryFacts(columns),
      })
      await insertEntry(trx, { ...row, ...columns, kind: event })
    },
  }
}

/** The first day on which what was given and all that came of it is gone. */
export function proofUntil(validUntil: Date): string {
  return addPeriod(dayOf(validUntil), PROOF_PERIOD)
}

/** The first day on which a refusal is gone. */
export function refusalUntil(at: Date): string {
  return addPeriod(dayOf(at), REFUSAL_PERIOD)
}

/** Expiry is counted in UTC days, as everywhere in the log. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
