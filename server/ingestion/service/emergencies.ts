import type { ReportedEmergency } from '../../emergencies/index.js'
import type { Trx } from '../../database.js'
import { readDeliveredAccesses } from '../../overview/index.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type {
  EmergenciesAnswer,
  EmergencyForm,
  EventError,
  Refusal,
  SignedEmergencies,
  Stream,
} from '../delivery.js'
import { badEvents } from '../rules.js'
import type { Addressed, Kitchen } from '../service.js'
import { findBatch, lockStream } from '../store.js'
import { read } from './reads.js'

/**
 * Takes in what an office says of accesses that it delivered, in one transaction: all of it or none. What is known
 * writes nothing, so a sender that lost the answer sends again.
 */
export async function receiveEmergencies(
  kitchen: Kitchen,
  signed: SignedEmergencies,
  addressed: Addressed,
): Promise<Result<EmergenciesAnswer, Refusal>> {
  if (signed.stream !== addressed.stream) return refuse({ code: 'wrong_stream' })
  return read(kitchen, { signed, addressed }, async (trx, stream) => {
    const forms = wellFormed(signed)
    if (!forms.ok) return forms
    await lockStream(trx, stream.id)
    const reported = await lookedUp(trx, stream, forms.value)
    const noted = await kitchen.emergencies.note(trx, reported)
    if (noted.ok) return ok({ stream: stream.name, ...noted.value })
    return refuse(badEvents(noted.refusal.map(({ at, ...fault }) => ({ seq: at + 1, ...fault }))))
  })
}

/** All faults of all declarations at once, so that one round mends them. */
function wellFormed({ emergencies }: SignedEmergencies): Result<readonly EmergencyForm[], Refusal> {
  const errors: EventError[] = []
  const seen = new Set<number>()
  const forms = emergencies.flatMap((one, at): readonly EmergencyForm[] => {
    if (!one.ok) {
      errors.push(...one.refusal)
      return []
    }
    if (seen.has(one.value.seq)) errors.push({ seq: at + 1, field: 'seq', code: 'duplicate' })
    seen.add(one.value.seq)
    return [one.value]
  })
  return errors.length === 0 ? ok(forms) : refuse(badEvents(errors))
}

/** Numbers of the own stream alone: whose accesses other numbers are, nobody learns here. */
async function lookedUp(
  trx: Trx,
  stream: Stream,
  forms: readonly EmergencyForm[],
): Promise<readonly ReportedEmergency[]> {
  const places: { readonly seq: number; readonly index: number }[] = []
  for (const { seq } of forms) {
    const batch = await findBatch(trx, stream.id, seq)
    const index = batch?.answer.indices[seq - batch.place.firstSeq]
    if (index !== undefined) places.push({ seq, index })
  }
  const accesses = await readDeliveredAccesses(trx, stream.id, places)
  return forms.map(({ seq, ...form }) => ({ ...form, access: accesses.get(seq) }))
}
