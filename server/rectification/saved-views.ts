import { staffScope } from '../identity/index.js'
import type { StaffActor } from '../identity/actor.js'
import { StepRefused } from './error.js'
import type { CaseworkParts } from './parts.js'
import { deleteView, insertView } from './store/views.js'
import type { SavedView } from './views.js'

/** Views of the queue: everybody has their own, at most twelve. */
export interface SavedViews {
  /** Takes the place of the view of the same name; StepRefused (TOO_MANY) where there is no place left. */
  save(actor: StaffActor, view: Omit<SavedView, 'place'>): Promise<void>
  drop(actor: StaffActor, place: number): Promise<void>
}

/** Makes the views of the room. */
export function createSavedViews({
  inTransaction,
  clock,
}: Pick<CaseworkParts, 'inTransaction' | 'clock'>): SavedViews {
  return {
    save: (actor, { name, query }) =>
      inTransaction(staffScope(actor), async (trx) => {
        const view = { name, query, staff: actor.staff, at: clock.now() }
        if (!(await insertView(trx, view))) throw new StepRefused('TOO_MANY')
      }),
    drop: (actor, place) => inTransaction(staffScope(actor), (trx) => deleteView(trx, place)),
  }
}
