import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Ten people are ten persons, not ten numbers: those of one account count once. No account leaves the function.
 */
export const rectificationStatisticsPeople: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(COUNTING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COUNTING = `
  create or replace function rectification.quarter_in_counts(quarter date)
    returns table (what text, key text, amount int, people int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with known as (
      select subject, min(account::text) as account from identity.account_subject group by subject
    ), kinds as (
      select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
    ), made as materialized (
      select request, coalesce(known.account, subject::text) as person, array_prepend(field, also) as fields,
          (decided_at at time zone 'Europe/Berlin')::date - (filed_at at time zone 'Europe/Berlin')::date as days
        from rectification.request left join known using (subject)
        where decided_at >= (quarter + interval '0') at time zone 'Europe/Berlin'
          and decided_at < (quarter + interval '3 months') at time zone 'Europe/Berlin'
    )
    select 'decisions', '', count(*)::int, count(distinct person)::int from made
    union all
    select 'corrected', kinds.kind, count(distinct request)::int, count(distinct person)::int
      from made cross join lateral unnest(made.fields) field (id) join kinds on kinds.id = field.id
      group by kinds.kind
    union all
    select 'days', 'median', percentile_disc(0.5) within group (order by days), count(distinct person)::int from made
    union all
    select 'days', 'p90', percentile_disc(0.9) within group (order by days), count(distinct person)::int from made
  $$;
  comment on function rectification.quarter_in_counts(date) is 'Decisions of a quarter in German time, and how many people they are about: together, by kind of data, days until then';
`
