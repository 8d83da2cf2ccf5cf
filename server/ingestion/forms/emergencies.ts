import { z } from 'zod'
import type { Ground, Head } from '../../emergencies/index.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { ReadEmergency, Refusal, SignedEmergencies } from '../delivery.js'
import { assertionOf, type Expected } from '../forms.js'
import { instantOf } from '../instant.js'
import { errorsOf, readBy } from './event.js'
import { commonClaims, guardClaims, isSigned, pathsOf, type Envelope } from './signed.js'

/** Most declarations in one request: emergencies are few, and each is looked up among what was delivered. */
export const MOST_EMERGENCIES = 100

const GROUNDS = [
  ...(['life_or_limb', 'missing_person', 'child_at_risk', 'public_safety'] as const),
  'systems_failed',
] as const satisfies readonly Ground[]
const HEADS = ['unit_head', 'office_head'] as const satisfies readonly Head[]

/** One access in an emergency on the wire; strict, so that no words come along. */
export const wireEmergency = z.strictObject({
  seq: z.int().min(1).describe('Number of the access in this stream; it was made by hand'),
  ground: z.enum(GROUNDS).describe('Stays as it was declared'),
  notedAt: readBy(instantOf)
    .optional()
    .describe('When the note was written: RFC 3339 date-time with offset; with `notedBy`'),
  notedBy: z.enum(HEADS).optional().describe('As what whoever wrote it is in charge'),
})

/** Claims of `typ: emergency-batch+jwt`. */
export const emergencyClaims = z.strictObject({
  ...commonClaims,
  stream: z.string().min(1).max(100),
  emergencies: z.array(z.unknown()).min(1),
})

/** Signature, audience, times and claims; declarations with a bad form are carried as errors. */
export async function readEmergencies(
  envelope: Envelope,
  expected: Expected,
): Promise<Result<SignedEmergencies, Refusal>> {
  if (!(await isSigned(envelope, expected.publicJwk))) return refuse({ code: 'bad_signature' })
  const fault = guardClaims(envelope.claims, expected)
  if (fault !== undefined) return refuse(fault)
  const claims = emergencyClaims.safeParse(envelope.claims)
  if (!claims.success) return refuse({ code: 'bad_claims', detail: pathsOf(claims.error) })
  const { iss, stream, emergencies } = claims.data
  if (emergencies.length > MOST_EMERGENCIES) {
    return refuse({ code: 'too_large', detail: 'emergencies' })
  }
  return ok({
    ...{ issuer: iss, stream, assertion: assertionOf(envelope, claims.data) },
    emergencies: emergencies.map((one, at) => readEmergency(one, at + 1)),
  })
}

/** Reads one declaration, by its place from 1; all faults of its form at once. */
export function readEmergency(raw: unknown, place: number): ReadEmergency {
  const { success, data, error } = wireEmergency.safeParse(raw, { reportInput: true })
  if (!success) return refuse(error.issues.flatMap((issue) => errorsOf(issue, place)))
  const { seq, ground, notedAt: at, notedBy: by } = data
  if (at === undefined && by === undefined) return ok({ seq, ground })
  if (at === undefined || by === undefined) {
    const field = at === undefined ? 'notedAt' : 'notedBy'
    return refuse([{ seq: place, field, code: 'required' }])
  }
  return ok({ seq, ground, note: { at, by } })
}
