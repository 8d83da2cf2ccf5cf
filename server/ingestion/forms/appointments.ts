import { z } from 'zod'
import type { Status } from '../../appointments/index.js'
import { germanDay } from '../../platform/kernel/days.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { EventError, ReadAppointment, Refusal, SignedAppointments } from '../delivery.js'
import { assertionOf, type Expected } from '../forms.js'
import { dayOf, instantOf } from '../instant.js'
import { MOST_EVENTS } from '../rules.js'
import { code, errorsOf, readBy, wireSubject } from './event.js'
import { commonClaims, guardClaims, isSigned, pathsOf, type Envelope } from './signed.js'

/** The longest appointment (milliseconds): what lasts longer is a stay, and has more than one day. */
const LONGEST = 86_400_000

const MOST_VERSIONS = 1_000_000
const STATUSES = ['booked', 'cancelled'] as const satisfies readonly Status[]

/** One appointment on the wire; strict, so that no reason and no words come along. */
export const wireAppointment = z.strictObject({
  ref: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .describe('Your own name for it in this stream, opaque; kept as a hash alone'),
  version: z
    .int()
    .min(1)
    .max(MOST_VERSIONS)
    .describe(
      'Counts up with each change: the highest one counts, a lower one changes nothing; the last one calls off',
    ),
  subject: wireSubject.describe('With whom'),
  day: readBy(dayOf).optional().describe('Day in Germany, YYYY-MM-DD; or `from`'),
  from: readBy(instantOf)
    .optional()
    .describe('RFC 3339 date-time with offset; only its day in Germany is kept'),
  until: readBy(instantOf).optional().describe('After `from`, by a day at most; not kept'),
  unit: code('kind of unit').optional(),
  status: z.enum(STATUSES),
})

/** Claims of `typ: appointment-batch+jwt`. */
export const appointmentClaims = z.strictObject({
  ...commonClaims,
  stream: z.string().min(1).max(100),
  appointments: z.array(z.unknown()).min(1),
})

/** Signature, audience, times and claims; appointments with a bad form are carried as errors. */
export async function readAppointments(
  envelope: Envelope,
  expected: Expected,
): Promise<Result<SignedAppointments, Refusal>> {
  if (!(await isSigned(envelope, expected.publicJwk))) return refuse({ code: 'bad_signature' })
  const fault = guardClaims(envelope.claims, expected)
  if (fault !== undefined) return refuse(fault)
  const claims = appointmentClaims.safeParse(envelope.claims)
  if (!claims.success) return refuse({ code: 'bad_claims', detail: pathsOf(claims.error) })
  const { iss, stream, appointments } = claims.data
  if (appointments.length > MOST_EVENTS) {
    return refuse({ code: 'too_large', detail: 'appointments' })
  }
  return ok({
    ...{ issuer: iss, stream, assertion: assertionOf(envelope, claims.data) },
    appointments: appointments.map((one, at) => readAppointment(one, at + 1)),
  })
}

/** Reads one appointment, by its place from 1; all faults of its form at once. */
export function readAppointment(raw: unknown, place: number): ReadAppointment {
  const { success, data, error } = wireAppointment.safeParse(raw, { reportInput: true })
  if (!success) return refuse(error.issues.flatMap((issue) => errorsOf(issue, place)))
  const { subject, day, from, until, ...rest } = data
  // Whatever stands can be called off, so its version is never the last one.
  if (rest.status === 'booked' && rest.version === MOST_VERSIONS) {
    return refuse([{ seq: place, field: 'version', code: 'out_of_range' }])
  }
  const on = dayIn({ day, from, until }, place)
  if (!on.ok) return on
  return ok({ ...rest, day: on.value, scheme: subject.scheme, number: subject.value })
}

interface When {
  readonly day: string | undefined
  readonly from: Date | undefined
  readonly until: Date | undefined
}

/** A day or a time, never both: they could differ. */
function dayIn({ day, from, until }: When, seq: number): Result<string, readonly EventError[]> {
  const wrong = (field: string, fault: EventError['code']) => refuse([{ seq, field, code: fault }])
  if (from === undefined) {
    if (until !== undefined) return wrong('from', 'required')
    return day === undefined ? wrong('day', 'required') : ok(day)
  }
  if (day !== undefined) return wrong('day', 'malformed')
  const lasts = until === undefined ? 1 : until.getTime() - from.getTime()
  return lasts <= 0 || lasts > LONGEST ? wrong('until', 'out_of_range') : ok(germanDay(from))
}
