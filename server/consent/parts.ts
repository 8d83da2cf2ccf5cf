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
import { readVersionsOf } from './store/templates.js'
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

type Versioned = Pick<ConsentRow, 'template' | 'version' | 'office'>

/** What rows were asked with and by whom, in their order. */
async function groundsOf<Row extends Versioned>(
  parts: ConsentParts,
  trx: Trx,
  rows: readonly Row[],
): Promise<readonly { row: Row; office: Party; content: Content }[]> {
  const versions = await readVersionsOf(trx, rows)
  const key = ({ template, version }: Pick<Versioned, 'template' | 'version'>) =>
    `${template} ${version}`
  const contents = new Map(versions.map((version) => [key(version), version.content]))
  return rows.map((row) => {
    const content = contents.get(key(row))
    if (content === undefined) throw new Error('an asking names a version that nobody may read')
    return { row, office: officeOf(parts, row.office), content }
  })
}

/** Askings with what they ask. */
export async function askingsOf(
  parts: ConsentParts,
  trx: Trx,
  asks: readonly AskRow[],
): Promise<readonly AskFacts[]> {
  const grounds = await groundsOf(parts, trx, asks)
  return grounds.map(({ row, ...ground }) => ({ ask: row, ...ground }))
}

/** Consents with what was agreed to. */
export async function cardsOf(
  parts: ConsentParts,
  trx: Trx,
  consents: readonly ConsentRow[],
): Promise<readonly ConsentCard[]> {
  const grounds = await groundsOf(parts, trx, consents)
  return grounds.map(({ row, ...ground }) => ({ consent: row, ...ground }))
}

/** An asking with what it asks. */
export async function askFactsOf(parts: ConsentParts, trx: Trx, ask: AskRow): Promise<AskFacts> {
  return foundOr((await askingsOf(parts, trx, [ask]))[0])
}

/** A consent with what was agreed to. */
export async function cardOf(
  parts: ConsentParts,
  trx: Trx,
  consent: ConsentRow,
): Promise<ConsentCard> {
  return foundOr((await cardsOf(parts, trx, [consent]))[0])
}

/** What is another's and what is not there look alike. */
export function foundOr<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new DomainError('NOT_FOUND')
  return value
}
