import { sql } from 'kysely'
import type { Catalogue } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import type { SubjectId } from '../../identity/actor.js'
import { operationNumber } from '../codes.js'
import { foldHoldings, type Holding } from '../holdings.js'
import type { Whose } from './entries.js'
import { entryOf, SHOWN, termOf } from './rows.js'

/** Entries folded at once, so that a long tail never stands in memory whole. */
const STEP = 5_000

const TELLING = (['store', 'transmit', 'erase'] as const).map(operationNumber)

type Reader = Whose & {
  readonly trx: Trx
  readonly catalogue: Catalogue
  /** Whether holdings outlive the entries that told of them (`HOLDINGS`). */
  readonly keepsHoldings: boolean
}

/** The snapshot with everything that was recorded after it, ended holdings included. */
export async function readHoldings(reader: Reader): Promise<readonly Holding[]> {
  if (!reader.keepsHoldings) return foldTail(reader, { from: 0, base: [] })
  const { folded_size: from } = await reader.trx
    .selectFrom('overview.holding_fold')
    .select('folded_size')
    .executeTakeFirstOrThrow()
  return foldTail(reader, { from, base: await readSnapshot(reader) })
}

/** All subjects at once, because planning over all partitions costs more than reading a short tail. */
async function foldTail(
  { trx, catalogue, today, subjects }: Reader,
  tail: { readonly from: number; readonly base: readonly Holding[] },
): Promise<readonly Holding[]> {
  let holdings = tail.base
  for (let from = tail.from; ;) {
    const rows = await trx
      .selectFrom('overview.access_event')
      .select(SHOWN)
      .where(sql<boolean>`subject = any(${[...subjects]}::uuid[])`)
      .where('expires_on', '>', today)
      .where('leaf_index', '>=', from)
      .where('operation', 'in', TELLING)
      .orderBy('leaf_index')
      .limit(STEP)
      .execute()
    holdings = foldHoldings(
      holdings,
      rows.map((row) => entryOf(row, catalogue)),
    )
    const last = rows.at(-1)
    if (last === undefined || rows.length < STEP) return holdings
    from = last.leaf_index + 1
  }
}

/** The stored snapshot of some subjects, ended holdings that are not yet forgotten included. */
export async function readSnapshot({
  trx,
  catalogue,
  today,
  subjects,
}: Omit<Reader, 'keepsHoldings'>): Promise<Holding[]> {
  const rows = await trx
    .selectFrom('overview.holding')
    .select(['subject', 'holder', 'field', 'purpose', 'legal_basis', 'first_at', 'last_at'])
    .select(['leaf_index', 'ended_at', 'expires_on'])
    .where(sql<boolean>`subject = any(${[...subjects]}::uuid[])`)
    .where((eb) => eb.or([eb('expires_on', 'is', null), eb('expires_on', '>', today)]))
    .execute()
  return rows.map((row) => ({
    subject: row.subject as SubjectId,
    holder: termOf(catalogue.parties, row.holder),
    field: termOf(catalogue.fields, row.field),
    purpose: termOf(catalogue.purposes, row.purpose),
    legalBasis: termOf(catalogue.legalBases, row.legal_basis),
    firstAt: row.first_at,
    lastAt: row.last_at,
    leafIndex: row.leaf_index,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.expires_on === null ? {} : { expiresOn: row.expires_on }),
  }))
}
