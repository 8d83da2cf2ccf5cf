import { Kysely, PostgresDialect, sql } from 'kysely'
import { migrations } from '../../migrations/index.js'
import type { Database, Db } from '../../server/database.js'
import { migrate } from '../../server/platform/db/migrate.js'
import { rolesOf } from '../../server/platform/db/roles.js'
import { freshDatabase } from '../support/database.js'
import { poolOf } from '../support/pool.js'

export const ROLES = rolesOf('mirat_test')

/** A migrated database of one's own whose catalogue is empty. */
export interface EmptyCatalogue {
  readonly db: Db
  /** Every row of the catalogue with the transaction that wrote it, for seeing that none was touched. */
  rows(): Promise<readonly TermRow[]>
  /** A further connection pool, closed with the rest. */
  another(): Db
  /** Empties it, numbers included. */
  clear(): Promise<void>
  drop(): Promise<void>
}

export interface TermRow {
  readonly kind: string
  readonly id: number
  readonly code: string
  readonly retired_in: number | null
  readonly since: number
  readonly written_by: string
}

export async function emptyCatalogue(): Promise<EmptyCatalogue> {
  const database = await freshDatabase()
  await migrate({ adminUrl: database.url, migrations, roles: ROLES })
  const pools: Db[] = []
  const open = () => {
    const pool = poolOf(database.url, 3)
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
    pools.push(db)
    return db
  }
  const db = open()
  const clear = async () => {
    await sql`truncate catalogue.term, catalogue.version restart identity`.execute(db)
  }
  await clear()
  return {
    db,
    clear,
    another: open,
    rows: async () => {
      const { rows } = await sql<TermRow>`
        select kind, id, code, retired_in, since, xmin::text as written_by
        from catalogue.term order by kind, id`.execute(db)
      return rows
    },
    drop: async () => {
      await Promise.all(pools.map((pool) => pool.destroy()))
      await database.drop()
    },
  }
}
