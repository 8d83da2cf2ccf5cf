import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Checks of the log that a data protection officer asked for, one at a time, and what they found. */
export const oversightChecks: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(CHECK + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const CHECK = `
  create table oversight.log_check (
    log_check uuid primary key,
    office int not null,
    state text not null constraint check_state_is_known check (state in ('waiting', 'working', 'done', 'failed')),
    asked_at timestamptz(3) not null,
    worked_at timestamptz(3),
    ended_at timestamptz(3),
    log_size bigint,
    first_leaf bigint,
    faults int,
    expires_on date not null,
    constraint what_is_done_has_a_result check (state <> 'done'
      or (ended_at is not null and log_size is not null and first_leaf is not null and faults is not null))
  );
  comment on table oversight.log_check is 'Checks of the newest part of the log, asked for by officers; the log is one, so every officer reads them';
  comment on column oversight.log_check.log_check is 'Random id';
  comment on column oversight.log_check.office is 'The office that asked (catalogue number)';
  comment on column oversight.log_check.state is 'Where it stands';
  comment on column oversight.log_check.asked_at is 'When it was asked for';
  comment on column oversight.log_check.worked_at is 'When it was begun';
  comment on column oversight.log_check.ended_at is 'When it ended';
  comment on column oversight.log_check.log_size is 'Size of the log that it saw';
  comment on column oversight.log_check.first_leaf is 'The first leaf that it looked at; 0 where it saw all';
  comment on column oversight.log_check.faults is 'How many faults it found';
  comment on column oversight.log_check.expires_on is 'First day on which the row is gone';
  create unique index one_check_at_a_time on oversight.log_check ((true)) where state in ('waiting', 'working');
  create index checks_by_time on oversight.log_check (asked_at desc);
  alter table oversight.log_check enable row level security;
  alter table oversight.log_check force row level security;
`

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const rights = ({ web_staff: staff, worker, reporting, retention }: Roles) => `
  grant usage on schema oversight to ${staff};
  grant select, insert on oversight.log_check to ${staff};
  create policy asking_seen on oversight.log_check for select to ${staff} using (true);
  create policy asking on oversight.log_check for insert to ${staff}
    with check (office = ${OFFICE} and state = 'waiting' and ended_at is null and faults is null);

  grant select on oversight.log_check to ${worker}, ${reporting};
  grant update (state, worked_at, ended_at, log_size, first_leaf, faults) on oversight.log_check to ${worker};
  create policy checking_seen on oversight.log_check for select to ${worker} using (true);
  create policy checking on oversight.log_check for update to ${worker}
    using (state in ('waiting', 'working')) with check (state <> 'waiting');
  create policy results on oversight.log_check for select to ${reporting} using (true);

  grant select (expires_on), delete on oversight.log_check to ${retention};
  create policy what_is_due_seen on oversight.log_check for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.log_check for delete to ${retention} using (expires_on <= current_date);
`
