import type { Catalogue, Party } from '../catalogue/index.js'
import type { Db } from '../database.js'
import { countWaiting } from './store/waiting.js'

/** A party for which withdrawals wait until a person tells it; absent where the catalogue has retired it. */
export interface WaitingParty {
  readonly office: Party | undefined
  readonly count: number
}

/** Reads for the operator for whom withdrawals wait, visible and withheld parties alike. */
export type ReadWaiting = () => Promise<readonly WaitingParty[]>

/** Makes it, over the operator's connection. */
export function createReadWaiting({
  db,
  catalogue,
}: {
  readonly db: Db
  readonly catalogue: Pick<Catalogue, 'parties'>
}): ReadWaiting {
  return async () =>
    (await countWaiting(db)).map(({ recipient, count }) => ({
      office: catalogue.parties.byId(recipient),
      count,
    }))
}
