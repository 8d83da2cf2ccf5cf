import type { Trx } from '../database.js'
import { officeScope } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { ask } from './asking.js'
import { StepRefused } from './error.js'
import type { ConsentFacts, VersionRow } from './model.js'
import { cardOf, foundOr, type ConsentParts } from './parts.js'
import { readAskById } from './store/asks.js'
import { readConsentById, readTerm } from './store/consents.js'
import { readEntries } from './store/entries.js'
import { readPublished } from './store/templates.js'

/** A published version, without who wrote it. */
export interface PublishedVersion extends VersionRow {
  readonly publishedAt: Date
  readonly endedAt?: Date
}

/** What a program asks one person. */
export interface ProgramAsking {
  /** Id of the asking: the same request coming twice is one asking. */
  readonly ask: string
  /** Keyed subject; the number that it was made from is kept nowhere. */
  readonly subject: string
  readonly template: string
  readonly parts?: readonly string[] | undefined
}

/** Which member of an asking is not one of the office's own. */
export type AskFault = 'template' | 'parts'

/**
 * What programs of a controller read and ask, for their own office alone: another office's and what is not
 * there are NOT_FOUND alike. Offices are numbers of the catalogue.
 */
export interface ConsentPrograms {
  /** Every version that was ever published, by template, the latest first. */
  published(office: number, template?: string): Promise<readonly PublishedVersion[]>
  /** One consent with its entries; a refusal too, because it was this office that was refused. */
  record(office: number, consent: string): Promise<ConsentFacts>
  /** Whether the office may rely on a consent at an instant: one query. NOT_FOUND for what was never given. */
  isValid(office: number, consent: string, at: Date): Promise<boolean>
  /** Asks one person; the reference. The same `ask` again, the same reference, whatever became of it. */
  ask(office: number, asking: ProgramAsking): Promise<Result<string, AskFault>>
}

/** Makes the programs' side of the room. */
export function createConsentPrograms(parts: ConsentParts): ConsentPrograms {
  const reading = <Value>(office: number, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction({ ...officeScope({ office }), readOnly: true }, work)
  return {
    published: (office, template) => reading(office, (trx) => readPublished(trx, template)),
    record: (office, consent) =>
      reading(office, async (trx) => {
        const card = await cardOf(parts, trx, foundOr(await readConsentById(trx, consent)))
        return { ...card, entries: await readEntries(trx, consent) }
      }),
    isValid: (office, consent, at) =>
      reading(office, async (trx) => holdsAt(foundOr(await readTerm(trx, consent)), at)),
    ask: (office, asking) => askOnce(parts, office, asking),
  }
}

/** From when until when a consent holds. */
export interface Term {
  readonly givenAt: Date
  readonly validUntil: Date
  readonly endedAt?: Date
}

/** Whether a consent holds at an instant: from its beginning until its first end, which is no longer in it. */
export function holdsAt({ givenAt, validUntil, endedAt }: Term, at: Date): boolean {
  const isOver = at >= validUntil || (endedAt !== undefined && at >= endedAt)
  return givenAt <= at && !isOver
}

async function askOnce(
  parts: ConsentParts,
  office: number,
  asking: ProgramAsking,
): Promise<Result<string, AskFault>> {
  try {
    return await parts.inTransaction(officeScope({ office }), async (trx) => {
      const known = await readAskById(trx, asking.ask)
      const row = known ?? (await ask(parts, trx, { ...asking, channel: 'api', desk: { office } }))
      return ok(row.reference)
    })
  } catch (error) {
    if (error instanceof StepRefused && error.problem === 'FAULTY') return refuse('parts')
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return refuse('template')
    throw error
  }
}
