import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** No account is deleted for want of use before its owner was told, and had four weeks to come. */
export const identityEnding: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [TOLD, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const TOLD = `
  alter table identity.account add column ending_told_at timestamptz(3);
  comment on column identity.account.ending_told_at is 'When its owner was told that it will be deleted unused; nothing once they came back';

  create function identity.note_ending(subject uuid, at timestamptz) returns void
    language sql ${HEAD}
    update identity.account a set ending_told_at = coalesce(a.ending_told_at, at)
      from identity.account_subject o
      where o.account = a.account and o.subject = note_ending.subject
  $$;
  comment on function identity.note_ending(uuid, timestamptz) is 'Notes that the owner of an account was told of its end; the first time counts';

  create or replace function identity.note_account_use() returns trigger
    language plpgsql ${HEAD}
  begin
    update identity.account a set last_used_at = new.started_at, ending_told_at = null
      where a.account = new.account;
    return null;
  end $$;

  create or replace function identity.delete_unused_accounts(at timestamptz) returns bigint
    language sql ${HEAD}
    with gone as (
      delete from identity.account a
        where coalesce(a.last_used_at, a.created_at) < at - interval '3 years'
          and a.ending_told_at <= at - interval '4 weeks' returning 1
    )
    select count(*) from gone
  $$;
  comment on function identity.delete_unused_accounts(timestamptz) is 'Deletes accounts that nobody has signed in to for three years and whose owners were told four weeks ago; the log stays as the law says';
`

const rights = ({ worker }: Roles) => `
  grant usage on schema identity to ${worker};
  revoke all on function identity.note_ending(uuid, timestamptz) from public;
  grant execute on function identity.note_ending(uuid, timestamptz) to ${worker};
`
