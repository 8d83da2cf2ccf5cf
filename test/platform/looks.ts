import { sql } from 'kysely'
import type { TestApp } from '../support/app.js'

/** How many looks the log holds, those that are kept from their persons with what was looked at as well. */
export async function looksIn(app: TestApp): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from overview.access_event where stream is null
      union all
      select from overview.sealed_event where stream is null
    ) look`.execute(app.installation.admin)
  return rows[0]?.count ?? NaN
}
