import type { Db, Trx } from '../database.js'
import type { Connector } from './rules.js'

/** The connections of some offices (catalogue numbers). */
export async function readConnectors(
  trx: Trx,
  offices: readonly number[],
): Promise<readonly Connector[]> {
  if (offices.length === 0) return []
  return trx
    .selectFrom('registers.connector')
    .select(['office', 'url', 'fields'])
    .where('office', 'in', offices)
    .execute()
}

/** Every connection, as the operator sees it. */
export async function listConnectors(db: Db): Promise<readonly Connector[]> {
  return db
    .selectFrom('registers.connector')
    .select(['office', 'url', 'fields'])
    .orderBy('office')
    .execute()
}

/** Connects an office, or changes where and for what it answers. */
export async function saveConnector(db: Db, connector: Connector, at: Date): Promise<void> {
  const { office, url, fields } = connector
  const told = { url, fields: [...fields], connected_at: at }
  await db
    .insertInto('registers.connector')
    .values({ office, ...told })
    .onConflict((conflict) => conflict.column('office').doUpdateSet(told))
    .execute()
}

/** Ends a connection; false where there was none. */
export async function removeConnector(db: Db, office: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('registers.connector')
    .where('office', '=', office)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
