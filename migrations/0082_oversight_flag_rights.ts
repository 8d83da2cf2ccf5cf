import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who finds, who reads what was found, and who makes something of it: officers of the own office alone. */
export const oversightFlagRights: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      functions(roles),
      steps(roles, 'finding'),
      steps(roles, 'sealed_finding'),
      officers(roles),
      worker(roles),
      retention(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** The role of staff in the database is one for a whole office: whoever looked must not read what was found. */
const functions = ({ web_staff: staff, worker: role }: Roles) => `
  create function oversight.offices_with_officers() returns setof int
    language sql stable ${HEAD}
    select distinct m.office from identity.staff m
      where m.role = 'dpo' and m.state = 'active' and m.office is not null order by 1
  $$;
  comment on function oversight.offices_with_officers() is 'Offices that have a data protection officer who can read what is found';

  revoke all on function oversight.offices_with_officers() from public;
  grant usage on schema oversight to ${staff}, ${role};
  grant execute on function oversight.offices_with_officers() to ${role};
`

/** The step is written by the change itself, so that none is without. */
const steps = ({ owner }: Roles, table: 'finding' | 'sealed_finding') => `
  create function oversight.note_${table}_step() returns trigger
    language plpgsql ${HEAD}
  begin
    insert into oversight.${table}_step (leaf_index, rule, number, office, state, reason, made_at, expires_on)
      values (new.leaf_index, new.rule, new.version, new.office, new.state, new.reason, new.changed_at,
        new.expires_on);
    return null;
  end $$;
  comment on function oversight.note_${table}_step() is 'Writes down what an officer made of a finding';
  revoke all on function oversight.note_${table}_step() from public;
  create trigger note_step after update on oversight.${table}
    for each row execute function oversight.note_${table}_step();
  alter table oversight.${table} enable always trigger note_step;
  create policy functions_of_the_room on oversight.${table}_step for insert to ${owner} with check (true);
`

const OF_THE_OFFICE = `office = ${OFFICE} and (select identity.is_officer())`
const officers = ({ web_staff: staff }: Roles) =>
  ['finding', 'sealed_finding']
    .map(
      (table) => `
  grant select, update (state, reason, version, changed_at) on oversight.${table} to ${staff};
  create policy findings_of_the_office on oversight.${table} for select to ${staff}
    using (${OF_THE_OFFICE});
  create policy steps_of_the_office on oversight.${table} for update to ${staff}
    using (${OF_THE_OFFICE} and state <> 'confirmed')
    with check (${OF_THE_OFFICE} and state <> 'new');
  grant select on oversight.${table}_step to ${staff};
  create policy steps_of_the_office on oversight.${table}_step for select to ${staff}
    using (${OF_THE_OFFICE});`,
    )
    .concat(
      `
  grant select on oversight.tally, oversight.watch to ${staff};
  create policy tallies_of_the_office on oversight.tally for select to ${staff} using (${OF_THE_OFFICE});
  create policy watch_of_the_office on oversight.watch for select to ${staff} using (${OF_THE_OFFICE});
  grant select, insert on oversight.rule_switch to ${staff};
  create policy switches_of_the_office on oversight.rule_switch for select to ${staff}
    using (${OF_THE_OFFICE});
  create policy switching_of_the_office on oversight.rule_switch for insert to ${staff}
    with check (${OF_THE_OFFICE});`,
    )
    .join('\n')

/** The worker counts and finds; what officers made of a finding it neither reads nor changes. */
const worker = ({ worker: role }: Roles) => `
  grant select, insert, update on oversight.watch, oversight.tally to ${role};
  create policy watching on oversight.watch for all to ${role} using (true) with check (true);
  create policy counting on oversight.tally for all to ${role} using (true) with check (true);
  grant select on oversight.rule_switch to ${role};
  create policy switches_seen on oversight.rule_switch for select to ${role} using (true);
  grant insert on oversight.finding, oversight.sealed_finding to ${role};
  create policy finding on oversight.finding for insert to ${role}
    with check (state = 'new' and version = 0);
  create policy finding on oversight.sealed_finding for insert to ${role}
    with check (state = 'new' and version = 0);
`

const retention = ({ retention: role }: Roles) => `
  grant usage on schema oversight to ${role};
  ${['finding', 'sealed_finding', 'finding_step', 'sealed_finding_step', 'tally']
    .map(
      (table) => `
  grant select (expires_on), delete on oversight.${table} to ${role};
  create policy what_is_due_seen on oversight.${table} for select to ${role}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.${table} for delete to ${role}
    using (expires_on <= current_date);`,
    )
    .join('\n')}
`
