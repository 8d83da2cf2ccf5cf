import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Whoever took an account over must not keep its owner from hearing of it: the address before is told even
 * where the one after it is gone within the minute, and what waited for the next digest leaves at once where
 * somebody chooses to get no mails from now on.
 */
export const noticesFormer: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [KEEPING, rights(roles.owner), CHANGING, CHOOSING])
      await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const KEEP = 'notices.keep_former(uuid, bytea, timestamptz)'

/** The first of several that wait is the owner's: it stays until its mail has left, or was given up. */
const KEEPING = `
  create function notices.keep_former(account uuid, address bytea, at timestamptz) returns void language sql volatile set search_path = pg_catalog, pg_temp as $$
    insert into notices.mail as m (account, kind, state, wanted, next_at, content)
      select keep_former.account, 'former', 'waiting', 1, keep_former.at, keep_former.address
        where keep_former.address is not null
      on conflict on constraint mail_of_a_kind_is_one do update set wanted = m.wanted + 1,
        state = 'waiting', tries = 0, next_at = excluded.next_at, content = excluded.content
        where m.state <> 'waiting'
  $$;
  comment on function ${KEEP} is 'Lets the address before be told; one that waits for it already comes first';
`

const rights = (owner: string) => `
  revoke all on function ${KEEP} from public;
  grant execute on function ${KEEP} to ${owner};
`

const EMPTIED = `failing_since = null, version = c.version + 1, pending = null, code_hash = null,
      code_expires_at = null, tries_left = 0`

const CHANGING = `
  create or replace function notices.prove(code_hash bytea, message uuid, at timestamptz, expires date) returns text language plpgsql ${HEAD}
  declare own notices.channel; begin
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if not found or own.code_hash is null or own.tries_left <= 0 or at >= own.code_expires_at then return 'over'; end if;
    if own.code_hash <> prove.code_hash then
      update notices.channel c set tries_left = c.tries_left - 1 where c.account = own.account;
      return case when own.tries_left > 1 then 'wrong' else 'over' end;
    end if;
    perform notices.keep_former(own.account, own.address, at);
    update notices.channel c set address = c.pending, confirmed_at = at, ${EMPTIED} where c.account = own.account;
    insert into notices.message (message, account, code, params, told_at, expires_on)
      values (prove.message, own.account, 'address_confirmed', '{}', at, expires);
    return 'proven';
  end $$;
  create or replace function notices.drop_address(message uuid, at timestamptz, expires date) returns boolean language plpgsql ${HEAD}
  declare own notices.channel; begin
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if not found or (own.address is null and own.pending is null) then return false; end if;
    perform notices.keep_former(own.account, own.address, at);
    update notices.channel c set choice = 'none', address = null, confirmed_at = null, ${EMPTIED}
      where c.account = own.account;
    update notices.mail m set state = 'done', content = null
      where m.account = own.account and m.kind <> 'former';
    insert into notices.message (message, account, code, params, told_at, expires_on)
      values (drop_address.message, own.account, 'address_removed', '{}', at, expires);
    return true;
  end $$;
`

const CHOOSING = `
  create or replace function notices.choose(choice text, at timestamptz) returns void language sql volatile ${HEAD}
    with chosen as (update notices.channel c set choice = choose.choice where c.account = ${OWN} returning c.account)
    update notices.mail m set next_at = notices.mail_due(choose.choice, choose.at, m.sent_at)
      from chosen where m.account = chosen.account and m.kind = 'news' and m.state = 'waiting'
  $$;
`
