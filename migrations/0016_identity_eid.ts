import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** An eID beside a resident's account: connected once by somebody who was seen at a counter, then a way in of its own. */
export const identityEid: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [table, ways, recovery, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const table = `
  create table identity.eid (
    eid bytea primary key constraint eid_has_32_bytes check (octet_length(eid) = 32),
    account uuid not null references identity.account on delete cascade,
    bound_at timestamptz(3) not null,
    last_used_at timestamptz(3)
  );
  comment on table identity.eid is 'Electronic identities that open an account';
  comment on column identity.eid.eid is 'Keyed hash (HMAC-SHA256) of issuer and subject; neither is stored';
  comment on column identity.eid.account is 'The account that it opens';
  comment on column identity.eid.bound_at is 'When its owner connected it';
  comment on column identity.eid.last_used_at is 'When it last opened the account';
  create index eids_of_an_account on identity.eid (account);
`

const ways = `
  create function identity.bind_eid(token_hash bytea, eid bytea, at timestamptz) returns text
    language plpgsql ${HEAD}
  declare
    wanted uuid;
    owner uuid;
  begin
    select s.account into wanted from identity.session s
      where s.token_hash = bind_eid.token_hash and not s.shared and s.assurance <> 'letter'
        and s.ends_at > at and s.stepped_up_at > at - interval '10 minutes';
    if wanted is null then
      return 'refused';
    end if;
    insert into identity.eid (eid, account, bound_at) values (bind_eid.eid, wanted, at)
      on conflict do nothing;
    select e.account into owner from identity.eid e where e.eid = bind_eid.eid;
    return case when owner = wanted then 'bound' else 'taken' end;
  end $$;
  comment on function identity.bind_eid(bytea, bytea, timestamptz) is 'Connects an eID to the account of a session that rests on a counter and a fresh proof';

  create function identity.begin_eid_session(eid bytea, token_hash bytea, csrf bytea, at timestamptz, life interval)
    returns boolean
    language plpgsql ${HEAD}
  declare
    owner uuid;
  begin
    update identity.eid e set last_used_at = at where e.eid = begin_eid_session.eid
      returning e.account into owner;
    if owner is null then
      return false;
    end if;
    insert into identity.session (token_hash, account, assurance, csrf, started_at, seen_at, ends_at, stepped_up_at)
      values (begin_eid_session.token_hash, owner, 'high', begin_eid_session.csrf, at, at, at + life, at);
    return true;
  end $$;
  comment on function identity.begin_eid_session(bytea, bytea, bytea, timestamptz, interval) is 'Begins a session of an eID that was checked; false where it is connected to no account';

  create function identity.remove_eids() returns bigint
    language sql ${HEAD}
    with gone as (
      delete from identity.eid e where e.account = ${OWN} returning 1
    ), ended as (
      delete from identity.session s where s.account = ${OWN} and s.assurance = 'high'
    )
    select count(*) from gone
  $$;
  comment on function identity.remove_eids() is 'Disconnects the own eIDs and ends the sessions that they opened';
`

const recovery = `
  create function identity.drop_eids() returns trigger
    language plpgsql ${HEAD}
  begin
    delete from identity.eid e where e.account = new.account;
    return null;
  end $$;
  comment on function identity.drop_eids() is 'A code after a loss ends every other way in: whoever found the device may have connected an eID of their own';
  create trigger recovery_drops_eids after update of used_at on identity.activation_code
    for each row when (new.recovery and old.used_at is null and new.used_at is not null)
    execute function identity.drop_eids();
  alter table identity.activation_code enable always trigger recovery_drops_eids;
`

const SIGNATURES: Readonly<Record<string, (roles: Roles) => string>> = {
  'bind_eid(bytea, bytea, timestamptz)': (roles) => roles.web_public,
  'begin_eid_session(bytea, bytea, bytea, timestamptz, interval)': (roles) => roles.web_public,
  'remove_eids()': (roles) => roles.web_resident,
}

const rights = (roles: Roles) => `
  alter table identity.eid enable row level security;
  alter table identity.eid force row level security;
  create policy functions_of_the_room on identity.eid to ${roles.owner}
    using (true) with check (true);
  create policy own_eids on identity.eid for select to ${roles.web_resident}
    using (account = ${OWN});
  grant select (account, bound_at, last_used_at) on identity.eid to ${roles.web_resident};
  revoke all on function identity.drop_eids() from public;
  ${Object.entries(SIGNATURES)
    .map(
      ([signature, caller]) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${caller(roles)};`,
    )
    .join('')}
`
