import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Accounts, staff and sessions; a session is read before an actor exists, so through functions alone. */
export const identitySessions: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(tables).execute(db)
    await sql.raw(functions).execute(db)
    await sql.raw(rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const tables = `
  create table identity.account (
    account uuid primary key,
    language text not null,
    created_at timestamptz(3) not null,
    demo_name text constraint demo_account_is_unique unique
  );
  comment on table identity.account is 'Accounts of residents; no name, no number';
  comment on column identity.account.account is 'Random id';
  comment on column identity.account.language is 'Language tag chosen last';
  comment on column identity.account.created_at is 'When it was made';
  comment on column identity.account.demo_name is 'Which demonstration sign-in it is, where it is one';

  create table identity.account_subject (
    account uuid not null references identity.account on delete cascade,
    scheme text not null constraint scheme_is_known check (scheme in ('azr', 'idnr', 'local')),
    subject uuid not null,
    subject_key bytea not null,
    primary key (account, subject)
  );
  comment on table identity.account_subject is 'The keyed subjects that an account owns';
  comment on column identity.account_subject.account is 'The account';
  comment on column identity.account_subject.scheme is 'Sort of number behind the subject';
  comment on column identity.account_subject.subject is 'The keyed subject';
  comment on column identity.account_subject.subject_key is 'The person''s subject key, AES-256-GCM: nonce (12), ciphertext, tag (16)';

  create table identity.staff (
    staff uuid primary key,
    role text not null constraint role_is_a_staff_role check (role in ('caseworker', 'dpo', 'supervisor', 'operator')),
    office int,
    unit int,
    assurance text not null constraint staff_assurance_is_known check (assurance in ('counter', 'high')),
    demo_name text constraint demo_staff_is_unique unique,
    constraint office_is_known_but_for_operators check (office is not null or role in ('operator', 'supervisor'))
  );
  comment on table identity.staff is 'Members of staff as office and unit; no name';
  comment on column identity.staff.staff is 'Random id';
  comment on column identity.staff.role is 'The one role';
  comment on column identity.staff.office is 'The office (catalogue number)';
  comment on column identity.staff.unit is 'The kind of unit (catalogue number)';
  comment on column identity.staff.assurance is 'How surely the person was identified';
  comment on column identity.staff.demo_name is 'Which demonstration sign-in it is, where it is one';

  create table identity.session (
    token_hash bytea primary key constraint token_hash_has_32_bytes check (octet_length(token_hash) = 32),
    account uuid references identity.account on delete cascade,
    staff uuid references identity.staff on delete cascade,
    assurance text not null,
    csrf bytea not null constraint csrf_secret_has_32_bytes check (octet_length(csrf) = 32),
    started_at timestamptz(3) not null,
    seen_at timestamptz(3) not null,
    ends_at timestamptz(3) not null,
    constraint session_is_of_one_person check ((account is null) <> (staff is null))
  );
  comment on table identity.session is 'Sessions by reference token; the token itself is never stored';
  comment on column identity.session.token_hash is 'SHA-256 of the token';
  comment on column identity.session.account is 'The resident, or';
  comment on column identity.session.staff is 'the member of staff';
  comment on column identity.session.assurance is 'Assurance of this sign-in';
  comment on column identity.session.csrf is 'Secret behind the CSRF tokens of this session';
  comment on column identity.session.started_at is 'When it began';
  comment on column identity.session.seen_at is 'When it was last used';
  comment on column identity.session.ends_at is 'When it ends at the latest';
  create index sessions_of_an_account on identity.session (account) where account is not null;
  create index sessions_of_staff on identity.session (staff) where staff is not null;
  create index sessions_by_end on identity.session (ends_at);
`

const functions = `
  create function identity.open_session(token_hash bytea, at timestamptz, idle interval)
    returns table (account uuid, staff uuid, role text, office int, unit int, assurance text,
      csrf bytea, seen_at timestamptz, subjects uuid[])
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.account, s.staff, m.role, m.office, m.unit, s.assurance, s.csrf, s.seen_at,
      array(select o.subject from identity.account_subject o where o.account = s.account order by o.subject)
    from identity.session s left join identity.staff m on m.staff = s.staff
    where s.token_hash = open_session.token_hash and s.ends_at > at and s.seen_at + idle > at
  $$;
  comment on function identity.open_session(bytea, timestamptz, interval) is 'The live session of a token, with the person behind it';

  create function identity.touch_session(token_hash bytea, at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    update identity.session s set seen_at = greatest(s.seen_at, at)
      where s.token_hash = touch_session.token_hash
  $$;
  comment on function identity.touch_session(bytea, timestamptz) is 'Notes that a session was used';

  create function identity.end_session(token_hash bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    delete from identity.session s where s.token_hash = end_session.token_hash
  $$;
  comment on function identity.end_session(bytea) is 'Ends a session: its row is gone';

  create function identity.begin_demo_session(person text, token_hash bytea, csrf bytea,
      at timestamptz, resident_life interval, staff_life interval) returns text
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    found_role text;
  begin
    insert into identity.session (token_hash, account, assurance, csrf, started_at, seen_at, ends_at)
      select begin_demo_session.token_hash, a.account,
        case when person = 'resident-letter' then 'letter' else 'counter' end,
        begin_demo_session.csrf, at, at, at + resident_life
      from identity.account a where a.demo_name = person
      returning 'resident' into found_role;
    if found_role is null then
      insert into identity.session (token_hash, staff, assurance, csrf, started_at, seen_at, ends_at)
        select begin_demo_session.token_hash, m.staff, m.assurance, begin_demo_session.csrf, at, at,
          at + staff_life
        from identity.staff m where m.demo_name = person
        returning (select m.role from identity.staff m where m.demo_name = person) into found_role;
    end if;
    return found_role;
  end $$;
  comment on function identity.begin_demo_session(text, bytea, bytea, timestamptz, interval, interval) is 'Signs a demonstration person in; nothing for an unknown one';

  create function identity.demo_people() returns table (person text, role text, language text)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select a.demo_name, 'resident', a.language from identity.account a where a.demo_name is not null
    union all
    select m.demo_name, m.role, 'de' from identity.staff m where m.demo_name is not null
  $$;
  comment on function identity.demo_people() is 'The demonstration sign-ins, by name alone';

  create function identity.delete_ended_sessions(at timestamptz, idle interval) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (
      delete from identity.session s where s.ends_at <= at or s.seen_at + idle <= at returning 1
    )
    select count(*) from gone
  $$;
  comment on function identity.delete_ended_sessions(timestamptz, interval) is 'Removes sessions that are over';
`

const SIGNATURES = [
  'open_session(bytea, timestamptz, interval)',
  'touch_session(bytea, timestamptz)',
  'end_session(bytea)',
  'begin_demo_session(text, bytea, bytea, timestamptz, interval, interval)',
  'demo_people()',
  'delete_ended_sessions(timestamptz, interval)',
]

/** The functions run as the owner, whom forced row-level security binds as well. */
const ofTheRoom = (table: string, { owner }: Roles) => `
  create policy functions_of_the_room on identity.${table} to ${owner}
    using (true) with check (true);`

const rights = (roles: Roles) => `
  grant usage on schema identity to ${roles.web_public}, ${roles.web_resident}, ${roles.retention};
  ${SIGNATURES.map((signature) => `revoke all on function identity.${signature} from public;`).join('\n  ')}
  ${SIGNATURES.slice(0, 5)
    .map((signature) => `grant execute on function identity.${signature} to ${roles.web_public};`)
    .join('\n  ')}
  grant execute on function identity.${SIGNATURES[5]} to ${roles.retention};

  alter table identity.account enable row level security;
  alter table identity.account force row level security;
  alter table identity.account_subject enable row level security;
  alter table identity.account_subject force row level security;
  alter table identity.staff enable row level security;
  alter table identity.staff force row level security;
  alter table identity.session enable row level security;
  alter table identity.session force row level security;
  grant select on identity.account, identity.account_subject to ${roles.web_resident};
  ${['account', 'account_subject', 'staff', 'session'].map((table) => ofTheRoom(table, roles)).join('')}
  create policy own_account on identity.account for select to ${roles.web_resident}
    using (account = nullif(current_setting('mirat.account', true), '')::uuid);
  create policy own_subjects on identity.account_subject for select to ${roles.web_resident}
    using (account = nullif(current_setting('mirat.account', true), '')::uuid);
`
