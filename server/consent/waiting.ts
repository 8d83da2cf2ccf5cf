import type { Catalogue } from '../catalogue/index.js'
import type { Db } from '../database.js'
import { waitingRecipients } from './store/waiting.js'

/** The operator's list of parties for which withdrawals wait until a person tells them; neither whose nor how many. */
export interface WaitingWithdrawals {
  /** Codes of parties, and nothing for one that the catalogue no longer knows. */
  list(): Promise<readonly (string | undefined)[]>
}

/** Makes it over a connection of the owner: withheld recipients wait like others, as for corrections. */
export function createWaitingWithdrawals({
  db,
  catalogue,
}: {
  readonly db: Db
  readonly catalogue: Pick<Catalogue, 'parties'>
}): WaitingWithdrawals {
  return {
    list: async () =>
      (await waitingRecipients(db)).map((party) => catalogue.parties.byId(party)?.code),
  }
}
