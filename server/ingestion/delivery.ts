import type { Status } from '../appointments/index.js'
import type { Channel, DisclosureKind, Operation } from '../catalogue/index.js'
import type { Ground, ReportedNote } from '../emergencies/index.js'
import type { Result } from '../platform/kernel/result.js'

/** A stream of accesses that one authority delivers, numbered without a gap from 1. */
export interface Stream {
  readonly id: number
  /** Its name in addresses. */
  readonly name: string
  /** Catalogue number of the office, or kind of authority without offices, that delivers. */
  readonly authority: number
  /** What its file numbers look like; absent for the common pattern. */
  readonly caseRefPattern?: string
}

/** A public key as registered (RFC 7517, RFC 8037): Ed25519 or P-256, its public members alone. */
export type PublicJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

/** A key that counts now, and the stream that it signs for. */
export interface SigningKey {
  readonly kid: string
  readonly stream: Stream
  readonly publicJwk: PublicJwk
}

/** One access as a batch names it: well formed, its codes not yet looked up. */
export interface EventForm {
  readonly seq: number
  readonly scheme: 'azr' | 'idnr' | 'local'
  /** The person's number; it leaves this room as a keyed hash alone. */
  readonly number: string
  readonly occurredAt: Date
  readonly operation: Operation
  readonly channel: Channel
  readonly purpose: string
  readonly legalBasis: string
  readonly fields: readonly string[]
  readonly source?: string | undefined
  readonly recipient?: string | undefined
  readonly unit?: string | undefined
  readonly operatorRef?: string | undefined
  readonly caseRef?: string | undefined
  readonly consentId?: string | undefined
  readonly disclosure?: DisclosureKind | undefined
  /** First day, `YYYY-MM-DD` in Germany, on which it may show. */
  readonly holdUntil?: string | undefined
}

/** What is wrong with an event, or with the appointment at that place; `field` is a path such as `subject.value` or `fields.3`. */
export interface EventError {
  readonly seq: number
  readonly field: string
  readonly code: EventErrorCode
}

/** Codes of `errors` in a 422, for programs: stable, listed in the OpenAPI document. */
export const EVENT_ERRORS = {
  required: 'the member is missing',
  wrong_type: 'the member has another JSON type',
  unknown_key: 'the contract has no such member',
  malformed: 'the value does not have the form that its member needs',
  out_of_range: 'too short, too long, too few or too many',
  duplicate: 'the same field, or reference of an appointment, stands there twice',
  out_of_sequence: 'the number does not follow the one before it',
  unknown_code: 'the catalogue has no such code',
  office_required: 'this kind of authority has offices: name the office',
  not_a_party: 'neither source nor recipient is the authority that delivers',
  occurred_in_future: 'the access lies more than five minutes ahead',
  hold_too_long: 'the display may be held for at most 90 days',
  not_in_log: 'the law keeps such an access out of this log',
  retention_over: 'its retention has already run out',
} as const
/** Codes of `errors` that only appointments have; the others mean the same there. */
export const APPOINTMENT_ERRORS = {
  too_far_ahead: 'the appointment lies more than 150 days ahead',
  too_old: 'the appointment is more than 14 days past, and can explain nothing any more',
  subject_changed: 'the reference was used for another person: cancel it, and book under a new one',
  version_used: 'the same version said something else before: count up',
  too_many:
    'at most 5 appointments of a person stand on a day, and an office says at most 200 things of a person',
} as const

/** Codes of `errors` that only emergencies have. */
export const EMERGENCY_ERRORS = {
  unknown_seq: 'no access with this number was delivered on the stream, or it is erased',
  not_manual: 'the access was not made by hand',
  too_late: 'the access happened more than 72 hours ago and was not declared',
  ground_changed: 'the access was declared on another ground',
  note_changed: 'the note was told with another time or author',
  before_access: 'the note was written before the access happened',
  in_future: 'the note lies more than five minutes ahead',
} as const

/** One of those codes. */
export type EventErrorCode =
  keyof typeof EVENT_ERRORS | keyof typeof APPOINTMENT_ERRORS | keyof typeof EMERGENCY_ERRORS

/** An event that was read, or everything that is wrong with its form. */
export type ReadEvent =
  | { readonly ok: true; readonly value: EventForm }
  | { readonly ok: false; readonly refusal: readonly EventError[] }

/** One appointment as an office names it: well formed, its codes not yet looked up. */
export interface AppointmentForm {
  readonly ref: string
  /** Counts up with each change of the appointment. */
  readonly version: number
  readonly scheme: EventForm['scheme']
  /** The person's number; it leaves this room as a keyed hash alone. */
  readonly number: string
  /** Day in Germany, `YYYY-MM-DD`: of a time only this is kept. */
  readonly day: string
  readonly unit?: string | undefined
  readonly status: Status
}

