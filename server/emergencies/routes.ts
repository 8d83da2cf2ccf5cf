import type { Actor } from '../identity/actor.js'
import type { Exchange } from '../platform/http/route.js'
import { emergencyNote, type EmergencyNote } from './pages.js'
import type { Emergencies } from './service.js'

/** What of an access decides what stands beside it. */
interface Access {
  readonly index: number
  /** Leaf index of the entry that the law held back, where this one shows it. */
  readonly heldIndex?: number
}

/** What stands about an emergency on the page of an access; a letter alone reads nothing of it. */
export function emergencyNotes({ emergencies }: { readonly emergencies: Pick<Emergencies, 'of'> }) {
  return {
    ofAccess: async (
      { actor, t, now }: Exchange<Actor>,
      { index, heldIndex }: Access,
    ): Promise<EmergencyNote | undefined> => {
      if (actor.role !== 'resident' || actor.assurance === 'letter') return undefined
      const found = await emergencies.of(actor, { index, heldIndex })
      return found && emergencyNote(t, found, now)
    },
  }
}
