import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { GivenName, SavedView, ViewName } from '../views.js'

/** The views of the member of staff in the scope, in their order. */
export async function readViews(trx: Trx): Promise<readonly SavedView[]> {
  const rows = await trx
    .selectFrom('rectification.saved_view')
    .select(['place', 'name', 'label', 'query'])
    .orderBy('place')
    .execute()
  return rows.map(({ place, name, label, query }) => ({
    ...{ place, query },
    name: name === null ? { own: label ?? '' } : { given: name },
  }))
}

/**
 * Saves a view in place of one of the same name, or in the first free place; false where there is none.
 * Of two that ask for the same place at once, the slower one is told that there is none.
 */
export async function insertView(
  trx: Trx,
  view: {
    readonly staff: string
    readonly name: ViewName
    readonly query: string
    readonly at: Date
  },
): Promise<boolean> {
  const { staff, query, at } = view
  const { name, label } = columnsOf(view.name)
  await sql`delete from rectification.saved_view
    where staff = ${staff}::uuid and name is not distinct from ${name}
      and label is not distinct from ${label}`.execute(trx)
  const { numAffectedRows } = await sql`
    insert into rectification.saved_view (staff, place, name, label, query, saved_at)
      select ${staff}::uuid, free.place, ${name}, ${label}, ${query}, ${at}
      from generate_series(1, 12) as free (place)
      where not exists (select from rectification.saved_view v
        where v.staff = ${staff}::uuid and v.place = free.place)
      order by free.place limit 1
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Deletes a view of the member of staff in the scope. */
export async function deleteView(trx: Trx, place: number): Promise<void> {
  await trx.deleteFrom('rectification.saved_view').where('place', '=', place).execute()
}

function columnsOf(name: ViewName): { name: GivenName | null; label: string | null } {
  return 'given' in name ? { name: name.given, label: null } : { name: null, label: name.own }
}
