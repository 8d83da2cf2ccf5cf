import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * An access that was held back and is shown stands in the log twice, and happened once: the rules of oversight read
 * the visible entry alone. What is shown already is left out before it is asked whether it is due, so that showing
 * costs what is to be shown, and not everything that ever was.
 */
export const overviewReleasedOnce: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(due(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(WATCHED).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const due = ({ worker }: Roles) => `
  create or replace function overview.due_for_release(today date, most int) returns setof overview.sealed_event
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with possible as (
      select s.leaf_index, s.class, s.expires_on from overview.sealed_event s
        where s.release_due <= least(today, current_date)
          and not exists (select from overview.release done where done.sealed_index = s.leaf_index)
      union
      select s.leaf_index, s.class, s.expires_on from overview.review r
        join overview.sealed_event s on s.leaf_index = r.sealed_index and s.expires_on = r.expires_on
        where r.finding = 'ended'
          and not exists (select from overview.release done where done.sealed_index = r.sealed_index)
    )
    select event.* from possible
      join overview.sealed_event event using (class, expires_on, leaf_index)
      where overview.is_due(event, today) order by event.leaf_index limit most
  $$;
  revoke all on function overview.due_for_release(date, int) from public;
  grant execute on function overview.due_for_release(date, int) to ${worker};
`

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const acted = (table: 'access_event' | 'sealed_event', flags: 'access_flag' | 'sealed_flag') => `
    select event.leaf_index, event.expires_on, event.occurred_at, event.subject, event.operation, event.channel,
      event.unit, event.purpose, event.stream is null as of_the_portal,
      event.consent_id is not null as cites_consent,
      (select jsonb_object_agg(flag.rule, cardinality(flag.fields)) from overview.${flags} flag
        where flag.leaf_index = event.leaf_index) as broken,
      ${table === 'sealed_event'} as sealed
    from overview.${table} event
    where current_setting('mirat.watches', true) = 'yes'
      and case when event.operation = 2 then event.recipient else event.source end = ${OFFICE}`

const WATCHED = `
  create or replace view reporting.watched_access with (security_barrier) as
    ${acted('access_event', 'access_flag').trim()}
    union all
    ${acted('sealed_event', 'sealed_flag').trim()}
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index);
`
