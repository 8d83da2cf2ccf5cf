import { z } from 'zod'
import type { Channel, DisclosureKind, Operation } from '../../catalogue/index.js'
import { CASE_REF_LENGTH } from '../case-ref.js'
import type { EventError, EventErrorCode, EventForm, ReadEvent } from '../delivery.js'
import { dayFrom, dayOf, instantOf } from '../instant.js'

const MOST_FIELDS = 400
const SHOWN_KEY = 64

const OPERATIONS = ['store', 'query', 'transmit', 'erase'] as const satisfies readonly Operation[]
const CHANNELS = ['automated', 'manual'] as const satisfies readonly Channel[]
const DISCLOSURES = [
  'open',
  'case_review',
  'body_consent',
  'withheld',
  'not_in_log',
] as const satisfies readonly DisclosureKind[]

/** A code of the catalogue. */
export const code = (what: string) =>
  z.string().min(1).max(100).describe(`Code of the catalogue: ${what}`)

/** A text that another reader must understand, or it is malformed. */
export function readBy<Value>(read: (text: string) => Value | undefined) {
  return z
    .string()
    .max(64)
    .transform((text, context) => {
      const value = read(text)
      if (value !== undefined) return value
      context.issues.push({ code: 'custom', input: text })
      return z.NEVER
    })
}

/** Whose data something is about. */
export const wireSubject = z.strictObject({
  scheme: z.enum(['azr', 'idnr', 'local']),
  value: z.string().min(1).max(100).describe('The number; stored as a keyed hash alone'),
})

/** One event on the wire (api.md); strict, so that a misspelt member is an error and not a silence. */
export const wireEvent = z.strictObject({
  seq: z.int().min(1).describe('Number in the stream, without a gap'),
  subject: wireSubject.describe('Whose data'),
  occurredAt: readBy(instantOf).describe('RFC 3339 date-time with offset'),
  operation: z.enum(OPERATIONS),
  purpose: code('purpose'),
  legalBasis: code('legal basis'),
  fields: z.array(code('field')).min(1).max(MOST_FIELDS),
  source: code('office or authority; defaults to iss').optional(),
  recipient: code('office or authority; defaults to iss').optional(),
  unit: code('kind of unit').optional(),
  operatorRef: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .optional()
    .describe('Rotating pseudonym, opaque, never shown'),
  caseRef: z
    .string()
    .min(1)
    .max(CASE_REF_LENGTH)
    .optional()
    .describe('File number in the pattern of the stream'),
  channel: z.enum(CHANNELS),
  consentId: z.guid().toLowerCase().optional().describe('Consent that the access cites'),
  disclosure: z.enum(DISCLOSURES).optional().describe('May only tighten'),
  holdUntil: readBy((text) => dayOf(text) ?? dayOfInstant(text))
    .optional()
    .describe('Not shown before this date or date-time, at most 90 days ahead'),
})

function dayOfInstant(text: string): string | undefined {
  const instant = instantOf(text)
  return instant && dayFrom(instant)
}

/** Reads one event of a batch, whose number must be `seq`; all faults of its form at once. */
export function readEvent(raw: unknown, seq: number): ReadEvent {
  const { success, data, error } = wireEvent.safeParse(raw, { reportInput: true })
  if (!success) {
    return { ok: false, refusal: error.issues.flatMap((issue) => errorsOf(issue, seq)) }
  }
  if (data.seq !== seq) {
    return { ok: false, refusal: [{ seq, field: 'seq', code: 'out_of_sequence' }] }
  }
  const { subject, ...rest } = data
  const value: EventForm = { ...rest, scheme: subject.scheme, number: subject.value }
  return { ok: true, value }
}

/** A fault as the form reports it. */
export type Issue = z.core.$ZodIssue

/** A fault of the form as the errors that the answer names. */
export function errorsOf(issue: Issue, seq: number): EventError[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = [...path, key.slice(0, SHOWN_KEY)].join('.')
      return { seq, field, code: 'unknown_key' }
    })
  }
  return [{ seq, field: path.join('.') || 'event', code: codeOf(issue) }]
}

/** JSON has no `undefined`: where it is what was found, the member is missing. */
function codeOf(issue: Issue): EventErrorCode {
  if (issue.input === undefined) return 'required'
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong_type'
    case 'invalid_value':
      return typeof issue.input === 'string' ? 'unknown_code' : 'wrong_type'
    case 'too_small':
    case 'too_big':
      return 'out_of_range'
    default:
      return 'malformed'
  }
}
