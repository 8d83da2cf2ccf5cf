import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who is told of a decision (GDPR Article 19; AZRG § 38), and how far telling them has come. */
export const rectificationNotices: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      notices(
        'notice',
        'Offices that are told of a decision, as far as the person may know them',
        OWN,
      ),
      notices(
        'sealed_notice',
        'Offices that are told and whose accesses are withheld; read by no page',
      ),
      OWN_COMMENT,
      ENDPOINT,
      readers(roles),
      retention(roles),
      making(roles),
      taking(roles),
      settling(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** The office that decided is no recipient; its own register hears of the decision all the same. */
const OWN = `is_own boolean not null,
    constraint a_recipient_has_received check (is_own or (first_at is not null and last_at is not null)),`
const OWN_COMMENT = `
  comment on column rectification.notice.is_own is 'Whether it is for the register of the office that decided, which is no recipient';
`

const notices = (table: string, purpose: string, own = '') => `
  create table rectification.${table} (
    notice uuid primary key,
    request uuid not null,
    subject uuid not null,
    recipient int not null,
    field int not null,
    outcome text not null,
    first_at timestamptz(3),
    last_at timestamptz(3),
    made_at timestamptz(3) not null,
    state text not null constraint ${table}_state_is_known check (state in ('waiting', 'sent',
      'acknowledged', 'to_print', 'printed', 'failed')),
    tries int not null default 0,
    next_at timestamptz(3),
    sent_at timestamptz(3),
    acknowledged_at timestamptz(3),
    expires_on date not null,
    ${own}
    constraint ${table}_tells_each_office_once unique (request, subject, recipient),
    constraint ${table}_waits_for_a_time check (state not in ('waiting', 'sent') or next_at is not null)
  );
  comment on table rectification.${table} is '${purpose}';
  ${Object.entries(COLUMNS)
    .map(([column, text]) => `comment on column rectification.${table}.${column} is '${text}';`)
    .join('\n  ')}
  create index ${table}_due on rectification.${table} (next_at) where state in ('waiting', 'sent');
  alter table rectification.${table} enable row level security;
  alter table rectification.${table} force row level security;
`

const COLUMNS: Readonly<Record<string, string>> = {
  notice: 'Random id; the office knows the message by it, so that a repeat changes nothing',
  request: 'The request that was decided',
  subject: 'Keyed subject under which the office knows the person',
  recipient: 'The office that is told (catalogue number)',
  field: 'The field that the decision is about (catalogue number)',
  outcome: 'Outcome of the decision',
  first_at: 'When the office first received the field, by entries of the same visibility',
  last_at: 'When it last did',
  made_at: 'When it was decided',
  state:
    'waiting, sent (no answer yet), acknowledged; to_print, printed, failed: a person has to, or did',
  tries: 'How often it was sent',
  next_at: 'When it is due again',
  sent_at: 'When it was sent last, or printed',
  acknowledged_at: 'When the office confirmed it',
  expires_on: 'First day on which the row is gone',
}

const ENDPOINT = `
  create table rectification.endpoint (
    office int primary key,
    url text not null constraint endpoint_url_is_short check (length(url) <= 500),
    registered_at timestamptz(3) not null
  );
  comment on table rectification.endpoint is 'Where offices take signed decisions, as the operator entered them';
  comment on column rectification.endpoint.office is 'The office or authority (catalogue number)';
  comment on column rectification.endpoint.url is 'Address of its corrections; names no person';
  comment on column rectification.endpoint.registered_at is 'When the operator entered it or changed it last';
`

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`

const readers = ({ owner, web_resident: resident, web_staff: staff }: Roles) => `
  create policy functions_of_the_room on rectification.notice to ${owner} using (true) with check (true);
  create policy functions_of_the_room on rectification.sealed_notice to ${owner} using (true)
    with check (true);

  grant select (request, subject, recipient, field, outcome, first_at, last_at, made_at, state, sent_at,
    acknowledged_at, is_own) on rectification.notice to ${resident};
  create policy own_recipients on rectification.notice for select to ${resident}
    using (subject = any (${SUBJECTS}) and not is_own);

  grant select (notice, request, recipient, outcome, first_at, last_at, made_at, state, sent_at,
    acknowledged_at, is_own), update (state, sent_at) on rectification.notice to ${staff};
  create policy notices_of_the_office on rectification.notice for select to ${staff}
    using (exists (select from rectification.request own where own.request = notice.request));
  create policy printed_by_the_office on rectification.notice for update to ${staff}
    using (state in ('to_print', 'failed')
      and exists (select from rectification.request own where own.request = notice.request))
    with check (state = 'printed');
`

const retention = ({ retention: role }: Roles) =>
  ['notice', 'sealed_notice']
    .map(
      (table) => `
  grant select (expires_on), delete on rectification.${table} to ${role};
  create policy what_is_due_seen on rectification.${table} for select to ${role}
    using (expires_on <= current_date);
  create policy what_is_due on rectification.${table} for delete to ${role}
    using (expires_on <= current_date);`,
    )
    .join('\n')

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const MAKE = 'rectification.make_notices(uuid, timestamptz)'
const TAKE = 'rectification.take_notices(timestamptz, int)'
const SETTLE = 'rectification.settle_notice(uuid, text, timestamptz)'
const BEGUN = `case when exists (select from rectification.endpoint e where e.office = known.recipient)
          then 'waiting' else 'to_print' end`
const INTO = `(notice, request, subject, recipient, field, outcome, first_at, last_at, made_at, state,
      next_at, expires_on`

/**
 * In the transaction of the decision alone, which is what its time says. A person may have several
 * numbers, and offices know them by any of these. It answers nothing: no count tells of what is withheld.
 */
const making = ({ web_staff: staff, worker }: Roles) => `
  create function ${MAKE.replace('(uuid, timestamptz)', '(of_request uuid, at timestamptz)')} returns void
    language sql volatile ${HEAD}
    with decided as (
      select * from rectification.request r where r.request = of_request and r.state = 'decided'
        and r.decided_at = at
        and r.outcome in ('corrected', 'corrected_in_part', 'deleted', 'restricted', 'annotated')
    ), person as (
      select decided.subject from decided
      union select other.subject from decided
        join identity.account_subject own on own.subject = decided.subject
        join identity.account_subject other on other.account = own.account
    ), known as (
      select decided.request, person.subject, told.recipient, decided.field, decided.outcome,
          told.first_at, told.last_at, told.sealed, decided.expires_on,
          told.recipient = decided.office as is_own
        from decided cross join person
        cross join lateral overview.recipients_of(person.subject, decided.field::smallint) told
    ), shown as (
      insert into rectification.notice ${INTO}, is_own)
        select gen_random_uuid(), request, subject, recipient, field, outcome, first_at, last_at, at,
          ${BEGUN}, at, expires_on, false
        from known where not sealed and not is_own
        on conflict do nothing
    ), own_number as (
      select subject from known where is_own and not sealed
      union select subject from decided
        where not exists (select from known where is_own and not sealed)
    ), own_register as (
      insert into rectification.notice ${INTO}, is_own)
        select gen_random_uuid(), request, own_number.subject, office, field, outcome, null, null, at,
          'waiting', at, expires_on, true
        from decided cross join own_number
        where exists (select from rectification.endpoint e where e.office = decided.office)
        on conflict do nothing
    )
    insert into rectification.sealed_notice ${INTO})
      select gen_random_uuid(), request, subject, recipient, field, outcome, first_at, last_at, at,
        ${BEGUN}, at, expires_on
      from known where sealed and not is_own
        and not exists (select from known open where not open.sealed
          and open.recipient = known.recipient and open.subject = known.subject)
      on conflict do nothing
  $$;
  comment on function ${MAKE} is 'Makes the notices of a decision from the access log, in its transaction; tells nobody how many';
  revoke all on function ${MAKE} from public;
  grant execute on function ${MAKE} to ${staff}, ${worker};
