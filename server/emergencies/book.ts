import { addPeriod } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { Act, CommitAll } from '../journal/index.js'
import type { DeliveredAccess } from '../overview/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { utcDay } from '../platform/kernel/days.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { EMERGENCY_CLASS, SEALED_EMERGENCY_CLASS } from './journal.js'
import type {
  DeclarationFault,
  NotedEmergencies,
  ReportedEmergency,
  ReportedNote,
  Said,
} from './model.js'
import { isDeclarable, noteFault, type Ground } from './rules.js'
import { factsOf, insertDeclarations, readSaid, tableOf } from './store.js'

/** What the book is made of. */
export interface EmergencyBookParts {
  readonly commitAll: CommitAll
  readonly clock: Clock
}

/** Where declarations of an office are written down; the caller holds the lock of its stream. */
export interface EmergencyBook {
  /**
   * Writes down what is new of each, an entry of the log each: all of them, or nothing. What is known writes nothing, in
   * whatever order it comes; a ground stays as it was declared, and a note as it was told.
   */
  note(
    trx: Trx,
    reported: readonly ReportedEmergency[],
  ): Promise<Result<NotedEmergencies, readonly DeclarationFault[]>>
}

/** Makes the book. */
export function createEmergencyBook({ commitAll, clock }: EmergencyBookParts): EmergencyBook {
  return {
    note: async (trx, reported) => {
      const now = clock.now()
      const indices = reported.flatMap(({ access }) => (access === undefined ? [] : [access.index]))
      const said = await readSaid(trx, indices)
      const faults = reported.flatMap((one, at) => {
        const known = one.access && said.get(one.access.index)
        return faultsOf(one, { known, now }).map((fault) => ({ at, ...fault }))
      })
      if (faults.length > 0) return refuse(faults)
      const changes = reported.map((one) => changesOf(one, said))
      const all = changes.flat()
      if (all.length > 0) await write(trx, { commitAll, at: now }, all)
      return ok({
        recorded: all.length,
        known: changes.filter((own) => own.length === 0).length,
      })
    },
  }
}

type Fault = Omit<DeclarationFault, 'at'>

/** No answer depends on the person, or on whether the access is withheld: only on what the office delivered. */
function faultsOf(
  { access, ground, note }: ReportedEmergency,
  { known, now }: { readonly known: Said | undefined; readonly now: Date },
): readonly Fault[] {
  if (access === undefined) return [{ field: 'seq', code: 'unknown_seq' }]
  const { occurredAt } = access
  if (!access.isManual) return [{ field: 'seq', code: 'not_manual' }]
  if (known === undefined && !isDeclarable(occurredAt, now)) {
    return [{ field: 'seq', code: 'too_late' }]
  }
  const wrong = note && noteFault(note.at, { occurredAt, now })
  return [
    ...(known !== undefined && known.ground !== ground
      ? [{ field: 'ground', code: 'ground_changed' } as const]
      : []),
    ...(wrong === undefined ? [] : [{ field: 'notedAt', code: wrong } as const]),
    ...(note && known?.note && !isSame(note, known.note)
      ? [{ field: 'notedAt', code: 'note_changed' } as const]
      : []),
  ]
}

function isSame(one: ReportedNote, other: ReportedNote): boolean {
  return one.at.getTime() === other.at.getTime() && one.by === other.by
}

/** One entry to be: a declaration, or the note of one. */
interface Change {
  readonly access: DeliveredAccess
  readonly ground: Ground
  readonly note?: ReportedNote
}

/** A declaration that comes with its note is two entries: each can be told by itself as well. */
function changesOf(
  { access, ground, note }: ReportedEmergency,
  said: ReadonlyMap<number, Said>,
): readonly Change[] {
  if (access === undefined) return []
  const known = said.get(access.index)
  return [
    ...(known === undefined ? [{ access, ground }] : []),
    ...(note !== undefined && known?.note === undefined ? [{ access, ground, note }] : []),
  ]
}

async function write(
  trx: Trx,
  { commitAll, at }: { commitAll: CommitAll; at: Date },
  changes: readonly Change[],
): Promise<void> {
  const rows = await commitAll(
    trx,
    changes.map((change) => actOf(change, at)),
  )
  const own = rows.map((row, place) => ({ ...row, ...ownOf(changes[place]) }))
  for (const isSealed of [false, true]) {
    const those = own.filter((_row, place) => changes[place]?.access.isSealed === isSealed)
    await insertDeclarations(trx, tableOf(isSealed), those)
  }
}

function ownOf(change: Change | undefined) {
  if (change === undefined) throw new Error('the log gave more places than there were entries')
  const { access, ground, note } = change
  return {
    ...{ access: access.index, occurred_at: access.occurredAt, ground },
    ...{ noted_at: note?.at ?? null, noted_by: note?.by ?? null },
  }
}

function actOf(change: Change, at: Date): Act {
  const { access, note } = change
  const kind = access.isSealed ? SEALED_EMERGENCY_CLASS : EMERGENCY_CLASS
  const longest = addPeriod(utcDay(at), kind.retention)
  return {
    ...{ thing: String(access.index), subject: access.subject, at, class: kind.class },
    ...(note === undefined ? { event: 'declared', number: 1 } : { event: 'noted', number: 2 }),
    expiresOn: access.expiresOn < longest ? access.expiresOn : longest,
    // Whoever acted answers for it, also where a register reports what it was asked.
    desk: { office: access.actor, unit: access.unit },
    facts: factsOf(ownOf(change)),
  }
}
