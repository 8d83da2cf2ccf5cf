import type { Trx } from '../database.js'
import type { Act, CommitAll } from '../journal/index.js'
import { sha256 } from '../ledger/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { APPOINTMENT_CLASS, expiryOf } from './journal.js'
import type {
  BookFault,
  LastSaid,
  NotedAppointments,
  ReportedAppointment,
  Reporter,
} from './model.js'
import { factsOf, insertAppointments, readLast } from './store.js'

/** What the book is made of. */
export interface BookParts {
  readonly commitAll: CommitAll
  readonly clock: Clock
}

/** Where an office's appointments are written down; the caller holds the lock of its stream. */
export interface AppointmentBook {
  /**
   * Writes down what is new, each an entry of the log: all of it, or nothing. Whatever says what is known, or is older
   * than it, writes nothing; a reference stays with its person, and a version with what it said.
   */
  note(
    trx: Trx,
    reporter: Reporter,
    reported: readonly ReportedAppointment[],
  ): Promise<Result<NotedAppointments, readonly BookFault[]>>
}

/** What is to be written: what was reported, and what had been said before. */
interface Change {
  readonly reported: ReportedAppointment
  readonly ref: Buffer
  readonly last: LastSaid | undefined
}

/** Makes the book. */
export function createAppointmentBook({ commitAll, clock }: BookParts): AppointmentBook {
  return {
    note: async (trx, reporter, reported) => {
      const refs = reported.map(({ ref }) => refOf(reporter.stream, ref))
      const known = await readLast(trx, refs)
      const all = reported.map((one, at): Change => {
        const ref = refs[at] ?? Buffer.alloc(0)
        return { reported: one, ref, last: known.get(ref.toString('hex')) }
      })
      const faults = all.flatMap((one, at) => {
        const fault = faultOf(one)
        return fault === undefined ? [] : [{ at, ...fault }]
      })
      if (faults.length > 0) return refuse(faults)
      const changes = all.filter((one) => isNewer(one) && saysMore(one))
      if (changes.length > 0) {
        const at = clock.now()
        const acts = changes.map((change) => actOf(change, { office: reporter.office, at }))
        const rows = await commitAll(trx, acts)
        const added = rows.map((row, place) => ({ ...row, ...ownOf(changes[place]) }))
        await insertAppointments(trx, added)
      }
      return ok({ recorded: changes.length, known: all.length - changes.length })
    },
  }
}

/** The office's own name for an appointment may tell of a case: only its hash is kept. */
function refOf(stream: string, ref: string): Buffer {
  return sha256(`mirat/appointment/v1\0${stream}\0${ref}`)
}

function faultOf(change: Change): Omit<BookFault, 'at'> | undefined {
  const { reported, last } = change
  if (last === undefined) return undefined
  if (last.subject !== reported.subject) return { field: 'ref', code: 'subject_changed' }
  const isUsed = last.version === reported.version && saysMore(change)
  return isUsed ? { field: 'version', code: 'version_used' } : undefined
}

function isNewer({ reported, last }: Change): boolean {
  return last === undefined || reported.version > last.version
}

/** Nothing is left of an appointment that is called off before the portal heard of it. */
function saysMore({ reported, last }: Change): boolean {
  const { status, day, unit } = reported
  if (status === 'cancelled') return last?.status === 'booked'
  return last?.status !== 'booked' || last.day !== day || last.unit !== unit
}

/** The day of an appointment that is called off is the one that was said before. */
function ownOf(change: Change | undefined): { readonly ref: Buffer; readonly day: string } {
  if (change === undefined) throw new Error('the log gave more places than there were entries')
  const { reported, ref, last } = change
  const isOff = reported.status === 'cancelled' && last !== undefined
  return { ref, day: isOff ? last.day : reported.day }
}

function actOf(change: Change, { office, at }: { office: number; at: Date }): Act {
  const { reported, last } = change
  const own = ownOf(change)
  const unit = reported.status === 'cancelled' ? last?.unit : reported.unit
  const expiry = expiryOf(own.day)
  return {
    ...{ thing: own.ref.toString('hex'), subject: reported.subject, event: reported.status, at },
    ...{ number: reported.version, class: APPOINTMENT_CLASS.class },
    // An entry that ends another lives as long as it, or the ended one would stand again.
    expiresOn: last !== undefined && last.expiresOn > expiry ? last.expiresOn : expiry,
    desk: { office, unit },
    facts: factsOf(own),
  }
}
