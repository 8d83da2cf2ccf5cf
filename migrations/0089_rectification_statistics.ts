import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** A quarter of decisions on requests in counts, of all offices together, for public statistics. */
export const rectificationStatistics: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(COUNTING + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COUNTING = `
  create function rectification.quarter_in_counts(quarter date)
    returns table (what text, key text, amount int, people int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with kinds as (
      select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
    ), made as materialized (
      select request, subject, array_prepend(field, also) as fields,
          (decided_at at time zone 'Europe/Berlin')::date - (filed_at at time zone 'Europe/Berlin')::date as days
        from rectification.request
        where decided_at >= (quarter + interval '0') at time zone 'Europe/Berlin'
          and decided_at < (quarter + interval '3 months') at time zone 'Europe/Berlin'
    )
    select 'decisions', '', count(*)::int, count(distinct subject)::int from made
    union all
    select 'corrected', kinds.kind, count(distinct request)::int, count(distinct subject)::int
      from made cross join lateral unnest(made.fields) field (id) join kinds on kinds.id = field.id
      group by kinds.kind
    union all
    select 'days', 'median', percentile_disc(0.5) within group (order by days), count(distinct subject)::int from made
    union all
    select 'days', 'p90', percentile_disc(0.9) within group (order by days), count(distinct subject)::int from made
  $$;
  comment on function rectification.quarter_in_counts(date) is 'Decisions of a quarter in German time, and how many people they are about: together, by kind of data, days until then';
  revoke all on function rectification.quarter_in_counts(date) from public;
`

const rights = ({ worker }: Roles) => `
  grant execute on function rectification.quarter_in_counts(date) to ${worker};
`
