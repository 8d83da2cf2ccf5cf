import { dayFault, type ReportedAppointment } from '../../appointments/index.js'
import type { Party } from '../../catalogue/index.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type {
  AppointmentForm,
  AppointmentsAnswer,
  EventError,
  EventErrorCode,
  Refusal,
  SignedAppointments,
} from '../delivery.js'
import { badEvents } from '../rules.js'
import type { Addressed, Kitchen } from '../service.js'
import { lockStream } from '../store.js'
import { read } from './reads.js'

/**
 * Takes in appointments in one transaction, all of them or none. What is known, or older than what is known, writes
 * nothing: so a sender that lost the answer sends again, and nothing that comes again undoes what came between.
 */
export async function receiveAppointments(
  kitchen: Kitchen,
  signed: SignedAppointments,
  addressed: Addressed,
): Promise<Result<AppointmentsAnswer, Refusal>> {
  if (signed.stream !== addressed.stream) return refuse({ code: 'wrong_stream' })
  return read(kitchen, { signed, addressed }, async (trx, stream) => {
    const office = kitchen.catalogue.parties.byId(stream.authority)
    if (office === undefined) return refuse({ code: 'wrong_stream' })
    const reported = lookedUp(kitchen, signed, office)
    if (!reported.ok) return reported
    await lockStream(trx, stream.id)
    const reporter = { office: office.id, stream: stream.name }
    const noted = await kitchen.appointments.note(trx, reporter, reported.value)
    if (noted.ok) return ok({ stream: stream.name, ...noted.value })
    return refuse(badEvents(noted.refusal.map(({ at, ...fault }) => ({ seq: at + 1, ...fault }))))
  })
}

/** Every code looked up; all faults of all appointments at once, so that one round mends them. */
function lookedUp(
  kitchen: Kitchen,
  { appointments }: SignedAppointments,
  office: Party,
): Result<readonly ReportedAppointment[], Refusal> {
  const errors: EventError[] = []
  const seen = new Set<string>()
  const reported = appointments.flatMap((one, at): readonly ReportedAppointment[] => {
    const seq = at + 1
    if (!one.ok) {
      errors.push(...one.refusal)
      return []
    }
    const complain = (field: string, code: EventErrorCode) => void errors.push({ seq, field, code })
    if (seen.has(one.value.ref)) complain('ref', 'duplicate')
    seen.add(one.value.ref)
    return appointmentOf(one.value, { kitchen, office, complain })
  })
  return errors.length === 0 ? ok(reported) : refuse(badEvents(errors))
}

function appointmentOf(
  { ref, version, scheme, number, day, unit, status }: AppointmentForm,
  {
    kitchen: { catalogue, clock, subjects },
    office,
    complain,
  }: {
    readonly kitchen: Kitchen
    readonly office: Party
    readonly complain: (field: string, code: EventErrorCode) => void
  },
): readonly ReportedAppointment[] {
  const subject = subjects.of(scheme, number, office.code)
  const place = unit === undefined ? undefined : catalogue.units.byCode(unit)
  const fault = dayFault(day, clock.now())
  if (subject === undefined) complain('subject.value', 'malformed')
  if (unit !== undefined && place === undefined) complain('unit', 'unknown_code')
  if (fault !== undefined) complain('day', fault)
  return subject === undefined ? [] : [{ ref, version, subject, day, status, unit: place?.id }]
}
