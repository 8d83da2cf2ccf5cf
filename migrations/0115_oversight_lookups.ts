import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Who looked at one person: a data protection officer finds their accesses by the number that the person names (GDPR
 * Articles 15 and 38 (4)). Each search is written down without the number, and the database counts them, so that
 * nobody can try numbers.
 */
export const oversightLookups: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [LOOKUP, COUNTING, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const IS_OFFICER = `(select identity.is_officer())`

const LOOKUP = `
  create table oversight.lookup (
    lookup uuid primary key,
    reference text not null constraint lookup_reference_is_unique unique,
    office int not null,
    staff uuid not null,
    reason text not null constraint lookup_reason_is_known check (reason in ('complaint', 'access', 'suspicion')),
    entry bigint,
    asked_at timestamptz(3) not null,
    counted_at timestamptz(3) not null,
    expires_on date not null
  );
  comment on table oversight.lookup is 'Searches of officers for the accesses to one person: append-only, without the number; whose accesses were found says a leaf index alone';
  comment on column oversight.lookup.lookup is 'Random id';
  comment on column oversight.lookup.reference is 'Eight characters by which people name it';
  comment on column oversight.lookup.office is 'The office whose accesses were searched (catalogue number)';
  comment on column oversight.lookup.staff is 'Who searched, a random id';
  comment on column oversight.lookup.reason is 'Why: a code of server/oversight/lookup.ts; no free text';
  comment on column oversight.lookup.entry is 'Leaf index of the newest access that was found; absent where there was none';
  comment on column oversight.lookup.asked_at is 'When it was asked';
  comment on column oversight.lookup.counted_at is 'The same by the clock of the database, which limits them';
  comment on column oversight.lookup.expires_on is 'First day on which the row is gone: a year after it was asked';
  create index lookups_of_staff on oversight.lookup (staff, counted_at);
  create index lookups_by_time on oversight.lookup (asked_at desc);
  create trigger no_update before update on oversight.lookup
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on oversight.lookup
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on oversight.lookup
    for each statement execute function ledger.refuse_change();
  alter table oversight.lookup enable always trigger no_update;
  alter table oversight.lookup enable always trigger no_early_delete;
  alter table oversight.lookup enable always trigger no_truncate;
  alter table oversight.lookup enable row level security;
  alter table oversight.lookup force row level security;
`

/** The lock lets two searches of the same moment count each other. */
const COUNTING = `
  create function oversight.may_look_up() returns boolean
    language sql stable ${HEAD}
    select identity.is_officer() and count(*) < 60
        and count(*) filter (where l.counted_at > now() - interval '24 hours') < 10
      from oversight.lookup l where identity.is_me(l.staff) and l.counted_at > now() - interval '30 days'
  $$;
  comment on function oversight.may_look_up() is 'Whether the officer of the scope can search by a number now: ten times in 24 hours, sixty in 30 days';

  create function oversight.look_up(lookup uuid, reference text, reason text, entry bigint, at timestamptz)
    returns boolean
    language plpgsql volatile ${HEAD}
  begin
    perform pg_advisory_xact_lock(hashtextextended('oversight.lookup ' || (
      select coalesce(m.officer, m.staff) from identity.staff m where m.staff = ${STAFF}), 0));
    if not oversight.may_look_up() then
      return false;
    end if;
    insert into oversight.lookup (lookup, reference, office, staff, reason, entry, asked_at, counted_at, expires_on)
      values (look_up.lookup, look_up.reference, ${OFFICE}, ${STAFF}, look_up.reason, look_up.entry, look_up.at, now(),
        look_up.at::date + 365);
    return true;
  end $$;
  comment on function oversight.look_up(uuid, text, text, bigint, timestamptz) is 'Writes a search down; false where the officer of the scope has searched too often, or is none';
`

const rights = ({ owner, retention, web_staff: staff }: Roles) => `
  create policy functions_of_the_room on oversight.lookup to ${owner} using (true) with check (true);
  revoke all on function oversight.may_look_up(), oversight.look_up(uuid, text, text, bigint, timestamptz) from public;
  grant execute on function oversight.may_look_up(), oversight.look_up(uuid, text, text, bigint, timestamptz) to ${staff};
  grant select (lookup, reference, office, staff, reason, entry, asked_at) on oversight.lookup to ${staff};
  grant select (expires_on), delete on oversight.lookup to ${retention};
  create policy what_is_due_seen on oversight.lookup for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.lookup for delete to ${retention} using (expires_on <= current_date);
  create policy lookups_of_the_office on oversight.lookup for select to ${staff}
    using (office = ${OFFICE} and ${IS_OFFICER});
  create policy lookups_for_the_supervision on oversight.lookup for select to ${staff}
    using ((select identity.is_supervisor()));
`
