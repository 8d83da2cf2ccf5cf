import type { Db } from '../../database.js'

const TABLES = ['rectification.notice', 'rectification.sealed_notice'] as const

/** Where an office takes decisions. */
export interface StoredEndpoint {
  /** Catalogue number. */
  readonly office: number
  readonly url: string
}

/** Every address, as the operator sees it. */
export async function listEndpoints(db: Db): Promise<readonly StoredEndpoint[]> {
  return db
    .selectFrom('rectification.endpoint')
    .select(['office', 'url'])
    .orderBy('office')
    .execute()
}

/** Connects an office or changes its address, and makes what waits for paper there due at once. */
export async function saveEndpoint(db: Db, endpoint: StoredEndpoint, at: Date): Promise<void> {
  const { office, url } = endpoint
  const told = { url, registered_at: at }
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('rectification.endpoint')
      .values({ office, ...told })
      .onConflict((conflict) => conflict.column('office').doUpdateSet(told))
      .execute()
    for (const table of TABLES) {
      await trx
        .updateTable(table)
        .set({ state: 'waiting', tries: 0, next_at: at })
        .where('recipient', '=', office)
        .where('state', 'in', ['to_print', 'failed'])
        .execute()
    }
  })
}

/** Ends a connection; false where there was none. */
export async function removeEndpoint(db: Db, office: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('rectification.endpoint')
    .where('office', '=', office)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Offices that a machine could not tell, visible and withheld recipients alike. */
export async function waitingOffices(db: Db): Promise<readonly number[]> {
  const found = await Promise.all(
    TABLES.map((table) =>
      db
        .selectFrom(table)
        .select('recipient')
        .distinct()
        .where('state', 'in', ['to_print', 'failed'])
        .execute(),
    ),
  )
  return [...new Set(found.flat().map(({ recipient }) => recipient))].sort((a, b) => a - b)
}
