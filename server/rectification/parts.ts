import type { Catalogue, Field, Party } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import type { OperatorDigest } from '../journal/index.js'
import type { Journal } from './journal.js'
import type { CaseKeys } from './keys.js'
import type { FiledRequest, RequestRow } from './model.js'
import { responsibleOffice, type HoldingOffice } from './routing.js'
import type { Statement } from './statement.js'

/** What the resident's side of rectification is made of. */
export interface RectificationParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
  readonly journal: Journal
  readonly keys: CaseKeys
  /** How many requests one person may have open: offices are small, and answering takes a person. */
  readonly mostOpen: number
  /** Requests that one person may file on one day of German time, whatever becomes of them. */
  readonly mostADay: number
  /** Offices of a person's log, and whether each holds a field (by its code). */
  readonly officesOf: (actor: ResidentActor, field: string) => Promise<readonly HoldingOffice[]>
}

/** What the office's side of rectification is made of. */
export type CaseworkParts = Omit<
  RectificationParts,
  'officesOf' | 'random' | 'mostOpen' | 'mostADay'
> & {
  readonly operatorDigest: OperatorDigest
  /** Whether a transmission block of a person is in force (AZRG § 4), as far as this portal knows. */
  readonly isBlocked: (trx: Trx, subject: string, at: Date) => Promise<boolean>
}

/** Where in a request's contents the statement stands. */
export const STATEMENT = 'statement'

/** The scope in which a resident writes own requests. */
export function writing(actor: ResidentActor): Scope {
  return { ...residentScope(actor), readOnly: false }
}

/** The statement of a draft, decrypted. */
export function statementOf(
  { keys }: Pick<RectificationParts, 'keys'>,
  row: RequestRow,
): Statement {
  const { request, caseKey, content } = row
  if (caseKey === undefined || content === undefined) return {}
  return keys.of(request, caseKey).open(STATEMENT, content) as Statement
}

/** The office that a field's request goes to for this person, and the codes of the fields that it holds. */
export async function officeFor(
  { officesOf, catalogue }: Pick<RectificationParts, 'officesOf' | 'catalogue'>,
  actor: ResidentActor,
  field: Field,
): Promise<{ readonly party: Party; readonly holds: readonly string[] } | undefined> {
  const known = await officesOf(actor, field.code)
  const party = responsibleOffice(field, known, catalogue.parties)
  const holder = known.find((one) => one.party.id === party?.id)
  return party && { party, holds: holder?.fields ?? [] }
}

/** Fields and office of a filed request; the leading field is the first of them. */
export function termsOf(
  parts: Pick<RectificationParts, 'catalogue'>,
  { field, also, office }: Pick<FiledRequest, 'field' | 'also' | 'office'>,
): { field: Field; fields: readonly Field[]; office: Party } {
  const party = parts.catalogue.parties.byId(office)
  if (party === undefined) throw new Error(`the catalogue has no office of the number ${office}`)
  const [leading, ...further] = [field, ...also].map((id) => fieldOf(parts, id))
  if (leading === undefined) throw new Error('a request is about a field')
  return { field: leading, fields: [leading, ...further], office: party }
}

/** The field of a number that a row names. */
export function fieldOf({ catalogue }: Pick<RectificationParts, 'catalogue'>, id: number): Field {
  const field = catalogue.fields.byId(id)
  if (field === undefined) throw new Error(`the catalogue has no field of the number ${id}`)
  return field
}