`

const claim = (table: string) => `
    update rectification.${table} told set tries = told.tries + 1,
        next_at = take_notices.at + least(interval '1 minute' * power(2, told.tries), interval '6 hours')
      where told.notice in (select due.notice from rectification.${table} due
        where due.state in ('waiting', 'sent') and due.next_at <= take_notices.at
        order by due.next_at limit most for update skip locked)
      returning told.notice, told.request, told.subject, told.recipient, told.field, told.outcome, told.tries`

/** Taking is trying: who is killed while sending finds the notice due again, a pause later. */
const taking = ({ worker }: Roles) => `
  create function ${TAKE.replace('(timestamptz, int)', '(at timestamptz, most int)')}
    returns table (notice uuid, request uuid, subject uuid, recipient int, field int, outcome text,
      tries int, url text, reference text, decided_at timestamptz, case_key bytea, number int, content bytea)
    language sql volatile ${HEAD}
    with shown as (${claim('notice')}
    ), withheld as (${claim('sealed_notice')}
    ), taken as (select * from shown union all select * from withheld)
    select taken.*, e.url, r.reference, r.decided_at, r.case_key, text.number, text.content
      from taken
      left join rectification.endpoint e on e.office = taken.recipient
      left join rectification.request r on r.request = taken.request
      left join lateral (select event.number, event.content from rectification.request_event event
        where event.request = taken.request and event.kind in ('decided', 'proposed')
        order by event.number desc limit 1) text on true
  $$;
  comment on function ${TAKE} is 'Takes what is due to be sent, with what it says, still encrypted; each at most once in its pause';
  revoke all on function ${TAKE} from public;
  grant execute on function ${TAKE} to ${worker};
`

const settle = (table: string) => `
    update rectification.${table} told set state = settle_notice.state,
        sent_at = case when settle_notice.state in ('sent', 'acknowledged') then settle_notice.at
          else told.sent_at end,
        acknowledged_at = case when settle_notice.state = 'acknowledged' then settle_notice.at end
      where told.notice = of_notice and told.state in ('waiting', 'sent')`

/** An answer that comes late changes nothing that is settled. */
const settling = ({ worker }: Roles) => `
  create function ${SETTLE.replace('(uuid, text,', '(of_notice uuid, state text,').replace(' timestamptz)', ' at timestamptz)')} returns void
    language sql volatile ${HEAD}
    with shown as (${settle('notice')}
    )
    ${settle('sealed_notice').trim()}
  $$;
  comment on function ${SETTLE} is 'Writes down what came of sending a notice';
  revoke all on function ${SETTLE} from public;
  grant execute on function ${SETTLE} to ${worker};
`
