import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Ten people are ten persons, not ten numbers: those of one account count once. Nobody and no number leaves the
 * function, and the worker that publishes reads neither.
 */
export const overviewStatisticsPeople: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(COUNTING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COUNTING = `
  create or replace function overview.month_in_counts(month date)
    returns table (what text, key text, amount int, people int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with known as (
      select subject, min(account::text) as account from identity.account_subject group by subject
    ), kinds as (
      select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
    ), entry as materialized (
      select leaf_index, operation, coalesce(known.account, event.subject::text) as person, fields
        from overview.access_event event left join known using (subject)
        where occurred_at >= (month + interval '0') at time zone 'Europe/Berlin'
          and occurred_at < (month + interval '1 month') at time zone 'Europe/Berlin'
    )
    select 'accesses', '', count(*)::int, count(distinct person)::int from entry
    union all
    select 'operation', operation::text, count(*)::int, count(distinct person)::int
      from entry group by operation
    union all
    select 'kind', kinds.kind, count(distinct leaf_index)::int, count(distinct person)::int
      from entry cross join lateral unnest(entry.fields) field (id) join kinds on kinds.id = field.id
      group by kinds.kind
  $$;
  comment on function overview.month_in_counts(date) is 'Visible accesses of a month in German time, and how many people they are about: together, by operation, by kind of data';
`
