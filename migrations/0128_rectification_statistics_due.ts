import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * The worker counted the three months from whatever day it named: two counts that begin a day apart tell of that day.
 * It asks the room that publishes, which counts a quarter only while it is due. Accounts are asked for the people of
 * these decisions alone: reading all of them took longer than a statement may.
 */
export const rectificationStatisticsDue: RoledMigration = ({ owner, worker }) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${owner}`).execute(db)
    await sql
      .raw(
        `${COUNTING}
  revoke execute on function rectification.quarter_in_counts(date) from ${worker};`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COUNTING = `
  create or replace function rectification.quarter_in_counts(quarter date)
    returns table (what text, key text, amount int, people int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with kinds as (
      select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
    ), filed as materialized (
      select request, subject, array_prepend(field, also) as fields,
          (decided_at at time zone 'Europe/Berlin')::date - (filed_at at time zone 'Europe/Berlin')::date as days
        from rectification.request
        where decided_at >= (quarter + interval '0') at time zone 'Europe/Berlin'
          and decided_at < (quarter + interval '3 months') at time zone 'Europe/Berlin'
    ), known as materialized (
      select one.subject, coalesce((
          select s.account from identity.account_subject s where s.subject = one.subject
            order by exists (select from identity.account_subject other
              where other.account = s.account and other.subject <> s.subject) desc, s.account limit 1
        ), one.subject) as person
        from (select distinct filed.subject from filed) one
    ), made as materialized (
      select filed.request, known.person, filed.fields, filed.days from filed join known using (subject)
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
`
