import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Activation codes: issued by staff, used before there is an actor, so through functions alone. */
export const identityCodes: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [codes, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const codes = `
  create function identity.wrong_guesses(client bytea, at timestamptz) returns int
    language sql stable ${HEAD}
    select coalesce((select g.wrong from identity.guess g
      where g.client = wrong_guesses.client and g.since > at - interval '1 hour'), 0)
  $$;
  comment on function identity.wrong_guesses(bytea, timestamptz) is 'Wrong codes of a client within an hour';

  create function identity.note_guess(client bytea, at timestamptz) returns void
    language sql ${HEAD}
    insert into identity.guess as g (client, since, wrong) values (note_guess.client, at, 1)
      on conflict (client) do update set
        wrong = case when g.since > at - interval '1 hour' then g.wrong + 1 else 1 end,
        since = case when g.since > at - interval '1 hour' then g.since else at end
  $$;
  comment on function identity.note_guess(bytea, timestamptz) is 'Counts a wrong code of a client';

  create function identity.redeem_code(code_hash bytea, birth_year_hash bytea, token_hash bytea, csrf bytea,
      shared boolean, at timestamptz, life interval) returns text
    language plpgsql ${HEAD}
  declare
    found_code identity.activation_code;
  begin
    select * into found_code from identity.activation_code c
      where c.code_hash = redeem_code.code_hash for update;
    if found_code is null or found_code.used_at is not null or found_code.cancelled_at is not null
        or found_code.tries_left <= 0 or at < found_code.valid_from or at >= found_code.expires_at then
      return null;
    end if;
    if found_code.birth_year_hash is not null
        and found_code.birth_year_hash is distinct from redeem_code.birth_year_hash then
      update identity.activation_code c set tries_left = c.tries_left - 1 where c.code = found_code.code;
      return null;
    end if;
    update identity.activation_code c set used_at = at, sheet = null where c.code = found_code.code;
    if found_code.recovery then
      delete from identity.session s where s.account = found_code.account;
      update identity.passkey p set removed_at = at
        where p.account = found_code.account and p.removed_at is null;
    end if;
    insert into identity.session (token_hash, account, assurance, csrf, started_at, seen_at, ends_at,
        stepped_up_at, shared)
      values (redeem_code.token_hash, found_code.account, found_code.assurance, redeem_code.csrf, at, at,
        at + life, at, redeem_code.shared);
    return (select a.language from identity.account a where a.account = found_code.account);
  end $$;
  comment on function identity.redeem_code(bytea, bytea, bytea, bytea, boolean, timestamptz, interval) is 'Uses a code up and begins a session; nothing for every code that does not count, whatever the reason';

  create function identity.issue_code(fresh_account uuid, language text, scheme text, subject uuid,
      subject_key bytea, code uuid, code_hash bytea, assurance text, recovery boolean, birth_year_hash bytea,
      sheet bytea, issued_by uuid, at timestamptz) returns text
    language plpgsql ${HEAD}
  declare
    owner uuid;
    starts timestamptz := at;
  begin
    perform pg_advisory_xact_lock(hashtextextended(issue_code.subject::text, 7));
    if (select count(*) from identity.activation_code c
        where c.issued_by = issue_code.issued_by and c.issued_at > at - interval '1 day') >= 40 then
      return 'clerk';
    end if;
    select o.account into owner from identity.account_subject o where o.subject = issue_code.subject;
    if owner is null then
      insert into identity.account (account, language, created_at)
        values (fresh_account, issue_code.language, at);
      insert into identity.account_subject (account, scheme, subject, subject_key)
        values (fresh_account, issue_code.scheme, issue_code.subject, issue_code.subject_key);
      owner := fresh_account;
    end if;
    if issue_code.assurance = 'letter' and exists (select from identity.activation_code c
        where c.account = owner and c.assurance = 'letter' and c.issued_at > at - interval '1 day') then
      return 'letter';
    end if;
    if issue_code.recovery and issue_code.assurance = 'letter' then
      starts := at + interval '72 hours';
    end if;
    update identity.activation_code c set cancelled_at = at, sheet = null
      where c.account = owner and c.used_at is null and c.cancelled_at is null;
    insert into identity.activation_code (code, code_hash, account, assurance, recovery, birth_year_hash,
        issued_by, issued_at, valid_from, expires_at, tries_left, sheet)
      values (issue_code.code, issue_code.code_hash, owner, issue_code.assurance, issue_code.recovery,
        issue_code.birth_year_hash, issue_code.issued_by, at, starts, starts + interval '21 days', 5,
        issue_code.sheet);
    return 'issued';
  end $$;
  comment on function identity.issue_code(uuid, text, text, uuid, bytea, uuid, bytea, text, boolean, bytea, bytea, uuid, timestamptz) is 'Issues a code to the person of a subject, with a new account where there is none; issued, or what is capped: clerk, letter';

  create function identity.sheet_of(code uuid, issued_by uuid, at timestamptz)
    returns table (sheet bytea, assurance text, recovery boolean, valid_from timestamptz, expires_at timestamptz, language text)
    language sql stable ${HEAD}
    select c.sheet, c.assurance, c.recovery, c.valid_from, c.expires_at, a.language
      from identity.activation_code c join identity.account a on a.account = c.account
      where c.code = sheet_of.code and c.issued_by = sheet_of.issued_by and c.sheet is not null
        and c.issued_at > at - interval '1 hour'
  $$;
  comment on function identity.sheet_of(uuid, uuid, timestamptz) is 'What stands on the sheet of a code, for whoever issued it, until it is printed';

  create function identity.empty_sheet(code uuid, issued_by uuid) returns void
    language sql ${HEAD}
    update identity.activation_code c set sheet = null
      where c.code = empty_sheet.code and c.issued_by = empty_sheet.issued_by
  $$;
  comment on function identity.empty_sheet(uuid, uuid) is 'Forgets the code once its sheet is printed';

  create function identity.cancel_codes(at timestamptz) returns bigint
    language sql ${HEAD}
    with stopped as (
      update identity.activation_code c set cancelled_at = at, sheet = null
        where c.account = ${OWN} and c.used_at is null and c.cancelled_at is null
        returning 1
    )
    select count(*) from stopped
  $$;
  comment on function identity.cancel_codes(timestamptz) is 'Stops codes that somebody asked for in the name of a resident';

  create function identity.forget_sign_in(at timestamptz) returns bigint
    language plpgsql ${HEAD}
  declare
    gone bigint := 0;
    step bigint;
  begin
    delete from identity.guess g where g.since < at - interval '2 hours';
    get diagnostics step = row_count;
    gone := gone + step;
    delete from identity.used_challenge u where u.expires_at < at;
    get diagnostics step = row_count;
    gone := gone + step;
    update identity.activation_code c set sheet = null
      where c.sheet is not null and c.issued_at < at - interval '1 hour';
    get diagnostics step = row_count;
    gone := gone + step;
    delete from identity.activation_code c where c.expires_at < at - interval '30 days';
    get diagnostics step = row_count;
    return gone + step;
  end $$;
  comment on function identity.forget_sign_in(timestamptz) is 'Deletes what signing in leaves behind once it has served; returns how many rows';
`

/** Functions and who may call them; the rooms' roles reach no table here but the resident's own rows. */
const SIGNATURES: Readonly<Record<string, (roles: Roles) => string>> = {
  'wrong_guesses(bytea, timestamptz)': (roles) => roles.web_public,
  'note_guess(bytea, timestamptz)': (roles) => roles.web_public,
  'redeem_code(bytea, bytea, bytea, bytea, boolean, timestamptz, interval)': (roles) =>
    roles.web_public,
  'cancel_codes(timestamptz)': (roles) => roles.web_resident,
  'issue_code(uuid, text, text, uuid, bytea, uuid, bytea, text, boolean, bytea, bytea, uuid, timestamptz)':
    (roles) => roles.web_staff,
  'sheet_of(uuid, uuid, timestamptz)': (roles) => roles.web_staff,
  'empty_sheet(uuid, uuid)': (roles) => roles.web_staff,
  'forget_sign_in(timestamptz)': (roles) => roles.retention,
}

const FUNCTION_RIGHTS = (roles: Roles) =>
  Object.entries(SIGNATURES)
    .map(
      ([signature, caller]) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${caller(roles)};`,
    )
    .join('')

const TABLES = ['activation_code', 'guess']

const rights = (roles: Roles) => `
  ${TABLES.map(
    (table) => `
  alter table identity.${table} enable row level security;
  alter table identity.${table} force row level security;
  create policy functions_of_the_room on identity.${table} to ${roles.owner}
    using (true) with check (true);`,
  ).join('')}
  ${FUNCTION_RIGHTS(roles)}
  grant usage on schema identity to ${roles.web_staff};
  grant select (code, account, assurance, recovery, issued_at, valid_from, expires_at, used_at, cancelled_at)
    on identity.activation_code to ${roles.web_resident};
  create policy own_codes on identity.activation_code for select to ${roles.web_resident}
    using (account = nullif(current_setting('mirat.account', true), '')::uuid);
`
