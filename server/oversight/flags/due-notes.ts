import type { Party } from '../../catalogue/index.js'
import type { Database } from '../../database.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { utcDay } from '../../platform/kernel/days.js'
import { noteEmergencyDay, readWatch } from '../store/watch.js'
import { readEmergencies } from '../store/watched.js'
import type { Acting } from './acting.js'
import type { Turn } from './comparing.js'
import { daysDue, emergencyFindings, lastDayOver } from './emergency.js'
import { writeFindings } from './noting.js'
import { watchingScope } from './scope.js'

/** What looking for notes is made of. */
interface NotesParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly acting: Acting
}

const WORKER: Scope = { login: 'worker', role: 'worker' }

/**
 * Looks for notes that were due on days that are over: accesses are judged when they come, and their notes are due a
 * week later. Each day is looked at once, so that a rule that was off meanwhile finds nothing in hindsight.
 */
export async function judgeNotes(
  { inTransaction, clock, acting }: NotesParts,
  office: Party,
  { state }: Turn,
): Promise<void> {
  const now = clock.now()
  const last = lastDayOver(now)
  const { emergencyDay } = await inTransaction(WORKER, (trx) => readWatch(trx, office.id))
  if (emergencyDay !== undefined && emergencyDay >= last) return
  const accesses = await inTransaction(watchingScope(office.id), (trx) =>
    readEmergencies(trx, daysDue(last, emergencyDay), utcDay(now)),
  )
  await inTransaction(WORKER, async (trx) => {
    if (!(await noteEmergencyDay(trx, office.id, last))) return
    const findings = accesses.flatMap((access) => emergencyFindings(access, now))
    await writeFindings(trx, findings, { office: office.id, size: state.size, at: now, acting })
  })
}
