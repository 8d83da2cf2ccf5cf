import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import { noteDue } from './rules.js'
import type { Emergencies } from './service.js'

const SENSES = {
  ...{ access: 'inner', occurredAt: 'plain', office: 'party', unit: 'unit' },
  ...{ ground: 'emergencies:ground.*', declaredAt: 'plain', note: 'emergencies:note.*' },
  ...{ notedAt: 'plain', notedBy: 'emergencies:by.*', noteToldAt: 'plain', noteDue: 'plain' },
  expiresOn: 'inner',
} as const

/** What this room keeps of a resident: which accesses offices declared to be in an emergency, and the note of each. */
export function emergencySections(emergencies: Pick<Emergencies, 'all'>): Section<ResidentActor>[] {
  return [
    {
      name: 'emergencies',
      tables: ['emergencies.declaration'],
      senses: SENSES,
      items: async function* (actor) {
        for (const one of await emergencies.all(actor)) {
          const { access, occurredAt, office, unit, ground, declaredAt, note, expiresOn } = one
          yield {
            ...{ access, occurredAt, office: office.code, unit: unit?.code ?? null, ground },
            ...{ declaredAt, note: note === undefined ? 'none' : 'written' },
            ...{ notedAt: note?.at ?? null, notedBy: note?.by ?? null },
            ...{ noteToldAt: note?.toldAt ?? null, noteDue: noteDue(occurredAt), expiresOn },
          }
        }
      },
    },
  ]
}
