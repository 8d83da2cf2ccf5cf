import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Passkeys: a signature is checked and a session begun before there is an actor, so through functions alone. */
export const identityPasskeys: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [passkeys, sessions, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const passkeys = `
  create function identity.passkey_of(credential bytea)
    returns table (public_key bytea, counter bigint, transports text[])
    language sql stable ${HEAD}
    select p.public_key, p.counter, p.transports from identity.passkey p
      where p.credential = passkey_of.credential and p.removed_at is null
  $$;
  comment on function identity.passkey_of(bytea) is 'What checks a signature; whose key it is stays inside';

  create function identity.answer_challenge(challenge bytea, expires_at timestamptz) returns boolean
    language sql ${HEAD}
    with fresh as (
      insert into identity.used_challenge (challenge, expires_at)
        values (answer_challenge.challenge, answer_challenge.expires_at)
        on conflict do nothing returning 1
    )
    select exists (select from fresh)
  $$;
  comment on function identity.answer_challenge(bytea, timestamptz) is 'Uses a challenge up; false where it was answered before';

  create function identity.begin_passkey_session(credential bytea, new_counter bigint, token_hash bytea,
      csrf bytea, at timestamptz, resident_life interval, staff_life interval)
    returns table (role text, language text)
    language plpgsql ${HEAD}
  declare
    found_key identity.passkey;
  begin
    update identity.passkey p set counter = new_counter, last_used_at = at
      where p.credential = begin_passkey_session.credential and p.removed_at is null
        and (p.counter < new_counter or (p.counter = 0 and new_counter = 0))
      returning * into found_key;
    if found_key is null then
      return;
    end if;
    insert into identity.session (token_hash, account, staff, assurance, csrf, started_at, seen_at, ends_at,
        stepped_up_at, passkey)
      values (begin_passkey_session.token_hash, found_key.account, found_key.staff, found_key.assurance,
        begin_passkey_session.csrf, at, at,
        at + case when found_key.staff is null then resident_life else staff_life end, at,
        found_key.credential);
    return query select coalesce(m.role, 'resident'), coalesce(a.language, 'de')
      from (select 1) one
        left join identity.staff m on m.staff = found_key.staff
        left join identity.account a on a.account = found_key.account;
  end $$;
  comment on function identity.begin_passkey_session(bytea, bigint, bytea, bytea, timestamptz, interval, interval) is 'Begins a session of a passkey whose signature was checked; nothing where it was removed or its counter went back';

  create function identity.step_up(token_hash bytea, credential bytea, new_counter bigint,
      new_token_hash bytea, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.passkey p set counter = new_counter, last_used_at = at
      from identity.session s
      where s.token_hash = step_up.token_hash and p.credential = step_up.credential
        and p.removed_at is null and (p.account = s.account or p.staff = s.staff)
        and (p.counter < new_counter or (p.counter = 0 and new_counter = 0));
    if not found then
      return false;
    end if;
    update identity.session s set stepped_up_at = at, token_hash = new_token_hash
      where s.token_hash = step_up.token_hash;
    return true;
  end $$;
  comment on function identity.step_up(bytea, bytea, bigint, bytea, timestamptz) is 'Notes that the person behind a session proved it again with a passkey of their own; the session gets another token';

  create function identity.bind_passkey(token_hash bytea, credential bytea, public_key bytea, counter bigint,
      transports text[], device_type text, backed_up boolean, aaguid uuid, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    insert into identity.passkey (credential, account, staff, public_key, counter, transports, device_type,
        backed_up, aaguid, assurance, created_at)
      select bind_passkey.credential, s.account, s.staff, bind_passkey.public_key, bind_passkey.counter,
        bind_passkey.transports, bind_passkey.device_type, bind_passkey.backed_up, bind_passkey.aaguid,
        s.assurance, at
      from identity.session s where s.token_hash = bind_passkey.token_hash and not s.shared
      on conflict do nothing;
    return found;
  end $$;
  comment on function identity.bind_passkey(bytea, bytea, bytea, bigint, text[], text, boolean, uuid, timestamptz) is 'Binds a passkey to the person behind a session, with the assurance of that session';

  create function identity.remove_passkey(credential bytea, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.passkey p set removed_at = at
      where p.account = ${OWN} and p.credential = remove_passkey.credential
        and p.removed_at is null;
    if not found then
      return false;
    end if;
    delete from identity.session s where s.passkey = remove_passkey.credential;
    return true;
  end $$;
  comment on function identity.remove_passkey(bytea, timestamptz) is 'Removes an own passkey and ends the sessions that it opened';

  create function identity.delete_account() returns boolean
    language sql ${HEAD}
    with gone as (
      delete from identity.account a where a.account = ${OWN} returning 1
    )
    select exists (select from gone)
  $$;
  comment on function identity.delete_account() is 'Deletes the own account with everything that opens it; the log stays as the law says';

  create function identity.end_sessions() returns bigint
    language sql ${HEAD}
    with ended as (
      delete from identity.session s where s.account = ${OWN} returning 1
    )
    select count(*) from ended
  $$;
  comment on function identity.end_sessions() is 'Ends every own session';
`

const sessions = `
  create or replace function identity.begin_demo_session(person text, token_hash bytea, csrf bytea,
      at timestamptz, resident_life interval, staff_life interval) returns text
    language plpgsql ${HEAD}
  declare
    found_role text;
  begin
    insert into identity.session (token_hash, account, assurance, csrf, started_at, seen_at, ends_at, stepped_up_at)
      select begin_demo_session.token_hash, a.account,
        case when person = 'resident-letter' then 'letter' else 'counter' end,
        begin_demo_session.csrf, at, at, at + resident_life, at
      from identity.account a where a.demo_name = person
      returning 'resident' into found_role;
    if found_role is null then
      insert into identity.session (token_hash, staff, assurance, csrf, started_at, seen_at, ends_at, stepped_up_at)
        select begin_demo_session.token_hash, m.staff, m.assurance, begin_demo_session.csrf, at, at,
          at + staff_life, at
        from identity.staff m where m.demo_name = person
        returning (select m.role from identity.staff m where m.demo_name = person) into found_role;
    end if;
    return found_role;
  end $$;

  drop function identity.open_session(bytea, timestamptz, interval);
  create function identity.open_session(token_hash bytea, at timestamptz, idle interval)
    returns table (account uuid, staff uuid, role text, office int, unit int, assurance text,
      csrf bytea, seen_at timestamptz, stepped_up_at timestamptz, shared boolean, subjects uuid[])
    language sql stable ${HEAD}
    select s.account, s.staff, m.role, m.office, m.unit, s.assurance, s.csrf, s.seen_at, s.stepped_up_at,
      s.shared,
      array(select o.subject from identity.account_subject o where o.account = s.account order by o.subject)
    from identity.session s left join identity.staff m on m.staff = s.staff
    where s.token_hash = open_session.token_hash and s.ends_at > at and s.seen_at + idle > at
  $$;
  comment on function identity.open_session(bytea, timestamptz, interval) is 'The live session of a token, with the person behind it';

`

/** Functions and who may call them; the rooms' roles reach no table here but the resident's own rows. */
const SIGNATURES: Readonly<Record<string, (roles: Roles) => string>> = {
  'open_session(bytea, timestamptz, interval)': (roles) => roles.web_public,
  'passkey_of(bytea)': (roles) => roles.web_public,
  'answer_challenge(bytea, timestamptz)': (roles) => roles.web_public,
  'begin_passkey_session(bytea, bigint, bytea, bytea, timestamptz, interval, interval)': (roles) =>
    roles.web_public,
  'step_up(bytea, bytea, bigint, bytea, timestamptz)': (roles) => roles.web_public,
  'bind_passkey(bytea, bytea, bytea, bigint, text[], text, boolean, uuid, timestamptz)': (roles) =>
    roles.web_public,
  'remove_passkey(bytea, timestamptz)': (roles) => roles.web_resident,
  'end_sessions()': (roles) => roles.web_resident,
  'delete_account()': (roles) => roles.web_resident,
}

const FUNCTION_RIGHTS = (roles: Roles) =>
  Object.entries(SIGNATURES)
    .map(
      ([signature, caller]) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${caller(roles)};`,
    )
    .join('')

const TABLES = ['passkey', 'used_challenge']

const rights = (roles: Roles) => `
  ${TABLES.map(
    (table) => `
  alter table identity.${table} enable row level security;
  alter table identity.${table} force row level security;
  create policy functions_of_the_room on identity.${table} to ${roles.owner}
    using (true) with check (true);`,
  ).join('')}
  ${FUNCTION_RIGHTS(roles)}
  grant select (credential, account, device_type, backed_up, aaguid, assurance, created_at, last_used_at, removed_at)
    on identity.passkey to ${roles.web_resident};
  grant select (account, started_at, seen_at, ends_at, passkey, shared) on identity.session to ${roles.web_resident};
  create policy own_passkeys on identity.passkey for select to ${roles.web_resident}
    using (account = nullif(current_setting('mirat.account', true), '')::uuid);
  create policy own_sessions on identity.session for select to ${roles.web_resident}
    using (account = nullif(current_setting('mirat.account', true), '')::uuid);
`
