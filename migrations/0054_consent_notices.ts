import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who is told that a consent was withdrawn (GDPR Articles 7 (3), 19), and how far telling them has come. */
export const consentNotices: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      notices(
        'notice',
        'Parties that are told of a withdrawal, as far as the person may know them',
      ),
      notices(
        'sealed_notice',
        'Parties that are told and whose accesses are withheld; read by no page',
      ),
      readers(roles),
      narrowing(),
      retention(roles),
      making(roles),
      flagging(roles),
      taking(roles),
      settling(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const notices = (table: string, purpose: string) => `
  create table consent.${table} (
    notice uuid primary key,
    consent uuid not null,
    subject uuid not null,
    office int not null,
    recipient int not null,
    withdrawn_at timestamptz(3) not null,
    made_at timestamptz(3) not null,
    state text not null constraint ${table}_state_is_known check (state in ('waiting', 'sent',
      'acknowledged', 'to_print', 'printed', 'failed')),
    tries int not null default 0,
    next_at timestamptz(3) not null,
    sent_at timestamptz(3),
    acknowledged_at timestamptz(3),
    expires_on date not null,
    constraint ${table}_tells_each_party_once unique (consent, recipient)
  );
  comment on table consent.${table} is '${purpose}';
  ${Object.entries(COLUMNS)
    .map(([column, text]) => `comment on column consent.${table}.${column} is '${text}';`)
    .join('\n  ')}
  create index ${table}_due on consent.${table} (next_at) where state in ('waiting', 'sent', 'to_print');
  create index ${table}_of_an_office on consent.${table} (office, made_at);
  create index ${table}_by_expiry on consent.${table} (expires_on);
  alter table consent.${table} enable row level security;
  alter table consent.${table} force row level security;
`

const COLUMNS: Readonly<Record<string, string>> = {
  notice: 'Random id; the party knows the message by it, so that a repeat changes nothing',
  consent: 'The consent that was withdrawn',
  subject: 'Keyed subject under which the party knows the person',
  office: 'The controller (catalogue number)',
  recipient: 'The party that is told (catalogue number); the controller among them',
  withdrawn_at: 'From when on the consent is no longer valid',
  made_at: 'When the withdrawal was recorded: the time until it is acknowledged counts from here',
  state:
    'waiting, sent (no answer yet), acknowledged; to_print, printed, failed: a person has to, or did',
  tries: 'How often it was sent',
  next_at: 'When it is due again, where it is sent at all',
  sent_at: 'When it was sent last, or printed',
  acknowledged_at: 'When the party confirmed it',
  expires_on: 'First day on which the row is gone: the day of the proof',
}

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const readers = ({ owner, web_resident: resident, web_staff: staff }: Roles) => `
  create policy functions_of_the_room on consent.notice to ${owner} using (true) with check (true);
  create policy functions_of_the_room on consent.sealed_notice to ${owner} using (true)
    with check (true);

  grant select (consent, subject, recipient, withdrawn_at, made_at, state, sent_at, acknowledged_at)
    on consent.notice to ${resident};
  create policy who_was_told on consent.notice for select to ${resident}
    using (subject = any (${SUBJECTS}));

  grant select (notice, consent, office, recipient, withdrawn_at, made_at, state, sent_at,
    acknowledged_at), update (state, sent_at) on consent.notice to ${staff};
  create policy notices_of_the_office on consent.notice for select to ${staff}
    using (office = ${OFFICE});
  create policy printed_by_the_office on consent.notice for update to ${staff}
    using (state in ('to_print', 'failed') and office = ${OFFICE})
    with check (state = 'printed' and office = ${OFFICE});
`

/** The worker records what ran out: it needs the yes with its wording, and no refusal of anybody. */
const narrowing = () => `
  alter policy entries_before_the_end on consent.entry using (kind = 'given');
`

const retention = ({ retention: role }: Roles) =>
  ['notice', 'sealed_notice']
    .map(
      (table) => `
  grant select (expires_on), delete on consent.${table} to ${role};
  create policy what_is_due_seen on consent.${table} for select to ${role}
    using (expires_on <= current_date);
  create policy what_is_due on consent.${table} for delete to ${role}
    using (expires_on <= current_date);`,
    )
    .join('\n')

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const BEGUN = `case when exists (select from rectification.endpoint e where e.office = told.recipient)
          then 'waiting' else 'to_print' end`
const INTO = `(notice, consent, subject, office, recipient, withdrawn_at, made_at, state, next_at, expires_on)`

/**
 * Told are the controller, the offices that the wording names, and whoever received data citing the consent. A kind
 * of public body that the wording names is an office where there is one of it; a kind with several offices, and one of
 * private bodies, is nobody whom one could write to before an access says who. It answers nothing: no count tells of
 * what is withheld.
 */
const making = ({ web_resident: resident, web_staff: staff }: Roles) => `
  create function consent.make_notices(of_consent uuid) returns void
    language sql volatile ${HEAD}
    with ended as (
      select c.consent, c.subject, c.office, c.ended_at, c.expires_on, e.recorded_at as at,
          v.content::jsonb -> 'recipients' as named
        from consent.consent c
        join consent.entry e on e.consent = c.consent and e.kind = 'withdrawn'
        join consent.version v on v.template = c.template and v.number = c.version
        where c.consent = of_consent and c.state = 'withdrawn'
    ), received as (
      select log.recipient, log.subject, log.last_at, log.sealed
        from ended cross join lateral overview.received_under(ended.consent) log
        where log.subject = ended.subject or exists (select from identity.account_subject own
          join identity.account_subject other on other.account = own.account
          where own.subject = ended.subject and other.subject = log.subject)
    ), named as (
      select t.id as recipient
        from ended
        join catalogue.term t on t.kind in ('office', 'authority') and t.retired_in is null
        left join catalogue.term o on t.kind = 'office' and o.kind = 'authority'
          and o.code = t.definition ->> 'authorityTypeCode'
        where ended.named ? t.code and t.kind = 'office'
          or ended.named ? coalesce(o.code, t.code)
            and coalesce(o.definition, t.definition) ->> 'level' not in ('non-state', 'foreign')
            and not exists (select from catalogue.term other where other.kind = 'office'
              and other.retired_in is null and other.id <> t.id
              and other.definition ->> 'authorityTypeCode' = coalesce(o.code, t.code))
    ), told as (
      select distinct on (recipient, sealed) recipient, subject, sealed
        from (
          select office as recipient, subject, false as sealed, null::timestamptz as last_at from ended
          union all select named.recipient, ended.subject, false, null from named cross join ended
          union all select recipient, subject, sealed, last_at from received
        ) everybody
        order by recipient, sealed, last_at desc nulls last
    ), shown as (
      insert into consent.notice ${INTO}
        select gen_random_uuid(), ended.consent, told.subject, ended.office, told.recipient,
          ended.ended_at, ended.at, ${BEGUN}, ended.at, ended.expires_on
        from told cross join ended where not told.sealed
        on conflict do nothing
    )
    insert into consent.sealed_notice ${INTO}
      select gen_random_uuid(), ended.consent, told.subject, ended.office, told.recipient,
        ended.ended_at, ended.at, ${BEGUN}, ended.at, ended.expires_on
      from told cross join ended where told.sealed
        and not exists (select from told open where not open.sealed and open.recipient = told.recipient)
      on conflict do nothing
  $$;
  comment on function consent.make_notices(uuid) is 'Makes the notices of a withdrawal, in its transaction; tells nobody how many';
  revoke all on function consent.make_notices(uuid) from public;
  grant execute on function consent.make_notices(uuid) to ${resident}, ${staff};
`

/** An end that counts from a receipt may lie before accesses that were recorded already. */
const flagging = ({ web_resident: resident, web_staff: staff }: Roles) => `
  create function consent.flag_ended(of_consent uuid) returns void
    language sql volatile ${HEAD}
    select overview.flag_ended(c.consent, c.ended_at, e.recorded_at)
      from consent.consent c join consent.entry e on e.consent = c.consent and e.kind = c.state
      where c.consent = of_consent and c.state in ('withdrawn', 'superseded')
  $$;
  comment on function consent.flag_ended(uuid) is 'Flags accesses that cite a consent and happened when it had ended; tells nobody how many';
  revoke all on function consent.flag_ended(uuid) from public;
  grant execute on function consent.flag_ended(uuid) to ${resident}, ${staff};
`

const claim = (table: string) => `
    update consent.${table} told set tries = told.tries + 1,
        next_at = take_notices.at + least(interval '1 minute' * power(2, told.tries), interval '6 hours')
      where told.notice in (select due.notice from consent.${table} due
        where due.next_at <= take_notices.at and (due.state in ('waiting', 'sent')
          or (due.state = 'to_print'
            and exists (select from rectification.endpoint e where e.office = due.recipient)))
        order by due.next_at limit most for update skip locked)
      returning told.notice, told.consent, told.subject, told.recipient, told.tries, told.withdrawn_at`

/**
 * Taking is trying: who is killed while sending finds the notice due again, a pause later. What waits for paper
 * is due as well once its party has an address.
 */
const taking = ({ worker }: Roles) => `
  create function consent.take_notices(at timestamptz, most int)
    returns table (notice uuid, consent uuid, subject uuid, recipient int, tries int,
      withdrawn_at timestamptz, url text, code text, part text)
    language sql volatile ${HEAD}
    with shown as (${claim('notice')}
    ), withheld as (${claim('sealed_notice')}
    ), taken as (select * from shown union all select * from withheld)
    select taken.*, e.url, t.code, c.part
      from taken
      left join rectification.endpoint e on e.office = taken.recipient
      left join consent.consent c on c.consent = taken.consent
      left join consent.template t on t.template = c.template
  $$;
  comment on function consent.take_notices(timestamptz, int) is 'Takes what is due to be sent; each at most once in its pause';
  revoke all on function consent.take_notices(timestamptz, int) from public;
  grant execute on function consent.take_notices(timestamptz, int) to ${worker};
`

const settle = (table: string) => `
    update consent.${table} told set state = settle_notice.state,
        sent_at = case when settle_notice.state in ('sent', 'acknowledged') then settle_notice.at
          else told.sent_at end,
        acknowledged_at = case when settle_notice.state = 'acknowledged' then settle_notice.at end
      where told.notice = of_notice and told.state in ('waiting', 'sent', 'to_print')`

/** An answer that comes late changes nothing that is settled. */
const settling = ({ worker }: Roles) => `
  create function consent.settle_notice(of_notice uuid, state text, at timestamptz) returns void
    language sql volatile ${HEAD}
    with shown as (${settle('notice')}
    )
    ${settle('sealed_notice').trim()}
  $$;
  comment on function consent.settle_notice(uuid, text, timestamptz) is 'Writes down what came of sending a notice';
  revoke all on function consent.settle_notice(uuid, text, timestamptz) from public;
  grant execute on function consent.settle_notice(uuid, text, timestamptz) to ${worker};
`
