import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A check of the log is asked for by data protection officers alone, whom the list of staff knows, and 48 times in
 * 24 hours at most, by the clock of the database: each reads a quarter of a million leaves.
 */
export const oversightCheckAskers: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [COUNTED, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const COUNTED = `
  alter table oversight.log_check add column noted_at timestamptz(3) not null default now();
  comment on column oversight.log_check.noted_at is 'When it was asked for, by the clock of the database';
  create index checks_by_noting on oversight.log_check (noted_at);
`

const rights = ({ owner, web_staff: staff }: Roles) => `
  create policy functions_of_the_room on oversight.log_check for select to ${owner} using (true);
  create function oversight.may_check() returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select identity.is_officer()
      and (select count(*) < 48 from oversight.log_check where noted_at > now() - interval '24 hours')
  $$;
  comment on function oversight.may_check() is 'Whether the member of staff of the scope can ask for a check of the log: an officer, while fewer than 48 were asked for within 24 hours';
  revoke all on function oversight.may_check() from public;
  grant execute on function oversight.may_check() to ${staff};

  revoke insert on oversight.log_check from ${staff};
  grant insert (log_check, office, state, asked_at, expires_on) on oversight.log_check to ${staff};
  drop policy asking on oversight.log_check;
  create policy asking on oversight.log_check for insert to ${staff}
    with check (office = ${OFFICE} and state = 'waiting' and (select oversight.may_check()));
  drop policy asking_seen on oversight.log_check;
  create policy asking_seen on oversight.log_check for select to ${staff} using ((select identity.is_officer()));
`
