import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Whoever took an account over must not silence its owner unseen: asking for another address and wanting no
 * mails stand in the inbox, and when mails are wanted changes with the address that was proved for it.
 */
export const noticesUnproved: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [PENDING, ASKING, PROVING, CHOOSING, UPKEEP, rights(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const ZONE = `'Europe/Berlin'`
const ASK = 'notices.ask_proof(text, bytea, bytea, bytea, timestamptz, timestamptz, uuid, date)'
const CHOOSE = 'notices.choose(text, uuid, timestamptz, date)'

const PENDING = `
  alter table notices.channel add column pending_choice text
    constraint channel_pending_choice_is_known check (pending_choice in ('each', 'daily', 'none'));
  update notices.channel set pending_choice = choice where pending is not null;
  alter table notices.channel add constraint channel_pending_has_a_choice
    check ((pending is null) = (pending_choice is null));
  comment on column notices.channel.pending_choice is 'When mails are wanted at the address that is not confirmed yet';
`

const ASKING = `
  drop function notices.ask_proof(text, bytea, bytea, bytea, timestamptz, timestamptz);
  create function notices.ask_proof(choice text, pending bytea, code_hash bytea, content bytea, at timestamptz, expires timestamptz, message uuid, message_expires date) returns boolean language plpgsql ${HEAD}
  declare own notices.channel; begin
    insert into notices.channel (account, choice) values (${OWN}, 'none') on conflict do nothing;
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if (select count(*) from unnest(own.asked) t where t > at - interval '1 day') >= 3 then return false; end if;
    update notices.channel c set pending = ask_proof.pending, pending_choice = ask_proof.choice,
        pending_failed = false, code_hash = ask_proof.code_hash, code_expires_at = expires, tries_left = 5,
        asked = array(select t from unnest(own.asked) t where t > at - interval '1 day') || at
      where c.account = own.account;
    insert into notices.mail as m (account, kind, state, wanted, next_at, content)
      values (own.account, 'proof', 'waiting', 1, at, ask_proof.content)
      on conflict on constraint mail_of_a_kind_is_one do update set wanted = m.wanted + 1, state = 'waiting',
        tries = 0, next_at = excluded.next_at, content = excluded.content;
    insert into notices.message (message, account, code, params, told_at, expires_on)
      values (ask_proof.message, own.account, 'address_asked', '{}', at, message_expires);
    return true;
  end $$;
  comment on function ${ASK} is 'Lets a code be mailed to an address of the own account, and tells the inbox; false after three within a day';
`

const EMPTIED = `failing_since = null, version = c.version + 1, pending = null, pending_choice = null,
      code_hash = null, code_expires_at = null, tries_left = 0`

const PROVING = `
  create or replace function notices.prove(code_hash bytea, message uuid, at timestamptz, expires date) returns text language plpgsql ${HEAD}
  declare own notices.channel; begin
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if not found or own.code_hash is null or own.tries_left <= 0 or at >= own.code_expires_at then return 'over'; end if;
    if own.code_hash <> prove.code_hash then
      update notices.channel c set tries_left = c.tries_left - 1 where c.account = own.account;
      return case when own.tries_left > 1 then 'wrong' else 'over' end;
    end if;
    perform notices.keep_former(own.account, own.address, at);
    update notices.channel c set address = c.pending, choice = c.pending_choice, confirmed_at = at, ${EMPTIED}
      where c.account = own.account;
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

/** Where no mails were wanted before, nothing is silenced, and nothing is told. */
const CHOOSING = `
  drop function notices.choose(text, timestamptz);
  create function notices.choose(choice text, message uuid, at timestamptz, expires date) returns void language plpgsql ${HEAD}
  declare own notices.channel; begin
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if not found then return; end if;
    update notices.channel c set choice = choose.choice where c.account = own.account;
    update notices.mail m set next_at = notices.mail_due(choose.choice, choose.at, m.sent_at)
      where m.account = own.account and m.kind = 'news' and m.state = 'waiting';
    if choose.choice = 'none' and own.choice <> 'none' then
      insert into notices.message (message, account, code, params, told_at, expires_on)
        values (choose.message, own.account, 'mails_stopped', '{}', at, expires);
    end if;
  end $$;
  comment on function ${CHOOSE} is 'When the own account wants mails; what waits follows, and the inbox is told where they end';
`

const UPKEEP = `
  create or replace function notices.forget(at timestamptz) returns bigint language plpgsql ${HEAD}
  declare messages bigint; codes bigint; channels bigint; begin
    delete from notices.message m where m.expires_on <= (at at time zone ${ZONE})::date;
    get diagnostics messages = row_count;
    update notices.channel c set pending = null, pending_choice = null, code_hash = null,
        code_expires_at = null, tries_left = 0
      where c.code_expires_at <= at - interval '1 day';
    get diagnostics codes = row_count;
    delete from notices.channel c where c.address is null and c.pending is null
      and not exists (select from unnest(c.asked) t where t > at - interval '1 day')
      and not exists (select from notices.mail m where m.account = c.account and m.state = 'waiting');
    get diagnostics channels = row_count;
    return messages + codes + channels;
  end $$;
`

const rights = ({ web_resident: resident }: Roles) => `
  grant select (pending_choice) on notices.channel to ${resident};
  revoke all on function ${ASK}, ${CHOOSE} from public;
  grant execute on function ${ASK}, ${CHOOSE} to ${resident};
`
