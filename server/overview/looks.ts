import type { Catalogue } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import {
  staffScope,
  type Actor,
  type Issuer,
  type StaffActor,
  type SubjectId,
} from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Look } from '../platform/http/route.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { AccessRecorder, ReportedAccess } from './model.js'
import { insertLooker } from './store/record.js'

/** What recording a look takes. */
export interface LookParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly recorder: AccessRecorder
  readonly clock: Clock
  /** Who looked, where a service agreement of the office covers it; else nothing of it is kept. */
  readonly looker?: Looker
}

/** The pseudonym of a member of staff in the quarter of an instant, and its encryption for an entry. */
export interface Looker {
  refOf(actor: StaffActor, at: Date): string | undefined
  seal(index: number, ref: string): Buffer
}

/** The portal as a source, and why each role may look (GDPR Articles 16 and 39 (1) (b)). */
const PORTAL = 'portal'
interface Reason {
  readonly purpose: string
  readonly legalBasis: string
}
const CODE_FIELD = 'portal.sign_in_code'
const CODE: Reason = { purpose: 'portal_sign_in', legalBasis: 'gdpr_15' }
const CONSENT_FIELD = 'portal.consent'
/** Asking for a consent and reading its answer is no casework: an office must prove it (GDPR Article 7 (1)). */
const CONSENT: Reason = { purpose: 'portal_consent', legalBasis: 'gdpr_7_1' }
const FLAGS_FIELD = 'portal.flags'
/** A unit that is asked about an access by the data protection officer proves what it did (GDPR Article 5 (2)). */
const PROOF: Reason = { purpose: 'portal_data_protection', legalBasis: 'gdpr_5_2' }
const REASONS: Readonly<Record<string, Reason>> = {
  caseworker: { purpose: 'portal_casework', legalBasis: 'gdpr_16' },
  dpo: { purpose: 'portal_data_protection', legalBasis: 'gdpr_39_1_b' },
}

/** Writes staff looks into the log of each person seen, as accesses like any other. */
export function createLookRecord(
  parts: LookParts,
): (actor: Actor, looks: readonly Look[]) => Promise<void> {
  return async (actor, looks) => {
    const staff = staffOf(actor)
    const accesses = looks.map((look) =>
      accessOf(parts, { ...staff, reason: reasonOf(staff, look) }, look),
    )
    const prepared = await parts.recorder.prepare(accesses)
    // Data protection officers alone see what is withheld, so the database lets them alone write looks that are.
    await parts.inTransaction(staffScope(staff), async (trx) => {
      const { indices } = await parts.recorder.record(trx, prepared)
      await noteLooker(trx, staff, { parts, indices })
    })
  }
}

/** The database notes it where the agreement covers the look, and of visible looks alone. */
async function noteLooker(
  trx: Trx,
  staff: StaffActor,
  { parts, indices }: { readonly parts: LookParts; readonly indices: readonly number[] },
): Promise<void> {
  const { looker, clock } = parts
  const ref = looker?.refOf(staff, clock.now())
  if (looker === undefined || ref === undefined) return
  for (const index of indices) await insertLooker(trx, index, looker.seal(index, ref))
}

/** Writes the entry that an office issued a sign-in code, in the transaction that issues it. */
export function createCodeRecord(
  parts: Omit<LookParts, 'inTransaction'>,
): (trx: Trx, issuer: Issuer, subject: SubjectId) => Promise<void> {
  return async (trx, issuer, subject) => {
    const look = { subject, fields: [CODE_FIELD] }
    const prepared = await parts.recorder.prepare([
      accessOf(parts, { ...issuer, reason: CODE }, look),
    ])
    await parts.recorder.record(trx, prepared)
  }
}

/** Writes the entry that an office asked somebody for a consent, in the transaction that asks. */
export function createAskRecord(
  parts: Omit<LookParts, 'inTransaction'>,
): (trx: Trx, office: Issuer, ask: { subject: string; reference: string }) => Promise<void> {
  return async (trx, office, { subject, reference }) => {
    const look = { subject, fields: [CONSENT_FIELD], caseRef: reference }
    const prepared = await parts.recorder.prepare([
      accessOf(parts, { ...office, reason: CONSENT }, look),
    ])
    await parts.recorder.record(trx, prepared)
  }
}

function reasonOf({ role }: StaffActor, { fields }: Look): Reason {
  const reason = role === 'caseworker' ? caseworkOf(fields) : REASONS[role]
  if (!reason) throw new Error(`the role ${role} has no reason to look`)
  return reason
}

/** Why a caseworker looks, by what is looked at: hints about accesses are shown by questions of officers alone. */
function caseworkOf(fields: Look['fields']): Reason | undefined {
  if (fields.includes(FLAGS_FIELD)) return PROOF
  return fields.every((field) => field === CONSENT_FIELD) ? CONSENT : REASONS['caseworker']
}

function staffOf(actor: Actor): StaffActor {
  if ('staff' in actor && actor.office !== undefined) return actor
  throw new Error('a look without an office cannot be recorded, so it cannot be had')
}

/** Who looks, from which office, and why. */
interface Desk {
  readonly office?: number
  readonly unit?: number
  readonly reason: Reason
}

function accessOf(
  { catalogue, clock }: Pick<LookParts, 'catalogue' | 'clock'>,
  { office, unit: unitId, reason }: Desk,
  look: Look,
): ReportedAccess {
  const unit = unitId === undefined ? undefined : catalogue.units.byId(unitId)
  return {
    subject: look.subject as SubjectId,
    occurredAt: clock.now(),
    operation: 'query',
    channel: 'manual',
    source: known(catalogue.parties.byCode(PORTAL), PORTAL),
    recipient: known(catalogue.parties.byId(office ?? 0), 'office'),
    purpose: known(catalogue.purposes.byCode(reason.purpose), reason.purpose),
    legalBasis: known(catalogue.legalBases.byCode(reason.legalBasis), reason.legalBasis),
    fields: look.fields
      .map((code) => known(catalogue.fields.byCode(code), code))
      .sort((one, other) => one.order - other.order),
    ...(unit ? { unit } : {}),
    ...(look.caseRef === undefined ? {} : { caseRef: look.caseRef }),
    ...(look.secret === undefined ? {} : { tighten: 'withheld' as const }),
  }
}

function known<Term>(term: Term | undefined, code: string): Term {
  if (term === undefined) throw new Error(`the catalogue does not know ${code}`)
  return term
}