/** An appointment that was read, or everything that is wrong with its form. */
export type ReadAppointment = Result<AppointmentForm, readonly EventError[]>

/** Appointments whose signature, times and audience hold; their codes are not yet checked. */
export interface SignedAppointments extends SignedRead {
  readonly stream: string
  readonly appointments: readonly ReadAppointment[]
}

/** The answer to appointments. */
export interface AppointmentsAnswer {
  readonly stream: string
  /** How many are new in the log. */
  readonly recorded: number
  /** How many say what is known already. */
  readonly known: number
}

/** An access in an emergency as an office names it: well formed, the access not yet looked up. */
export interface EmergencyForm {
  /** Number of the access in the stream. */
  readonly seq: number
  readonly ground: Ground
  /** Absent until it is written. */
  readonly note?: ReportedNote
}

/** A declaration that was read, or everything that is wrong with its form. */
export type ReadEmergency = Result<EmergencyForm, readonly EventError[]>

/** Declarations whose signature, times and audience hold; their accesses are not yet looked up. */
export interface SignedEmergencies extends SignedRead {
  readonly stream: string
  readonly emergencies: readonly ReadEmergency[]
}

/** The answer to declarations. */
export interface EmergenciesAnswer {
  readonly stream: string
  /** How many things are new in the log: declarations, and notes. */
  readonly recorded: number
  /** How many declarations say what is known already. */
  readonly known: number
}

/** A batch whose signature, times and audience hold; its numbers and codes are not yet checked. */
export interface SignedBatch {
  readonly issuer: string
  readonly stream: string
  readonly firstSeq: number
  readonly assertion: Assertion
  /** The events as sent, for the hash that knows them again. */
  readonly rawEvents: unknown
  readonly events: readonly ReadEvent[]
  /** The compact JWS, kept as evidence. */
  readonly jws: string
}

/** A signed request that may be used once (RFC 7519 section 4.1.7). */
export interface Assertion {
  readonly issuer: string
  readonly jti: string
  readonly payload: Buffer
  readonly expiresAt: Date
}

/** A read whose signature, times, audience, method and address hold. */
export interface SignedRead {
  readonly issuer: string
  readonly assertion: Assertion
}

/** The answer to a batch, kept for the identical batch. */
export interface BatchAnswer {
  readonly stream: string
  readonly firstSeq: number
  readonly lastSeq: number
  /** Leaf index of each event, in the order of their numbers. */
  readonly indices: readonly number[]
  readonly treeSize: number
  /** Signed checkpoint that covers them (C2SP tlog-checkpoint). */
  readonly checkpoint: string
  /** What was contested when the batch was recorded (GDPR Article 18); absent where nothing was. */
  readonly disputed?: readonly DisputedEvent[]
}

/** An event that obtained data whose accuracy its person contests. */
export interface DisputedEvent {
  readonly seq: number
  /** Codes of the contested fields among those of the event, in the order of the catalogue. */
  readonly fields: readonly string[]
}

/** Why a request of an authority is refused as a whole; routes give each a status. */
export type RefusalCode =
  | 'not_jws'
  | 'bad_json'
  | 'bad_header'
  | 'bad_claims'
  | 'no_credentials'
  | 'unknown_signer'
  | 'bad_signature'
  | 'bad_type'
  | 'bad_time'
  | 'bad_audience'
  | 'bad_binding'
  | 'replayed'
  | 'wrong_stream'
  | 'not_found'
  | 'out_of_sequence'
  | 'too_large'
  | 'wrong_media_type'
  | 'encoded'
  | 'bad_events'
  | 'bad_ask'
  | 'bad_query'
  | 'too_fast'
  | 'unavailable'

/** A refusal with what its reader needs to do better. */
export interface Refusal {
  readonly code: RefusalCode
  /** A stable word for what exactly was wrong; never a value that was sent. */
  readonly detail?: string
  readonly expectedSeq?: number
  readonly errors?: readonly EventError[]
  /** Whole seconds. */
  readonly retryAfter?: number
}

/** A connected authority, as coarsely as anybody may know it; months are `YYYY-MM` in German time. */
export interface Coverage {
  /** The authority or office (catalogue number). */
  readonly authority: number
  /** When its first stream was registered. */
  readonly sinceMonth: string
  /** When it delivered last; absent before the first delivery. */
  readonly lastMonth?: string
}
