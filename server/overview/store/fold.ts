import type { Catalogue } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import type { SubjectId } from '../../identity/actor.js'
import { operationNumber } from '../codes.js'
import type { AccessEntry } from '../entry.js'
import { foldHoldings, type Holding } from '../holdings.js'
import { readSnapshot } from './holdings.js'
import { entryOf, SHOWN } from './rows.js'

const TELLING = (['store', 'transmit', 'erase'] as const).map(operationNumber)

/** Up to which leaf index holdings are folded; locked, so that two workers never fold the same entries. */
export async function lockFold(trx: Trx): Promise<number> {
  const row = await trx
    .selectFrom('overview.holding_fold')
    .select('folded_size')
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.folded_size
}

/** Leaf index from which nothing is recorded yet. */
export async function readTreeSize(trx: Trx): Promise<number> {
  const row = await trx.selectFrom('ledger.head').select('size').executeTakeFirstOrThrow()
  return row.size
}

/** Visible entries that tell of holdings, with a leaf index in [from, to). */
export async function readTelling(
  trx: Trx,
  catalogue: Catalogue,
  { from, to }: { from: number; to: number },
): Promise<AccessEntry[]> {
  const rows = await trx
    .selectFrom('overview.access_event')
    .select(SHOWN)
    .where('leaf_index', '>=', from)
    .where('leaf_index', '<', to)
    .where('operation', 'in', TELLING)
    .execute()
  return rows.map((row) => entryOf(row, catalogue))
}

/** Carries one person's holdings forward over further entries. */
export async function foldSubject(
  trx: Trx,
  catalogue: Catalogue,
  {
    subject,
    entries,
    today,
  }: { subject: SubjectId; entries: readonly AccessEntry[]; today: string },
): Promise<void> {
  const before = await readSnapshot({ trx, catalogue, today, subjects: [subject] })
  const rows = foldHoldings(before, entries).map(rowOf)
  if (rows.length === 0) return
  await trx
    .insertInto('overview.holding')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['subject', 'holder', 'field', 'purpose', 'legal_basis'])
        .doUpdateSet((eb) => ({
          first_at: eb.ref('excluded.first_at'),
          last_at: eb.ref('excluded.last_at'),
          leaf_index: eb.ref('excluded.leaf_index'),
          ended_at: eb.ref('excluded.ended_at'),
          expires_on: eb.ref('excluded.expires_on'),
        })),
    )
    .execute()
}

function rowOf(holding: Holding) {
  return {
    subject: holding.subject,
    holder: holding.holder.id,
    field: holding.field.id,
    purpose: holding.purpose.id,
    legal_basis: holding.legalBasis.id,
    first_at: holding.firstAt,
    last_at: holding.lastAt,
    leaf_index: holding.leafIndex,
    ended_at: holding.endedAt ?? null,
    expires_on: holding.expiresOn ?? null,
  }
}

/** Notes how far holdings are folded. */
export async function noteFold(trx: Trx, foldedSize: number, at: Date): Promise<void> {
  await trx.updateTable('overview.holding_fold').set({ folded_size: foldedSize, at }).execute()
}
