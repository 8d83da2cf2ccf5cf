import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** A month of accesses in counts, of all offices together: only what its persons may see, for public statistics. */
export const overviewStatistics: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(COUNTING + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** People are counted as well, because a hundred accesses may be about one of them; nobody leaves the function. */
const COUNTING = `
  create function overview.month_in_counts(month date)
    returns table (what text, key text, amount int, people int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with kinds as (
      select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
    ), entry as materialized (
      select leaf_index, operation, subject, fields from overview.access_event
        where occurred_at >= (month + interval '0') at time zone 'Europe/Berlin'
          and occurred_at < (month + interval '1 month') at time zone 'Europe/Berlin'
    )
    select 'accesses', '', count(*)::int, count(distinct subject)::int from entry
    union all
    select 'operation', operation::text, count(*)::int, count(distinct subject)::int
      from entry group by operation
    union all
    select 'kind', kinds.kind, count(distinct leaf_index)::int, count(distinct subject)::int
      from entry cross join lateral unnest(entry.fields) field (id) join kinds on kinds.id = field.id
      group by kinds.kind
  $$;
  comment on function overview.month_in_counts(date) is 'Visible accesses of a month in German time, and how many people they are about: together, by operation, by kind of data';
  revoke all on function overview.month_in_counts(date) from public;
`

const rights = ({ worker }: Roles) => `
  grant execute on function overview.month_in_counts(date) to ${worker};
`
