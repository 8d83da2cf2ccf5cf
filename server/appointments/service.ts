import type { Catalogue, Party, Unit } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { OwnAppointment, SaidAppointment } from './model.js'
import { explainsAccess } from './rules.js'
import { deleteDue, readSaid } from './store.js'

/** What reading is made of. */
export interface AppointmentParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Pick<Catalogue, 'parties' | 'units'>
}

/** An access whose explanation is asked for: its office acted. */
export interface ExplainedAccess {
  readonly index: number
  readonly occurredAt: Date
  readonly office: Party
  readonly unit?: Unit | undefined
}

/** What a resident reads of own appointments; a session that rests on a letter sees none (ASSURANCE). */
export interface Appointments {
  /** Everything that offices said of them, each entry, in the order of the log. */
  all(actor: ResidentActor): Promise<readonly OwnAppointment[]>
  /** What stands at one office, the latest day first; what was called off is said to be. */
  atOffice(actor: ResidentActor, office: Party): Promise<readonly OwnAppointment[]>
  /** Those that explain one access. */
  explaining(actor: ResidentActor, access: ExplainedAccess): Promise<readonly OwnAppointment[]>
  /** Deletes what is due. */
  forget(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the reading side of the room. */
export function createAppointments(parts: AppointmentParts): Appointments {
  const { inTransaction } = parts
  const read = async (actor: ResidentActor, office?: number) => {
    if (actor.assurance === 'letter') throw new DomainError('ASSURANCE')
    return inTransaction(residentScope(actor), (trx) => readSaid(trx, office))
  }
  return {
    all: async (actor) => (await read(actor)).map((one) => inWords(parts, one)),
    atOffice: async (actor, office) => {
      const said = await read(actor, office.id)
      return byDay(said.filter(({ isLast }) => isLast)).map((one) => inWords(parts, one))
    },
    explaining: async (actor, { index, occurredAt, office, unit }) => {
      const said = await read(actor, office.id)
      const looked = { index, occurredAt, unit: unit?.id ?? 0 }
      const those = said.filter((one) => one.status === 'booked' && explainsAccess(one, looked))
      return byDay(saidOnce(those)).map((one) => inWords(parts, one))
    },
    forget: () => inTransaction(RETENTION, deleteDue),
  }
}

/** What an office said again stands there once, as it was told first. */
function saidOnce(said: readonly SaidAppointment[]): readonly SaidAppointment[] {
  const keyOf = ({ ref, day, unit }: SaidAppointment) => `${ref} ${day} ${unit ?? ''}`
  const first = new Map([...said].reverse().map((one) => [keyOf(one), one]))
  return [...first.values()]
}

function byDay(said: readonly SaidAppointment[]): readonly SaidAppointment[] {
  return [...said].sort((one, other) => other.day.localeCompare(one.day) || other.from - one.from)
}

function inWords(
  { catalogue: { parties, units } }: AppointmentParts,
  { office, unit, day, status, toldAt, since, expiresOn }: SaidAppointment,
): OwnAppointment {
  const party = parties.byId(office)
  if (party === undefined) throw new Error(`the catalogue has no office ${office}`)
  const known = unit === undefined ? undefined : units.byId(unit)
  return {
    ...{ office: party, day, status, toldAt, expiresOn },
    ...(known === undefined ? {} : { unit: known }),
    ...(since && { since }),
  }
}
