import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { lookScope, type Actor, type StaffActor, type SubjectId } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Look } from '../platform/http/route.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { AccessRecorder, ReportedAccess } from './model.js'

/** What recording a look takes. */
export interface LookParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly recorder: AccessRecorder
  readonly clock: Clock
}

/** The portal as a source, and why each role may look (GDPR Articles 16 and 39 (1) (b)). */
const PORTAL = 'portal'
const REASONS: Readonly<Record<string, { purpose: string; legalBasis: string }>> = {
  caseworker: { purpose: 'portal_casework', legalBasis: 'gdpr_16' },
  dpo: { purpose: 'portal_data_protection', legalBasis: 'gdpr_39_1_b' },
}

/** Writes staff looks into the log of each person seen, as accesses like any other. */
export function createLookRecord(
  parts: LookParts,
): (actor: Actor, looks: readonly Look[]) => Promise<void> {
  return async (actor, looks) => {
    const staff = staffOf(actor)
    const accesses = looks.map((look) => accessOf(parts, staff, look))
    const prepared = parts.recorder.prepare(accesses)
    await parts.inTransaction(lookScope(staff), (trx) => parts.recorder.record(trx, prepared))
  }
}

function staffOf(actor: Actor): StaffActor {
  if ('staff' in actor && actor.office !== undefined) return actor
  throw new Error('a look without an office cannot be recorded, so it cannot be had')
}

function accessOf({ catalogue, clock }: LookParts, actor: StaffActor, look: Look): ReportedAccess {
  const reason = REASONS[actor.role]
  if (!reason) throw new Error(`the role ${actor.role} has no reason to look`)
  const unit = actor.unit === undefined ? undefined : catalogue.units.byId(actor.unit)
  return {
    subject: look.subject as SubjectId,
    occurredAt: clock.now(),
    operation: 'query',
    channel: 'manual',
    source: known(catalogue.parties.byCode(PORTAL), PORTAL),
    recipient: known(catalogue.parties.byId(actor.office ?? 0), 'office'),
    purpose: known(catalogue.purposes.byCode(reason.purpose), reason.purpose),
    legalBasis: known(catalogue.legalBases.byCode(reason.legalBasis), reason.legalBasis),
    fields: look.fields
      .map((code) => known(catalogue.fields.byCode(code), code))
      .sort((one, other) => one.order - other.order),
    ...(unit ? { unit } : {}),
    ...(look.caseRef === undefined ? {} : { caseRef: look.caseRef }),
  }
}

function known<Term>(term: Term | undefined, code: string): Term {
  if (term === undefined) throw new Error(`the catalogue does not know ${code}`)
  return term
}
