import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { OwnEmergency, SaidEmergency } from './model.js'
import { deleteDue, readOwn, type AskedAccess } from './store.js'

/** What reading is made of. */
export interface EmergencyParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Pick<Catalogue, 'parties' | 'units'>
}

/** What a resident reads of accesses in an emergency; a session that rests on a letter reads none (ASSURANCE). */
export interface Emergencies {
  /** Of all own accesses that they see. */
  all(actor: ResidentActor): Promise<readonly OwnEmergency[]>
  /** Of one access that they see. */
  of(actor: ResidentActor, access: AskedAccess): Promise<OwnEmergency | undefined>
  /** Deletes what is due. */
  forget(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the reading side of the room. */
export function createEmergencies(parts: EmergencyParts): Emergencies {
  const { inTransaction } = parts
  const read = async (actor: ResidentActor, asked?: AskedAccess) => {
    if (actor.assurance === 'letter') throw new DomainError('ASSURANCE')
    const said = await inTransaction(residentScope(actor), (trx) => readOwn(trx, asked))
    return said.map((one) => inWords(parts, one))
  }
  return {
    all: (actor) => read(actor),
    of: async (actor, access) => (await read(actor, access))[0],
    forget: () => inTransaction(RETENTION, deleteDue),
  }
}

function inWords(
  { catalogue: { parties, units } }: EmergencyParts,
  { office, unit, ...said }: SaidEmergency,
): OwnEmergency {
  const party = parties.byId(office)
  if (party === undefined) throw new Error(`the catalogue has no office ${office}`)
  const known = unit === undefined ? undefined : units.byId(unit)
  return { ...said, office: party, ...(known === undefined ? {} : { unit: known }) }
}
