import { DomainError } from '../platform/kernel/errors.js'
import type { Scope } from '../platform/db/transaction.js'
import type { Assurance } from '../platform/http/route.js'
import type { Branded } from '../platform/kernel/ids.js'

/** A resident's account: a random UUID, no number of any register. */
export type AccountId = Branded<string, 'AccountId'>
/** A keyed hash of a register number, as UUID text. */
export type SubjectId = Branded<string, 'SubjectId'>
/** A member of staff: a random UUID. */
export type StaffId = Branded<string, 'StaffId'>

/** Roles of staff; the operator sees no personal data at all. */
export type StaffRole = 'caseworker' | 'dpo' | 'supervisor' | 'operator'

/** Nobody signed in. */
export interface PublicActor {
  readonly role: 'public'
}

/** A resident with the subjects that the account owns. */
export interface ResidentActor {
  readonly role: 'resident'
  readonly account: AccountId
  readonly subjects: readonly SubjectId[]
  readonly assurance: Assurance
  readonly steppedUpAt?: Date
  /** Whether others use this device as well. */
  readonly shared?: boolean
}

/** A member of staff, known to residents as office and unit alone (CJEU C-579/21). */
export interface StaffActor {
  readonly role: StaffRole
  readonly staff: StaffId
  /** Catalogue number of the office; operators and supervisors have none. */
  readonly office?: number
  /** Catalogue number of the kind of unit. */
  readonly unit?: number
  readonly assurance: Assurance
  readonly steppedUpAt?: Date
}

/** A program of an authority; its signature is checked by the route itself. */
export interface AuthorityActor {
  readonly role: 'authority'
}

/** Whoever asks. */
export type Actor = PublicActor | ResidentActor | StaffActor | AuthorityActor

/** Whether the actor is a member of staff. */
export function isStaff(actor: Actor): actor is StaffActor {
  return actor.role !== 'public' && actor.role !== 'resident' && actor.role !== 'authority'
}

/** The database scope of a resident: own rows only, read only. */
export function residentScope(actor: ResidentActor): Scope {
  return {
    login: 'web',
    role: 'web_resident',
    readOnly: true,
    settings: { account: actor.account, subjects: actor.subjects.join(',') },
  }
}

/** On whose behalf an office does something for residents: an operator's command names no member of staff. */
export interface Issuer {
  readonly staff?: StaffId
  /** Catalogue number of the office. */
  readonly office: number
  readonly unit?: number
}

/** The scope in which an office looks at residents' data, and issues codes to them. */
export function officeScope(office: { readonly office?: number }): Scope {
  return { login: 'web', role: 'web_staff', settings: officeSetting(office) }
}

/** The scope in which an office lets a person in: what it may learn and note of how they live is theirs alone. */
export function issuingScope(issuer: Issuer, subject: SubjectId): Scope {
  const scope = officeScope(issuer)
  return { ...scope, settings: { ...scope.settings, subjects: subject } }
}

/** The scope in which a member of staff reads and writes what is their own within the office. */
export function staffScope({ staff, office }: Pick<StaffActor, 'staff' | 'office'>): Scope {
  return {
    login: 'web',
    role: 'web_staff',
    settings: { ...officeSetting(office === undefined ? {} : { office }), staff },
  }
}

/** The scope in which supervisors, who have no office, read what reporting views say of all offices. */
export function supervisingScope({ staff }: Pick<StaffActor, 'staff'>): Scope {
  const settings = { office: '', staff }
  return { login: 'reporting', role: 'reporting', readOnly: true, settings }
}

/**
 * The scope in which staff read the log: the reporting views of their own office. Which of them show what is
 * withheld the database decides, by who the member of staff is.
 */
export function reportingScope(actor: Pick<StaffActor, 'staff' | 'office'>): Scope {
  const settings = { ...officeSetting(actor), staff: actor.staff }
  return { login: 'reporting', role: 'reporting', readOnly: true, settings }
}

function officeSetting(actor: { readonly office?: number }): Record<string, string> {
  return { office: actor.office === undefined ? '' : String(actor.office) }
}

/** The resident behind a request; what is not theirs does not exist for anybody else (NOT_FOUND). */
export function residentOf(actor: Actor): ResidentActor {
  if (actor.role === 'resident') return actor
  throw new DomainError('NOT_FOUND')
}
