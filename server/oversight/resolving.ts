import type { Catalogue } from '../catalogue/index.js'
import type { Db } from '../database.js'
import type { StaffId, StaffRole } from '../identity/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { Acting } from './flags/acting.js'
import { noteResolution, readOpenedRefs } from './store/unmasking.js'
import { PORTAL_REF } from './wishes.js'

/** Why nothing is resolved. */
export type ResolveFault = 'unknown_office' | 'bad_quarter' | 'not_of_the_portal' | 'not_opened'

/** A staff account of the portal; there are no names. */
export interface StaffAccount {
  readonly staff: StaffId
  readonly role: StaffRole
  /** Catalogue numbers. */
  readonly office: number | null
  readonly unit: number | null
  readonly state: string
}

/** What was opened on the page of a wish, and the quarter that stands beside it. */
export interface OpenedPseudonym {
  /** Code of the office. */
  readonly office: string
  readonly pseudonym: string
  /** As `2026-4`. */
  readonly quarter: string
}

/** What resolving is made of: it is the operator's, beside the keys, and no page has it. */
export interface ResolvingParts {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly acting: Acting
  /** Opens the encrypted pseudonym of an entry. */
  readonly openRef: (entry: number, sealed: Buffer) => string
  readonly accounts: () => Promise<readonly StaffAccount[]>
}

/** Says whose a pseudonym is that this portal made; by comparing, because nothing keeps the pair. */
export interface Resolving {
  /** The account, or nothing where no account of the office has it in that quarter. That it was asked stays. */
  resolve(opened: OpenedPseudonym): Promise<Result<StaffAccount | undefined, ResolveFault>>
}

const QUARTER = /^\d{4}-[1-4]$/

/** Makes resolving over a connection of the owner. */
export function createResolving(parts: ResolvingParts): Resolving {
  const { db, catalogue, clock, acting, openRef, accounts } = parts
  return {
    resolve: async ({ office: code, pseudonym, quarter }) => {
      const office = catalogue.parties.byCode(code)
      if (office === undefined) return refuse('unknown_office')
      if (!QUARTER.test(quarter)) return refuse('bad_quarter')
      if (!pseudonym.startsWith(PORTAL_REF)) return refuse('not_of_the_portal')
      const at = clock.now()
      const opened = (await readOpenedRefs(db, office.id, at)).find(
        ({ entry, ref }) => openRef(entry, ref) === pseudonym,
      )
      if (opened === undefined) return refuse('not_opened')
      const account = (await accounts()).find(
        (one) => one.office === office.id && acting.refIn(one.staff, quarter) === pseudonym,
      )
      // Written before it is told: without the note there is no answer.
      await noteResolution(db, { unmasking: opened.unmasking, at, found: account !== undefined })
      return ok(account)
    },
  }
}
