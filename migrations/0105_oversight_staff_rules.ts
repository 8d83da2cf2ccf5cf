import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Rules about single members of staff (law: off until a service agreement is named; nothing about staff in rankings).
 * Counts of one actor hold a handle that is another one each day and go after two weeks; a finding holds a mark that
 * is another one each time. Nobody can follow an actor through either.
 */
export const oversightStaffRules: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [ACTOR_DAY, CONCERNED, barred(roles), rights(roles), own(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const guarded = (table: string) => `
  alter table oversight.${table} enable row level security;
  alter table oversight.${table} force row level security;
`

const ACTOR_DAY = `
  create table oversight.actor_day (
    office int not null,
    unit int not null,
    day date not null,
    actor bytea not null,
    kind text not null,
    unexplained int not null,
    last_leaf bigint not null,
    last_expires_on date not null,
    expires_on date not null,
    primary key (office, day, unit, actor)
  );
  comment on table oversight.actor_day is 'How many accesses by hand of one actor on one day nothing explains: until the day is compared, at most two weeks';
  comment on column oversight.actor_day.office is 'The office that acted (catalogue number)';
  comment on column oversight.actor_day.unit is 'Kind of unit; 0 where none was reported';
  comment on column oversight.actor_day.day is 'Day of the accesses, by the German calendar';
  comment on column oversight.actor_day.actor is 'Keyed hash of pseudonym and day: another one each day';
  comment on column oversight.actor_day.kind is 'Kind of the office: others of the same kind are its peers';
  comment on column oversight.actor_day.unexplained is 'Explained by nothing';
  comment on column oversight.actor_day.last_leaf is 'The latest of the unexplained, or of all where there is none';
  comment on column oversight.actor_day.last_expires_on is 'When that one expires';
  comment on column oversight.actor_day.expires_on is 'First day on which the row is gone';
  create index actor_days_of_a_kind on oversight.actor_day (kind, day);
  create index actor_days_by_expiry on oversight.actor_day (expires_on);
  ${guarded('actor_day')}
`

const CONCERNED = `
  create table oversight.concerned (
    leaf_index bigint not null,
    rule text not null,
    office int not null,
    day date not null,
    mark bytea not null,
    expires_on date not null,
    primary key (leaf_index, rule)
  );
  comment on table oversight.concerned is 'By what a member of staff finds the findings about themselves; nobody else can tell two of them apart';
  comment on column oversight.concerned.leaf_index is 'The entry of the finding';
  comment on column oversight.concerned.rule is 'Code of the rule';
  comment on column oversight.concerned.office is 'The office (catalogue number)';
  comment on column oversight.concerned.day is 'Day of that entry, by the German calendar';
  comment on column oversight.concerned.mark is 'Keyed hash of finding, pseudonym and day: another one for each finding';
  comment on column oversight.concerned.expires_on is 'The finding''s own expiry';
  create index concerned_of_an_office on oversight.concerned (office);
  create index concerned_by_expiry on oversight.concerned (expires_on);
  ${guarded('concerned')}
`

const ABOUT_STAFF = `rule like 'staff\\_%'`

/** Whatever the program does: no agreement, no finding about a member of staff, and never one that is withheld. */
const barred = ({ worker }: Roles) => `
  create policy staff_under_an_agreement on oversight.finding as restrictive for insert to ${worker}
    with check (not (${ABOUT_STAFF}) or oversight.staff_rules_since(office) is not null);
  create policy staff_in_no_withheld_one on oversight.sealed_finding as restrictive for insert to ${worker}
    with check (not (${ABOUT_STAFF}));
`

const rights = ({ worker, watch, retention }: Roles) => `
  grant select, insert, update on oversight.actor_day to ${worker};
  create policy counted on oversight.actor_day for select to ${worker} using (true);
  create policy recounted on oversight.actor_day for update to ${worker} using (true) with check (true);
  create policy counting on oversight.actor_day for insert to ${worker}
    with check (oversight.staff_rules_since(office) is not null);
  grant insert on oversight.concerned to ${worker};
  create policy concerning on oversight.concerned for insert to ${worker}
    with check (oversight.staff_rules_since(office) is not null);
  grant select (leaf_index, rule, office, day, mark) on oversight.concerned to ${watch};
  create policy concerned_of_the_office on oversight.concerned for select to ${watch}
    using (office = ${OFFICE});
  ${['actor_day', 'concerned']
    .map(
      (table) => `
  grant select (expires_on), delete on oversight.${table} to ${retention};
  create policy what_is_due_seen on oversight.${table} for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.${table} for delete to ${retention}
    using (expires_on <= current_date);`,
    )
    .join('\n')}
`

/** Whoever knows the mark is meant: 32 bytes that nobody guesses, and that the key alone makes. */
const own = ({ owner, web_staff: staff }: Roles) => `
  create policy functions_of_the_room on oversight.finding for select to ${owner} using (true);
  create policy functions_of_the_room on oversight.concerned for select to ${owner} using (true);
  create function oversight.own_finding(entry bigint, of_rule text, own_mark bytea)
    returns table (evidence jsonb, found_at timestamptz, state text, changed_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select f.evidence, f.found_at, f.state, f.changed_at
      from oversight.concerned c
      join oversight.finding f on f.leaf_index = c.leaf_index and f.rule = c.rule
      where c.leaf_index = entry and c.rule = of_rule and c.mark = own_mark and c.office = ${OFFICE}
        and f.expires_on > current_date
  $$;
  comment on function oversight.own_finding(bigint, text, bytea) is 'A finding about whoever knows its mark: what it rests on and how it stands';
  revoke all on function oversight.own_finding(bigint, text, bytea) from public;
  grant execute on function oversight.own_finding(bigint, text, bytea) to ${staff};
`
