import type { Catalogue, Field, Party, Unit } from '../catalogue/index.js'
import { supervisingScope, type StaffActor } from '../identity/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { ExplorerParts } from './explorer.js'
import { readOfficerLooks } from './store/looks.js'
import { lookThrough } from './windows.js'
import { known } from './known.js'
import { utcDay } from '../platform/kernel/days.js'

/** A look of a data protection officer; nothing in it names or tracks a person. */
export interface OfficerLook {
  readonly index: number
  readonly at: Date
  readonly office: Party
  readonly unit?: Unit
  readonly fields: readonly Field[]
  readonly isSealed: boolean
}

/** A page of looks. */
export interface LookPage {
  readonly items: readonly OfficerLook[]
  readonly next?: number
}

/** What supervisors read of the looks of data protection officers (GDPR Article 58 (1)); line management never does. */
export interface OfficerLooks {
  /** Newest first; of one office by its code, or of all where none has that code. */
  list(
    actor: StaffActor,
    query: { readonly office?: string; readonly before?: number },
  ): Promise<LookPage>
}

const PAGE_SIZE = 30

/** Makes reading the looks. */
export function createOfficerLooks({
  inTransaction,
  logState,
  catalogue,
  clock,
}: ExplorerParts & { readonly catalogue: Catalogue; readonly clock: Clock }): OfficerLooks {
  return {
    list: async (actor, { office, before }) => {
      const party = office === undefined ? undefined : catalogue.parties.byCode(office)
      const top = before ?? (await logState())?.size ?? 0
      const today = utcDay(clock.now())
      const { rows, next } = await inTransaction(supervisingScope(actor), (trx) =>
        lookThrough({ top, isNewest: before === undefined }, PAGE_SIZE, (window, limit) =>
          readOfficerLooks(trx, { window, office: party?.id, today, limit }),
        ),
      )
      return {
        items: rows.map(({ office: id, unit, fields, ...row }) => ({
          ...row,
          office: known(catalogue.parties.byId(id)),
          ...(unit === null ? {} : { unit: known(catalogue.units.byId(unit)) }),
          fields: fields.map((field) => known(catalogue.fields.byId(field))),
        })),
        ...(next === undefined ? {} : { next }),
      }
    },
  }
}
