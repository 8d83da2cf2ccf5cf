import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Appointments } from './service.js'

const SENSES = {
  ...{ office: 'party', unit: 'unit', day: 'plain', state: 'appointments:status.*' },
  ...{ toldAt: 'plain', expiresOn: 'inner' },
} as const

/** What this room keeps of a resident: what offices said of their appointments, each entry of it. */
export function appointmentSections(
  appointments: Pick<Appointments, 'all'>,
): Section<ResidentActor>[] {
  return [
    {
      name: 'appointments',
      tables: ['appointments.appointment'],
      senses: SENSES,
      items: async function* (actor) {
        for (const { office, unit, day, status, toldAt, expiresOn } of await appointments.all(
          actor,
        )) {
          yield {
            ...{ office: office.code, unit: unit?.code ?? null, day, state: status },
            ...{ toldAt, expiresOn },
          }
        }
      },
    },
  ]
}
