import type { Catalogue, Party } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import type { Desk } from '../journal/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import type { Journal } from './journal.js'
import type { AskFacts, AskRow, ConsentCard, ConsentRow } from './model.js'
import { readVersion } from './store/templates.js'
import type { Content } from './template.js'

/** Names of askings and consents, which are told on the phone and printed on letters. */
export interface References {
  fresh(): string
  isOne(raw: string): boolean
}

/** Tells the person in the portal, in the transaction in which it happens. */
export type Tell = (
  trx: Trx,
  message: {
    readonly subject: string
    readonly code: 'consent_asked' | 'consent_recorded'
    readonly params: { readonly reference: string; readonly office: string }
  },
) => Promise<void>

/** What a consent's end or beginning sets going elsewhere, in the same transaction. */
export type Effect = (trx: Trx, ended: ConsentRow, content: Content) => Promise<void>

/** Writes into the person's access log that an office asked them, in the transaction that asks. */
export type RecordAsk = (
  trx: Trx,
  desk: Desk,
  ask: { readonly subject: string; readonly reference: string },
) => Promise<void>

/** What every side of the room is made of. */
export interface ConsentParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
  readonly journal: Journal
  readonly references: References
  readonly tell: Tell
  /** For what is asked at a counter: whoever asks has typed in the person's number. */
  readonly recordAsk: RecordAsk
  /** What follows from the end of a consent: those who got the data are told (GDPR Articles 7 (3), 19). */
  readonly onEnd: Effect
}

/** The scope in which a resident answers and withdraws. */
export function writing(actor: ResidentActor): Scope {
  return { ...residentScope(actor), readOnly: false }
}

/** The office of a row. */
export function officeOf({ catalogue }: Pick<ConsentParts, 'catalogue'>, id: number): Party {
  const office = catalogue.parties.byId(id)
  if (office === undefined) throw new Error(`the catalogue has no office of the number ${id}`)
  return office
}

/** What a row was asked with. */
export async function contentOf(
  trx: Trx,
  row: Pick<ConsentRow, 'template' | 'version'>,
): Promise<Content> {
  const version = await readVersion(trx, row)
  if (version === undefined) throw new Error('an asking names a version that nobody may read')
  return version.content
}

/** An asking with what it asks. */
export async function askFactsOf(parts: ConsentParts, trx: Trx, ask: AskRow): Promise<AskFacts> {
  return { ask, office: officeOf(parts, ask.office), content: await contentOf(trx, ask) }
}

/** A consent with what was agreed to. */
export async function cardOf(
  parts: ConsentParts,
  trx: Trx,
  consent: ConsentRow,
): Promise<ConsentCard> {
  return {
    consent,
    office: officeOf(parts, consent.office),
    content: await contentOf(trx, consent),
  }
}

/** What is another's and what is not there look alike. */
export function foundOr<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new DomainError('NOT_FOUND')
  return value
}
