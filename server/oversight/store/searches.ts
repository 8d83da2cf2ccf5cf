import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { MOST_SEARCHES, type SearchName, type SearchRow } from '../searching.js'

/** The searches of the officer in the scope at the office in it, in their order. */
export async function readSearches(trx: Trx, today: string): Promise<readonly SearchRow[]> {
  return trx
    .selectFrom('oversight.saved_search')
    .select(['search', 'place', 'name', 'days', 'filter', 'expires_on as expiresOn'])
    .where('expires_on', '>', today)
    .orderBy('place')
    .execute()
}

/** Saves a search in the first free place; of two that ask for it at once the slower one is told that there is none. */
export async function insertSearch(
  trx: Trx,
  row: Omit<SearchRow, 'place'> & { readonly staff: string; readonly office: number },
): Promise<boolean> {
  const { search, staff, office, name, days, filter, expiresOn } = row
  const { numAffectedRows } = await sql`
    insert into oversight.saved_search (search, staff, office, place, name, days, filter, expires_on)
      select ${search}::uuid, ${staff}::uuid, ${office}::int, free.place, ${name}, ${days}::smallint,
          ${JSON.stringify(filter)}::jsonb, ${expiresOn}::date
        from generate_series(1, ${sql.lit(MOST_SEARCHES)}) as free (place)
        where not exists (select from oversight.saved_search s
          where s.staff = ${staff}::uuid and s.office = ${office}::int and s.place = free.place)
        order by free.place limit 1
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Names a search of the officer in the scope anew; false where there is none. */
export async function renameSearch(
  trx: Trx,
  { search, name, expiresOn }: { search: string; name: SearchName; expiresOn: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('oversight.saved_search')
    .set({ name, expires_on: expiresOn })
    .where('search', '=', search)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes a search of the officer in the scope. */
export async function deleteSearch(trx: Trx, search: string): Promise<void> {
  await trx.deleteFrom('oversight.saved_search').where('search', '=', search).execute()
}

/** Deletes searches whose time is over; how many. */
export async function deleteOldSearches(trx: Trx, today: string): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('oversight.saved_search')
    .where('expires_on', '<=', today)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
