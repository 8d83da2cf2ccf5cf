import type { Trx } from '../database.js'
import type { Act, CommitAll } from '../journal/index.js'
import { preparedHmac } from '../ledger/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { crowdedOf } from './crowd.js'
import { APPOINTMENT_CLASS, expiryOf } from './journal.js'
import type {
  BookFault,
  Change,
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
  /** Hides the office's own names for appointments (32 bytes). */
  readonly refKey: Uint8Array
}

/** Where an office's appointments are written down; the caller holds the lock of its stream. */
export interface AppointmentBook {
  /**
   * Writes down each higher version, an entry of the log: all of them, or nothing. Whatever is known, or older than
   * what is known, writes nothing; a reference stays with its person, and a version with what it said.
   */
  note(
    trx: Trx,
    reporter: Reporter,
    reported: readonly ReportedAppointment[],
  ): Promise<Result<NotedAppointments, readonly BookFault[]>>
}

/** Makes the book. */
export function createAppointmentBook({ commitAll, clock, refKey }: BookParts): AppointmentBook {
  return {
    note: async (trx, reporter, reported) => {
      const refs = reported.map(({ ref }) => refOf(refKey, `${reporter.stream}\0${ref}`))
      const known = await readLast(trx, refs)
      const all = reported.map((one, at): Change => {
        const ref = refs[at] ?? Buffer.alloc(0)
        return { at, reported: one, ref, last: known.get(ref.toString('hex')) }
      })
      const changes = all.filter(isNewer)
      const crowded = await crowdedOf(trx, reporter.office, changes)
      const faults = [...all.flatMap(faultsOf), ...crowded]
      if (faults.length > 0) return refuse(faults)
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

/** The office's own name for an appointment may be a file number, which anybody could try out without the key. */
function refOf(key: Uint8Array, name: string): Buffer {
  return preparedHmac(key)(`mirat/appointment/v1\0${name}`)
}

function faultsOf(change: Change): readonly BookFault[] {
  const { at, reported, last } = change
  if (last === undefined) return []
  if (last.subject !== reported.subject) return [{ at, field: 'ref', code: 'subject_changed' }]
  const isUsed = last.version === reported.version && saysOtherwise(reported, last)
  return isUsed ? [{ at, field: 'version', code: 'version_used' }] : []
}

/** A version that says what was said before is remembered as well: an older one that comes late must not count. */
function isNewer({ reported, last }: Change): boolean {
  return last === undefined || reported.version > last.version
}

function saysOtherwise({ status, day, unit }: ReportedAppointment, last: LastSaid): boolean {
  if (status === 'cancelled') return last.status === 'booked'
  return last.status !== 'booked' || last.day !== day || last.unit !== unit
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
