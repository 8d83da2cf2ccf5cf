import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What residents are told in their own inbox, and the neutral e-mail that says that there is something. */
export const noticesMessages: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema notices authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [MESSAGES, CHANNELS, MAILS, TELLING, CHOOSING, SENDING, UPKEEP, rights(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const ZONE = `'Europe/Berlin'`

/** The check lets codes, references, days and times in, and no blank: no sentence, no name, no value. */
const MESSAGES = `
  comment on schema notices is 'What residents are told, and on which way';
  create table notices.message (
    message uuid primary key,
    account uuid not null references identity.account on delete cascade,
    code text not null constraint message_code_is_a_code check (code ~ '^[a-z][a-z_]{2,39}$'),
    params jsonb not null constraint message_holds_codes_alone
      check (params::text ~ '^\\{("[a-z]+": "[A-Za-z0-9.:_-]{1,60}"(, )?)*\\}$'),
    told_at timestamptz(3) not null, read_at timestamptz(3),
    once_for text constraint message_occasion_is_short check (length(once_for) <= 60),
    expires_on date not null,
    constraint message_is_told_once unique (account, code, once_for)
  );
  comment on table notices.message is 'Messages to residents: a code of what happened, put into words in the reader''s language';
  comment on column notices.message.message is 'Random id: no number that could be counted';
  comment on column notices.message.account is 'Whom it is for; it goes with the account';
  comment on column notices.message.code is 'What happened';
  comment on column notices.message.params is 'Codes, references, days and times; never a name, a value or free text';
  comment on column notices.message.told_at is 'When it happened and was told, in one transaction';
  comment on column notices.message.read_at is 'When the person first opened it';
  comment on column notices.message.once_for is 'Occasion of which the person is told once; nothing where each time counts';
  comment on column notices.message.expires_on is 'First day on which the row is gone';
  create index message_inbox on notices.message (account, told_at desc, message desc);
  create index message_due on notices.message (expires_on);
`

const CHANNELS = `
  create table notices.channel (
    account uuid primary key references identity.account on delete cascade,
    choice text not null constraint channel_choice_is_known check (choice in ('none', 'each', 'daily')),
    address bytea, confirmed_at timestamptz(3),
    failing_since timestamptz(3), version int not null default 0,
    pending bytea, pending_failed boolean not null default false,
    code_hash bytea, code_expires_at timestamptz(3), tries_left int not null default 0,
    asked timestamptz(3)[] not null default '{}',
    constraint channel_address_is_confirmed check ((address is null) = (confirmed_at is null)),
    constraint channel_pending_has_a_code check ((pending is null) = (code_hash is null) and (pending is null) = (code_expires_at is null))
  );
  comment on table notices.channel is 'E-mail addresses to which residents want neutral notices';
  comment on column notices.channel.account is 'Whose address it is; it goes with the account';
  comment on column notices.channel.choice is 'none, each time, or daily: one mail a day at most';
  comment on column notices.channel.address is 'The confirmed address (AES-256-GCM)';
  comment on column notices.channel.confirmed_at is 'When a code that was mailed to it was typed in the portal';
  comment on column notices.channel.failing_since is 'When its server last refused it for good';
  comment on column notices.channel.version is 'Counts the addresses: an answer to an older one changes nothing';
  comment on column notices.channel.pending is 'An address that is not confirmed yet (AES-256-GCM)';
  comment on column notices.channel.pending_failed is 'Whether its server refused the code';
  comment on column notices.channel.code_hash is 'Keyed hash of the code that was mailed';
  comment on column notices.channel.code_expires_at is 'Until when the code counts';
  comment on column notices.channel.tries_left is 'Wrong codes that are still allowed';
  comment on column notices.channel.asked is 'When codes were mailed within a day: three at most';
`

const MAILS = `
  create table notices.mail (
    account uuid not null references notices.channel on delete cascade,
    kind text not null constraint mail_kind_is_known check (kind in ('news', 'proof', 'former')),
    state text not null constraint mail_state_is_known check (state in ('waiting', 'done', 'failed')),
    wanted int not null, taken int not null default 0, tries int not null default 0,
    next_at timestamptz(3) not null, sent_at timestamptz(3), content bytea,
    constraint mail_of_a_kind_is_one primary key (account, kind)
  );
  comment on table notices.mail is 'Mails that wait to be sent: one row for a person and kind, because all mails of a kind say the same';
  comment on column notices.mail.account is 'Whose address it goes to';
  comment on column notices.mail.kind is 'news (something is new), proof (a code), former (something is new, to the address before)';
  comment on column notices.mail.state is 'waiting, done, or failed: given up';
  comment on column notices.mail.wanted is 'Counts what asked for it';
  comment on column notices.mail.taken is 'How far that count was when it was last sent';
  comment on column notices.mail.tries is 'How often it was tried';
  comment on column notices.mail.next_at is 'When it is due, or due again';
  comment on column notices.mail.sent_at is 'When a server last took it';
  comment on column notices.mail.content is 'The code, or the address before (AES-256-GCM); deleted once it is sent';
  create index mail_due on notices.mail (next_at) where state = 'waiting';
`

/** A day has one digest: at eight in the morning, and not on the day of the last one. */
const TELLING = `
  create function notices.mail_due(choice text, at timestamptz, last timestamptz) returns timestamptz
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when choice = 'daily' then greatest(
      (date_trunc('day', (at at time zone ${ZONE}) - interval '8 hours') + interval '1 day 8 hours')
        at time zone ${ZONE},
      (date_trunc('day', last at time zone ${ZONE}) + interval '1 day 8 hours') at time zone ${ZONE})
      else at end
  $$;
  comment on function notices.mail_due(text, timestamptz, timestamptz) is 'When a mail about something new is due: at once, or at the next eight o''clock of a day without one';
  create function notices.tell(message uuid, subject uuid, code text, params jsonb, at timestamptz, expires date, once_for text) returns void language sql volatile ${HEAD}
    with told as (
      insert into notices.message (message, account, code, params, told_at, once_for, expires_on)
        select tell.message, o.account, tell.code, tell.params, tell.at, tell.once_for, tell.expires
          from identity.account_subject o where o.subject = tell.subject
        on conflict on constraint message_is_told_once do nothing
        returning account
    )
    insert into notices.mail as m (account, kind, state, wanted, next_at)
      select c.account, 'news', 'waiting', 1, notices.mail_due(c.choice, tell.at, before.sent_at)
        from told join notices.channel c on c.account = told.account
          left join notices.mail before on before.account = c.account and before.kind = 'news'
        where c.choice <> 'none' and c.address is not null and c.failing_since is null
      on conflict on constraint mail_of_a_kind_is_one do update set wanted = m.wanted + 1,
        state = 'waiting', tries = case when m.state = 'waiting' then m.tries else 0 end,
        next_at = case when m.state = 'waiting' then m.next_at else excluded.next_at end
  $$;
  comment on function notices.tell(uuid, uuid, text, jsonb, timestamptz, date, text) is 'Tells the person of a subject something, and lets a neutral mail follow where they want one; whoever tells learns of neither';
`

const EMPTIED = `failing_since = null, version = c.version + 1, pending = null, code_hash = null,
      code_expires_at = null, tries_left = 0`
const queue = (
  kind: string,
  content: string,
) => `insert into notices.mail as m (account, kind, state, wanted, next_at, content)
      values (own.account, '${kind}', 'waiting', 1, at, ${content})
      on conflict on constraint mail_of_a_kind_is_one do update set wanted = m.wanted + 1, state = 'waiting',
        tries = 0, next_at = excluded.next_at, content = excluded.content;`
const KEEP_FORMER = `if own.address is not null then
      ${queue('former', 'own.address')}
    end if;`

/** The address before hears of it as well: whoever took an account over may have changed it. */
const CHOOSING = `
  create function notices.ask_proof(choice text, pending bytea, code_hash bytea, content bytea, at timestamptz, expires timestamptz) returns boolean language plpgsql ${HEAD}
  declare own notices.channel; begin
    insert into notices.channel (account, choice) values (${OWN}, 'none') on conflict do nothing;
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if (select count(*) from unnest(own.asked) t where t > at - interval '1 day') >= 3 then return false; end if;
    update notices.channel c set choice = ask_proof.choice, pending = ask_proof.pending,
        pending_failed = false, code_hash = ask_proof.code_hash, code_expires_at = expires, tries_left = 5,
        asked = array(select t from unnest(own.asked) t where t > at - interval '1 day') || at
      where c.account = own.account;
    ${queue('proof', 'ask_proof.content')}
    return true;
  end $$;
  comment on function notices.ask_proof(text, bytea, bytea, bytea, timestamptz, timestamptz) is 'Lets a code be mailed to an address of the own account; false after three within a day';
  create function notices.prove(code_hash bytea, message uuid, at timestamptz, expires date) returns text language plpgsql ${HEAD}
  declare own notices.channel; begin
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if not found or own.code_hash is null or own.tries_left <= 0 or at >= own.code_expires_at then return 'over'; end if;
    if own.code_hash <> prove.code_hash then
      update notices.channel c set tries_left = c.tries_left - 1 where c.account = own.account;
      return case when own.tries_left > 1 then 'wrong' else 'over' end;
    end if;
    ${KEEP_FORMER}
    update notices.channel c set address = c.pending, confirmed_at = at, ${EMPTIED} where c.account = own.account;
    insert into notices.message (message, account, code, params, told_at, expires_on)
      values (prove.message, own.account, 'address_confirmed', '{}', at, expires);
    return 'proven';
  end $$;
  comment on function notices.prove(bytea, uuid, timestamptz, date) is 'Confirms an address by the code that was mailed to it: proven, wrong, or over';
  create function notices.choose(choice text, at timestamptz) returns void language sql volatile ${HEAD}
    with chosen as (update notices.channel c set choice = choose.choice where c.account = ${OWN} returning c.account)
    update notices.mail m set state = case when choose.choice = 'none' then 'done' else m.state end,
        next_at = notices.mail_due(choose.choice, choose.at, m.sent_at)
      from chosen where m.account = chosen.account and m.kind = 'news' and m.state = 'waiting'
  $$;
  comment on function notices.choose(text, timestamptz) is 'When the own account wants mails; what waits follows';
  create function notices.drop_address(message uuid, at timestamptz, expires date) returns boolean language plpgsql ${HEAD}
  declare own notices.channel; begin
    select * into own from notices.channel c where c.account = ${OWN} for update;
    if not found or (own.address is null and own.pending is null) then return false; end if;
    ${KEEP_FORMER}
    update notices.channel c set choice = 'none', address = null, confirmed_at = null, ${EMPTIED}
      where c.account = own.account;
    update notices.mail m set state = 'done', content = null
      where m.account = own.account and m.kind <> 'former';
    insert into notices.message (message, account, code, params, told_at, expires_on)
      values (drop_address.message, own.account, 'address_removed', '{}', at, expires);
    return true;
  end $$;
  comment on function notices.drop_address(uuid, timestamptz, date) is 'Forgets the addresses of the own account; false where there is none';
`

/** Taking is trying: who is killed while sending finds the mail due again, a pause later. */
const SENDING = `
  create function notices.take_mails(at timestamptz, most int) returns table (account uuid, kind text, language text, address bytea, content bytea, tries int, taken int, version int) language sql volatile ${HEAD}
    with due as (select m.account, m.kind from notices.mail m where m.state = 'waiting' and m.next_at <= take_mails.at order by m.next_at limit most for update skip locked
    ), claimed as (
      update notices.mail m set tries = m.tries + 1, taken = m.wanted,
          next_at = take_mails.at + least(interval '1 minute' * power(2, m.tries), interval '6 hours')
        from due where m.account = due.account and m.kind = due.kind
        returning m.*
    )
    select m.account, m.kind, a.language,
        case m.kind when 'news' then c.address when 'proof' then c.pending else m.content end,
        m.content, m.tries, m.taken, c.version
      from claimed m join notices.channel c on c.account = m.account
        join identity.account a on a.account = m.account
  $$;
  comment on function notices.take_mails(timestamptz, int) is 'Takes mails that are due, each at most once in its pause; addresses are encrypted';
  create function notices.settle_mail(account uuid, kind text, taken int, version int, state text, at timestamptz) returns void language plpgsql ${HEAD}
  begin
    if state = 'refused' and settle_mail.kind <> 'former' then
      update notices.channel c set
          failing_since = case when settle_mail.kind = 'news' then at else c.failing_since end,
          pending_failed = c.pending_failed or settle_mail.kind = 'proof'
        where c.account = settle_mail.account and c.version = settle_mail.version
          and exists (select from notices.mail m where m.account = c.account
            and m.kind = settle_mail.kind and (m.kind = 'news' or m.wanted = settle_mail.taken));
    end if;
    update notices.mail m set state = case when settle_mail.state = 'sent' then 'done' else 'failed' end,
        sent_at = case when settle_mail.state = 'sent' then at else m.sent_at end, content = null
      where m.account = settle_mail.account and m.kind = settle_mail.kind and m.state = 'waiting' and m.wanted = settle_mail.taken;
    -- Something new came while this one was on its way.
    update notices.mail m set tries = 0, sent_at = at, next_at = notices.mail_due(case when m.kind = 'news' then c.choice end, at, at)
      from notices.channel c where m.account = settle_mail.account and m.kind = settle_mail.kind and m.state = 'waiting'
        and m.wanted > settle_mail.taken and settle_mail.state = 'sent' and c.account = m.account;
  end $$;
  comment on function notices.settle_mail(uuid, text, int, int, text, timestamptz) is 'Writes down what came of a mail for good: sent, refused by the server of its address, or given up';
`

/** Three years unused is the end of an account (server/identity): six weeks before, its owner is told. */
const UPKEEP = `
  create function notices.accounts_ending(at timestamptz) returns table (subject uuid, ends_on date) language sql stable ${HEAD}
    select own.subject,
        ((coalesce(a.last_used_at, a.created_at) + interval '3 years') at time zone ${ZONE})::date
      from identity.account a cross join lateral (select s.subject from identity.account_subject s
        where s.account = a.account order by s.subject limit 1) own
      where coalesce(a.last_used_at, a.created_at) < at - interval '3 years' + interval '6 weeks'
  $$;
  comment on function notices.accounts_ending(timestamptz) is 'Accounts that nobody has used for almost three years, and the day on which they are deleted';
  create function notices.forget(at timestamptz) returns bigint language plpgsql ${HEAD}
  declare messages bigint; codes bigint; channels bigint; begin
    delete from notices.message m where m.expires_on <= (at at time zone ${ZONE})::date;
    get diagnostics messages = row_count;
    update notices.channel c set pending = null, code_hash = null, code_expires_at = null, tries_left = 0
      where c.code_expires_at <= at - interval '1 day';
    get diagnostics codes = row_count;
    delete from notices.channel c where c.address is null and c.pending is null
      and not exists (select from unnest(c.asked) t where t > at - interval '1 day')
      and not exists (select from notices.mail m where m.account = c.account and m.state = 'waiting');
    get diagnostics channels = row_count;
    return messages + codes + channels;
  end $$;
  comment on function notices.forget(timestamptz) is 'Deletes messages whose time is over, and addresses that nobody confirmed';
`

/** Functions and who may call them. The sign-in role tells of a new way in before there is an actor. */
const SIGNATURES: Readonly<Record<string, (roles: Roles) => readonly string[]>> = {
  'mail_due(text, timestamptz, timestamptz)': ({ owner }) => [owner],
  'tell(uuid, uuid, text, jsonb, timestamptz, date, text)': ({ web_public, web_staff, worker }) => [
    web_public,
    web_staff,
    worker,
  ],
  'ask_proof(text, bytea, bytea, bytea, timestamptz, timestamptz)': (roles) => [roles.web_resident],
  'prove(bytea, uuid, timestamptz, date)': (roles) => [roles.web_resident],
  'choose(text, timestamptz)': (roles) => [roles.web_resident],
  'drop_address(uuid, timestamptz, date)': (roles) => [roles.web_resident],
  'take_mails(timestamptz, int)': (roles) => [roles.worker],
  'settle_mail(uuid, text, int, int, text, timestamptz)': (roles) => [roles.worker],
  'accounts_ending(timestamptz)': (roles) => [roles.worker],
  'forget(timestamptz)': (roles) => [roles.retention],
}

const rights = (roles: Roles) => `
  ${['message', 'channel', 'mail']
    .map(
      (table) => `
  alter table notices.${table} enable row level security;
  alter table notices.${table} force row level security;
  create policy functions_of_the_room on notices.${table} to ${roles.owner} using (true) with check (true);
  create policy own_${table}s on notices.${table} for select to ${roles.web_resident}
    using (account = ${OWN});`,
    )
    .join('')}
  grant usage on schema notices to ${roles.web_public}, ${roles.web_resident}, ${roles.web_staff}, ${roles.worker}, ${roles.retention};
  grant select (message, account, code, params, told_at, read_at, expires_on), update (read_at) on notices.message to ${roles.web_resident};
  create policy own_messages_read on notices.message for update to ${roles.web_resident}
    using (account = ${OWN}) with check (account = ${OWN});
  grant select (account, choice, address, confirmed_at, failing_since, pending, pending_failed, code_expires_at, tries_left) on notices.channel to ${roles.web_resident};
  grant select (account, kind, state, tries, sent_at) on notices.mail to ${roles.web_resident};
  ${Object.entries(SIGNATURES)
    .map(
      ([signature, callers]) => `
  revoke all on function notices.${signature} from public;
  grant execute on function notices.${signature} to ${callers(roles).join(', ')};`,
    )
    .join('')}
`
