import { sql } from 'kysely'
import type { Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { OriginDigests } from '../ledger/index.js'
import type { AuthorityOpening } from './model.js'
import { bodyOfRow, type CommittedRow } from './store/committed.js'

/** Where a delivered event is: its stream, its number in it, its leaf. */
export interface DeliveredPlace {
  readonly stream: number
  readonly seq: number
  readonly index: number
}

/** Opens an event to the stream that delivered it, sealed or not; nothing once it is erased. */
export async function openDelivered(
  trx: Trx,
  place: DeliveredPlace,
  deps: {
    catalogue: Catalogue
    origins: (position: { stream: number; seq: number }) => OriginDigests
  },
): Promise<AuthorityOpening | undefined> {
  const { rows } = await sql<CommittedRow & { class: number; salt: Buffer }>`
    select * from overview.delivered_event(${place.stream}, ${place.seq}, ${place.index})`.execute(trx)
  const row = rows[0]
  if (!row) return undefined
  return {
    index: place.index,
    class: row.class,
    body: bodyOfRow(row, deps.catalogue),
    salt: row.salt,
    originSalt: deps.origins(place).salt,
  }
}
