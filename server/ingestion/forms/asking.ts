import { z } from 'zod'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { Refusal, SignedRead } from '../delivery.js'
import { assertionOf, type Expected } from '../forms.js'
import { commonClaims, guardClaims, isSigned, pathsOf, type Envelope } from './signed.js'

const MOST_PARTS = 20

/** Claims of `typ: consent-ask+jwt`: whom an office asks, and with which template. */
export const askClaims = z.strictObject({
  ...commonClaims,
  subject: z.strictObject({
    scheme: z.enum(['azr', 'idnr', 'local']),
    value: z.string().min(1).max(100).describe('The number; stored as a keyed hash alone'),
  }),
  template: z.guid().toLowerCase().describe('Id of a data agreement of the own office'),
  parts: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(MOST_PARTS)
    .optional()
    .describe('Parts that are asked; all of them where nothing is said'),
})

/** An asking whose signature, times and audience hold; its codes are not yet checked. */
export interface SignedAsking extends SignedRead {
  readonly scheme: 'azr' | 'idnr' | 'local'
  /** The person's number; it leaves this room as a keyed hash alone. */
  readonly number: string
  readonly template: string
  readonly parts?: readonly string[] | undefined
}

/** Signature, audience, times and claims of an asking. */
export async function readAsking(
  envelope: Envelope,
  expected: Expected,
): Promise<Result<SignedAsking, Refusal>> {
  if (!(await isSigned(envelope, expected.publicJwk))) return refuse({ code: 'bad_signature' })
  const fault = guardClaims(envelope.claims, expected)
  if (fault !== undefined) return refuse(fault)
  const claims = askClaims.safeParse(envelope.claims)
  if (!claims.success) return refuse({ code: 'bad_claims', detail: pathsOf(claims.error) })
  const { iss, subject, template, parts } = claims.data
  return ok({
    ...{ issuer: iss, assertion: assertionOf(envelope, claims.data), template, parts },
    ...{ scheme: subject.scheme, number: subject.value },
  })
}
