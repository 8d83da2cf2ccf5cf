import type { Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { OriginDigests } from '../ledger/index.js'
import type { AuthorityOpening } from './model.js'
import { readDelivered, type DeliveredPlace } from './store/receipt.js'

export { readDeliveredAccesses, type DeliveredAccess } from './store/receipt.js'
export type { DeliveredPlace } from './store/receipt.js'

/** Opens an event to the stream that delivered it, sealed or not; nothing once it is erased. */
export async function openDelivered(
  trx: Trx,
  place: DeliveredPlace,
  deps: {
    catalogue: Catalogue
    origins: (position: { stream: number; seq: number }) => OriginDigests
  },
): Promise<AuthorityOpening | undefined> {
  const delivered = await readDelivered(trx, place, deps.catalogue)
  return delivered && { index: place.index, ...delivered, originSalt: deps.origins(place).salt }
}
