import type { Catalogue, Party } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import { residentScope, type ResidentActor, type SubjectId } from '../../identity/actor.js'
import type { Ledger } from '../../ledger/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { expiryDay } from '../calendar.js'
import type { AccessEntry } from '../entry.js'
import type { FlaggedEntry } from '../rules.js'
import { sightOf, veilOf, type Veil } from '../sight.js'
import { readFlags } from '../store.js'

/** What the reading side is made of. */
export interface OverviewDeps {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly clock: Clock
  /** False shows only what the log itself covers. */
  readonly keepsHoldings: boolean
}

/** One look of a resident at their own data: one transaction, one instant, one veil. */
export interface Reading {
  readonly trx: Trx
  readonly catalogue: Catalogue
  readonly subjects: readonly SubjectId[]
  readonly now: Date
  /** The day by which expiry is judged, `YYYY-MM-DD`. */
  readonly today: string
  readonly veil: Veil
  readonly keepsHoldings: boolean
}

/** Reads as the resident: row-level security shows own rows only, whatever the query asks for. */
export async function reading<Value>(
  { inTransaction, catalogue, clock, keepsHoldings }: OverviewDeps,
  actor: ResidentActor,
  work: (reading: Reading) => Promise<Value>,
): Promise<Value> {
  const now = clock.now()
  const parts = { catalogue, keepsHoldings, now, today: expiryDay(now), subjects: actor.subjects }
  const veil = veilFor(actor, catalogue)
  return inTransaction(residentScope(actor), (trx) => work({ trx, veil, ...parts }))
}

/** The veil of a session; every office has a kind, or the catalogue is broken. */
export function veilFor(actor: ResidentActor, catalogue: Catalogue): Veil {
  return veilOf(sightOf(actor), (party) => kindOf(party, catalogue))
}

function kindOf(party: Party, { parties }: Catalogue): Party {
  const kind = parties.byCode(party.authority)
  if (kind === undefined) throw new Error(`the office ${party.code} has no kind of authority`)
  return kind
}

/** Entries as the session may see them, each with the rules that it breaks. */
export async function shown(
  reading: Reading,
  entries: readonly AccessEntry[],
): Promise<readonly FlaggedEntry[]> {
  const indices = entries.map(({ index }) => index)
  const flags = await readFlags(reading, indices)
  return entries.map((entry) => ({
    ...reading.veil.entry(entry),
    flags: flags.get(entry.index) ?? [],
  }))
}
