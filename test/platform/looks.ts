import { sql } from 'kysely'
import type { TestApp } from '../support/app.js'

/** How many looks the log holds that their persons see. */
export async function looksIn(app: TestApp): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from overview.access_event where stream is null`.execute(
    app.installation.admin,
  )
  return rows[0]?.count ?? NaN
}
