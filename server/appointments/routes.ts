import type { Catalogue, Operation, Party, Unit } from '../catalogue/index.js'
import type { Actor, ResidentActor } from '../identity/actor.js'
import type { Exchange } from '../platform/http/route.js'
import { appointmentNote, type AppointmentNote } from './pages.js'
import type { Appointments } from './service.js'

/** What notes are made of. */
export interface NoteParts {
  readonly appointments: Pick<Appointments, 'explaining' | 'atOffice'>
  readonly catalogue: Pick<Catalogue, 'texts'>
}

/** What of an access decides what stands beside it. */
interface Access {
  readonly index: number
  /** Leaf index of the entry that the law held back, where this one shows it. */
  readonly heldIndex?: number
  readonly occurredAt: Date
  readonly operation: Operation
  readonly source: Party
  readonly recipient: Party
  readonly unit?: Unit
  /** What it broke when it was recorded. */
  readonly flags: readonly unknown[]
}

type Visit = Exchange<Actor>

/**
 * What stands about appointments on the pages of an office and of an access. A letter sees no place and no day, and what
 * broke a rule is explained by nothing.
 */
export function appointmentNotes({ appointments, catalogue }: NoteParts) {
  const pen = ({ t, language }: Visit) => ({ t, texts: catalogue.texts(language.tag) })
  return {
    ofAccess: async (visit: Visit, access: Access): Promise<AppointmentNote | undefined> => {
      const resident = readerOf(visit)
      if (resident === undefined || access.flags.length > 0) return undefined
      const { occurredAt, operation, recipient, source, unit } = access
      // What was held back is explained by what stood when it came, not when it was shown.
      const index = access.heldIndex ?? access.index
      // Whoever asks acts; what is sent, stored or erased is done by its source: as the rules of oversight see it.
      const office = operation === 'query' ? recipient : source
      const those = await appointments.explaining(resident, { index, occurredAt, office, unit })
      return appointmentNote(pen(visit), 'access', those)
    },
    ofOffice: async (visit: Visit, office: Party): Promise<AppointmentNote | undefined> => {
      const resident = readerOf(visit)
      if (resident === undefined) return undefined
      const those = await appointments.atOffice(resident, office)
      return appointmentNote(pen(visit), 'office', those)
    },
  }
}

function readerOf({ actor }: Visit): ResidentActor | undefined {
  return actor.role === 'resident' && actor.assurance !== 'letter' ? actor : undefined
}
