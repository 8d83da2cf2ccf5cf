import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What residents choose for their account, and when nobody uses it any more. */
export const identityAccounts: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [columns, use, choices, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const columns = `
  alter table identity.account add column shows_latest boolean not null default true;
  alter table identity.account add column last_used_at timestamptz(3);
  comment on column identity.account.shows_latest is 'Whether the first screen tells the latest accesses; off where others look at it';
  comment on column identity.account.last_used_at is 'When somebody last signed in; nothing before the first time';
`

const use = `
  create function identity.note_account_use() returns trigger
    language plpgsql ${HEAD}
  begin
    update identity.account a set last_used_at = new.started_at where a.account = new.account;
    return null;
  end $$;
  comment on function identity.note_account_use() is 'Keeps when a resident last signed in, whatever they signed in with';
  create trigger account_use after insert on identity.session
    for each row when (new.account is not null) execute function identity.note_account_use();
  alter table identity.session enable always trigger account_use;

  create function identity.delete_unused_accounts(at timestamptz) returns bigint
    language sql ${HEAD}
    with gone as (
      delete from identity.account a
        where coalesce(a.last_used_at, a.created_at) < at - interval '3 years' returning 1
    )
    select count(*) from gone
  $$;
  comment on function identity.delete_unused_accounts(timestamptz) is 'Deletes accounts that nobody has signed in to for three years; the log stays as the law says';
`

const choices = `
  create function identity.choose(language text, shows_latest boolean) returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.account a set language = choose.language, shows_latest = choose.shows_latest
      where a.account = ${OWN};
    return found;
  end $$;
  comment on function identity.choose(text, boolean) is 'What a resident chooses for the own account';
`

const rights = (roles: Roles) => `
  revoke all on function identity.note_account_use() from public;
  revoke all on function identity.delete_unused_accounts(timestamptz) from public;
  revoke all on function identity.choose(text, boolean) from public;
  grant execute on function identity.delete_unused_accounts(timestamptz) to ${roles.retention};
  grant execute on function identity.choose(text, boolean) to ${roles.web_resident};
`
