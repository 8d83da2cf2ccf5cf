import type { StaffActor } from '../../identity/index.js'
import { utcDay } from '../../platform/kernel/days.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { readAround, readWatched } from '../store/watched.js'
import { NOTHING_KNOWN } from './access.js'
import { DEALING_DAYS, isSuspicious, reasonsOf, type Reason } from './explanation.js'
import { watchingScope } from './scope.js'
import { dutiesOf, type WatchingParts } from './watching.js'

/** A reason, with the kind of unit of an appointment by its code. */
export type NamedReason = Reason & { readonly unitCode?: string }

/** What explains one access, as the portal knows it now. */
export interface Why {
  readonly at: Date
  /** The first one is its explanation. */
  readonly reasons: readonly NamedReason[]
  /**
   * Why there is none: the portal knows of nothing, the access broke a rule when it was recorded, or the other office acted,
   * of whose business nobody here knows.
   */
  readonly nothing: 'unknown' | 'broken' | 'other'
}

/** Explains one access to the officer who has opened it; nothing of the answer is kept. */
export interface Explaining {
  /** By its leaf index; the page has to be a look at the access already. */
  why(actor: StaffActor, index: number): Promise<Why>
}

const DAY_MS = 86_400_000

/** Makes it over the login of the rules, which alone reads cases and appointments. */
export function createExplaining({
  inTransaction,
  catalogue,
  clock,
}: Pick<WatchingParts, 'inTransaction' | 'catalogue' | 'clock'>): Explaining {
  const duties = dutiesOf(catalogue)
  return {
    why: async ({ role, office }, index) => {
      if (role !== 'dpo' || office === undefined) throw new DomainError('NOT_FOUND')
      const at = clock.now()
      const today = utcDay(at)
      return inTransaction(watchingScope(office), async (trx): Promise<Why> => {
        const [access] = await readWatched(trx, { from: index, to: index + 1 }, { today })
        if (access === undefined) return { at, reasons: [], nothing: 'other' }
        const { subject, occurredAt } = access
        const since = new Date(occurredAt.getTime() - DEALING_DAYS * DAY_MS)
        const below = Number.MAX_SAFE_INTEGER
        const around = (await readAround(trx, [subject], { since, below, today })).get(subject)
        const known = around ?? { ...NOTHING_KNOWN, accesses: [] }
        const reasons = reasonsOf(access, known, duties).map((one) => named(one, catalogue))
        return { at, reasons, nothing: isSuspicious(access) ? 'broken' : 'unknown' }
      })
    },
  }
}

function named(reason: Reason, { units }: WatchingParts['catalogue']): NamedReason {
  if (reason.kind !== 'appointment' || reason.unit === undefined) return reason
  const unit = units.byId(reason.unit)
  return unit === undefined ? reason : { ...reason, unitCode: unit.code }
}
