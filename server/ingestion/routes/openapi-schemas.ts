import { z } from 'zod'
import { APPOINTMENT_ERRORS, EMERGENCY_ERRORS, EVENT_ERRORS } from '../delivery.js'
import { batchClaims, readClaims } from '../forms.js'
import { wireEvent } from '../forms/event.js'
import { MOST_ERRORS, MOST_EVENTS } from '../rules.js'

type Schema = Readonly<Record<string, unknown>>

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }
const number = { type: 'integer', minimum: 1 }
const bytes = { type: 'string', contentEncoding: 'base64' }
const both = record({ de: text, en: text })

/** An object whose members are all there. */
export function record(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), properties }
}

/** The same object with members that may be absent. */
function withOptional(schema: Schema, more: Readonly<Record<string, Schema>>): Schema {
  return { ...schema, properties: { ...(schema['properties'] as object), ...more } }
}

/** A list of one sort. */
export function listOf(items: Schema): Schema {
  return { type: 'array', items }
}

/** What a form accepts, as JSON Schema. */
export function wire(form: z.ZodType): Schema {
  return Object.fromEntries(
    Object.entries(z.toJSONSchema(form, { io: 'input' })).filter(([key]) => key !== '$schema'),
  )
}

const parameters = {
  stream: { description: 'Name of the stream', schema: text },
  seq: { description: 'Number of the event', schema: number },
} as const

/** The parameters in a path. */
export function parametersOf(...names: readonly (keyof typeof parameters)[]): object[] {
  return names.map((name) => ({ name, in: 'path', required: true, ...parameters[name] }))
}

const problem = {
  type: text,
  title: text,
  status: { type: 'integer' },
  instance: text,
}

const event = wire(wireEvent)
const batch = wire(batchClaims) as { readonly properties: Readonly<Record<string, Schema>> }

const codes = Object.entries({ ...EVENT_ERRORS, ...APPOINTMENT_ERRORS, ...EMERGENCY_ERRORS })
const errorList = {
  ...listOf(
    record({
      seq: {
        ...number,
        description: 'Number of the event; place of an appointment or emergency, from 1',
      },
      field: { ...text, description: 'Path of the member, such as subject.value or fields.3' },
      code: {
        enum: codes.map(([code]) => code),
        description: codes.map(([code, meaning]) => `\`${code}\`: ${meaning}`).join('; '),
      },
    }),
  ),
  maxItems: MOST_ERRORS,
}

const catalogue = record({
  version: number,
  parties: listOf(
    record({
      ...{ code: text, kind: { enum: ['office', 'authority'] }, authority: text, name: both },
      deliverable: { type: 'boolean', description: 'Whether events may name it' },
    }),
  ),
  fields: listOf(
    record({ code: text, register: text, category: text, art9: { type: 'boolean' }, label: both }),
  ),
  purposes: listOf(record({ code: text, kind: text, name: both })),
  legalBases: listOf(record({ code: text, citation: text, title: both })),
  units: listOf(record({ code: text, label: both })),
  flows: listOf(
    record({
      ...{ code: text, register: text, source: text, recipient: text, operation: text },
      ...{ purpose: text, legalBasis: text, fields: listOf(text), disclosure: text },
    }),
  ),
})

/** GDPR Article 18: whoever obtains what is contested learns it. */
const contested = {
  event: listOf(
    record({
      seq: number,
      fields: { ...listOf(text), description: 'Codes of the contested fields of this event' },
    }),
  ),
  batch: {
    description:
      'Events (query, transmit) that obtained fields whose accuracy the person contests: do not use them as correct meanwhile (GDPR Article 18). Absent where there are none.',
  },
  receipt: {
    ...listOf(text),
    description: 'Codes of fields of the event that the person contests now (GDPR Article 18)',
  },
}

/** The shapes of everything that is sent and answered; those of requests come from the forms themselves. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  SignedBatch: {
    ...text,
    contentMediaType: 'application/jose',
    description:
      'A compact JWS: header exactly alg (EdDSA or ES256), kid and typ access-batch+jwt; claims as in BatchClaims.',
  },
  BatchClaims: {
    ...batch,
    properties: {
      ...batch.properties,
      events: {
        ...listOf({ $ref: '#/components/schemas/Event' }),
        ...{ minItems: 1, maxItems: MOST_EVENTS },
      },
    },
  },
  ReadClaims: wire(readClaims),
  Event: event,
  BatchAnswer: withOptional(
    record({
      ...{ stream: text, firstSeq: number, lastSeq: number, indices: listOf(whole) },
      treeSize: number,
      checkpoint: { ...text, description: 'C2SP tlog-checkpoint' },
    }),
    { disputed: { ...contested.event, ...contested.batch } },
  ),
  StreamState: record({
    lastSeq: whole,
    lastReceivedAt: { type: ['string', 'null'], format: 'date-time' },
  }),
  Receipt: record({
    ...{ stream: text, seq: number, index: whole, class: number },
    body: { ...text, description: 'The committed text' },
    salt: { ...bytes, description: 'sa and sb, 32 bytes' },
    originSalt: { ...bytes, description: 'Opens the digests of number and operator, 16 bytes' },
    subjectKey: { ...bytes, description: 'Binds the entry to the number that was sent, 32 bytes' },
    proof: { type: ['string', 'null'], description: 'C2SP tlog-proof; null until the next tick' },
    disputed: contested.receipt,
  }),
  Catalogue: catalogue,
  Document: record({ openapi: text, info: { type: 'object' }, paths: { type: 'object' } }),
  Problem: record(problem),
  SequenceProblem: record({ ...problem, expectedSeq: number }),
  EventsProblem: record({ ...problem, errors: errorList }),
}
