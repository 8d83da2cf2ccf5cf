import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Questions of residents about an access (GDPR Articles 15, 38 (4)), for the data protection officer of the office that acted. */
export const inquiriesInquiries: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema inquiries authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema inquiries is 'Questions of residents about accesses, and the answers'`,
      INQUIRY + comments('inquiry', INQUIRY_COLUMNS),
      EVENT + comments('inquiry_event', EVENT_COLUMNS),
      functions(roles),
      residents(roles),
      officers(roles),
      upkeep(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OPEN = `('received', 'in_review', 'passed_on')`

const INQUIRY = `
  create table inquiries.inquiry (
    inquiry uuid primary key,
    reference text not null constraint inquiry_reference_is_unique unique,
    subject uuid not null,
    account uuid not null references identity.account on delete cascade,
    entry bigint not null,
    office int not null,
    kind text not null constraint inquiry_kind_is_known check (kind in ('ask', 'surprise')),
    reasons text[] not null constraint an_inquiry_has_a_reason check (cardinality(reasons) between 1 and 10),
    state text not null constraint inquiry_state_is_known check (state in ('received', 'in_review',
      'passed_on', 'answered', 'withdrawn', 'closed')),
    case_key bytea,
    version int not null,
    asked_at timestamptz(3) not null,
    due_on date not null,
    ended_at timestamptz(3),
    expires_on date not null,
    constraint what_is_open_has_not_ended check ((state in ${OPEN}) = (ended_at is null))
  );
  comment on table inquiries.inquiry is 'Questions about accesses; one row each, as it stands now';
  create unique index one_open_inquiry_for_each_access on inquiries.inquiry (entry) where state in ${OPEN};
  create index inquiries_of_a_subject on inquiries.inquiry (subject, asked_at desc);
  create index inquiries_of_an_office on inquiries.inquiry (office, due_on, inquiry);
  create index inquiries_of_an_account on inquiries.inquiry (account);
  create index inquiries_by_end on inquiries.inquiry (ended_at) where case_key is not null;
  alter table inquiries.inquiry enable row level security;
  alter table inquiries.inquiry force row level security;
`

const INQUIRY_COLUMNS: Readonly<Record<string, string>> = {
  inquiry: 'Random id',
  reference: 'Eight characters by which people and offices name it',
  subject: 'Keyed subject of the person',
  account: 'Account that asked; the inquiry and its key go with it',
  entry: 'Leaf index of the access that it is about',
  office: 'Office that acted, whose data protection officer answers (catalogue number)',
  kind: 'ask (why was this?) or surprise (this surprises me)',
  reasons: 'Codes of server/inquiries/rules.ts; no free text',
  state: 'State of the machine in server/inquiries/rules.ts',
  case_key:
    'Key of this inquiry under the master key, AES-256-GCM; gone when its contents are erased',
  version: 'Grows with every change, so that nobody answers what they have not seen',
  asked_at: 'When it was asked',
  due_on: 'Day by which an answer is due (GDPR Article 12 (3))',
  ended_at: 'When it was answered, withdrawn or closed; absent while it waits',
  expires_on: 'First day on which the row is gone',
}

const EVENT = `
  create table inquiries.inquiry_event (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    subject uuid not null,
    inquiry uuid not null,
    reference text not null,
    entry bigint not null,
    number int not null,
    kind text not null,
    by text not null constraint somebody_did_it check (by in ('resident', 'office')),
    office int,
    unit int,
    operator_digest bytea,
    detail text,
    content bytea,
    salt bytea not null constraint inquiry_salt_has_32_bytes check (octet_length(salt) = 32),
    primary key (class, expires_on, leaf_index)
  ) partition by list (class);
  create index events_of_an_inquiry on inquiries.inquiry_event (inquiry, number);
  create index inquiry_events_of_a_subject on inquiries.inquiry_event (subject, leaf_index desc);
  comment on table inquiries.inquiry_event is 'What happened to inquiries: append-only, each an entry of the log';

  create trigger no_change before update on inquiries.inquiry_event
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on inquiries.inquiry_event
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on inquiries.inquiry_event
    for each statement execute function ledger.refuse_change();
  alter table inquiries.inquiry_event enable always trigger no_change;
  alter table inquiries.inquiry_event enable always trigger no_early_delete;
  alter table inquiries.inquiry_event enable always trigger no_truncate;
  alter table inquiries.inquiry_event enable row level security;
  alter table inquiries.inquiry_event force row level security;
`

const EVENT_COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class',
  expires_on: 'First day on which the entry is gone',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When it happened',
  subject: 'Keyed subject of the person',
  inquiry: 'The inquiry',
  reference: 'Its reference, as committed',
  entry: 'Leaf index of the access that it is about, as committed',
  number: 'Place among the events of the inquiry, from 1',
  kind: 'What happened: an event of the machine in server/inquiries/rules.ts',
  by: 'Who did it: the person, or the office through its data protection officer',
  office: 'The office, where one did it',
  unit: 'Kind of unit that did it',
  operator_digest: 'Keyed digest of the member of staff',
  detail: 'Codes of a question, an answer or a reason; no free text',
  content: 'Free text under the key of the inquiry, AES-256-GCM; committed by its hash',
  salt: 'The 32 bytes that blind the commitment',
}

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const ACCOUNT = `nullif(current_setting('mirat.account', true), '')::uuid`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

/** The role of staff in the database is one for a whole office: who looked must not read who asked why. */
const functions = ({ web_resident: resident, web_staff: staff }: Roles) => `
  create function inquiries.is_officer() returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m where m.staff = ${STAFF} and m.office = ${OFFICE}
      and m.role = 'dpo' and m.state = 'active')
  $$;
  comment on function inquiries.is_officer() is 'Whether the member of staff of the scope is the data protection officer of its office';

  create function inquiries.has_officer(office int) returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m where m.office = has_officer.office
      and m.role = 'dpo' and m.state = 'active')
  $$;
  comment on function inquiries.has_officer(int) is 'Whether an office has a data protection officer who can answer here';

  revoke all on function inquiries.is_officer(), inquiries.has_officer(int) from public;
  grant usage on schema inquiries to ${resident}, ${staff};
  grant execute on function inquiries.is_officer() to ${staff};
  grant execute on function inquiries.has_officer(int) to ${resident}, ${staff};
`

/** An access that the person cannot see cannot be asked about either: the policy looks with their eyes. */
const residents = ({ web_resident: resident }: Roles) => `
  grant select, update (state, version, ended_at, expires_on),
    insert (inquiry, reference, subject, account, entry, office, kind, reasons, state, case_key, version,
      asked_at, due_on, expires_on) on inquiries.inquiry to ${resident};
  create policy own_inquiries on inquiries.inquiry for select to ${resident}
    using (subject = any (${SUBJECTS}));
  create policy own_questions on inquiries.inquiry for insert to ${resident}
    with check (state = 'received' and account = ${ACCOUNT} and subject = any (${SUBJECTS})
      and exists (select from overview.access_event own
        where own.leaf_index = inquiry.entry and own.subject = inquiry.subject));
  create policy own_endings on inquiries.inquiry for update to ${resident}
    using (subject = any (${SUBJECTS}) and state in ('received', 'in_review', 'passed_on', 'answered'))
    with check (subject = any (${SUBJECTS}) and state in ('withdrawn', 'closed'));

  grant select, insert on inquiries.inquiry_event to ${resident};
  create policy own_inquiry_events on inquiries.inquiry_event for select to ${resident}
    using (subject = any (${SUBJECTS}));
  create policy own_inquiry_acts on inquiries.inquiry_event for insert to ${resident}
    with check (by = 'resident' and subject = any (${SUBJECTS})
      and exists (select from inquiries.inquiry own where own.inquiry = inquiry_event.inquiry));
`

const OF_THE_OFFICE = `office = ${OFFICE} and (select inquiries.is_officer())`

const officers = ({ web_staff: staff }: Roles) => `
  grant select (inquiry, reference, subject, entry, office, kind, reasons, state, case_key, version,
      asked_at, due_on, ended_at), update (state, version, ended_at, expires_on)
    on inquiries.inquiry to ${staff};
  create policy inquiries_of_the_office on inquiries.inquiry for select to ${staff}
    using (${OF_THE_OFFICE});
  create policy answers_of_the_office on inquiries.inquiry for update to ${staff}
    using (${OF_THE_OFFICE} and state in ${OPEN})
    with check (${OF_THE_OFFICE} and state in ('in_review', 'passed_on', 'answered'));
  grant select, insert on inquiries.inquiry_event to ${staff};
  create policy inquiry_events_of_the_office on inquiries.inquiry_event for select to ${staff}
    using (exists (select from inquiries.inquiry own where own.inquiry = inquiry_event.inquiry));
  create policy inquiry_acts_of_the_office on inquiries.inquiry_event for insert to ${staff}
    with check (by = 'office' and ${OF_THE_OFFICE}
      and exists (select from inquiries.inquiry own where own.inquiry = inquiry_event.inquiry));
`

const upkeep = ({ owner, retention }: Roles) => `
  create policy functions_of_the_room on inquiries.inquiry to ${owner} using (true) with check (true);
  create policy functions_of_the_room on inquiries.inquiry_event for select to ${owner} using (true);

  create function inquiries.forget(at timestamptz) returns bigint
    language plpgsql ${HEAD}
  declare
    keys bigint;
    rows bigint;
  begin
    update inquiries.inquiry i set case_key = null
      where i.case_key is not null
        and i.ended_at <= at - case i.state when 'withdrawn' then interval '3 months' else interval '2 years' end;
    get diagnostics keys = row_count;
    delete from inquiries.inquiry i where i.expires_on <= (at at time zone 'Europe/Berlin')::date;
    get diagnostics rows = row_count;
    return keys + rows;
  end $$;
  comment on function inquiries.forget(timestamptz) is 'Deletes the keys of inquiries long ended, and rows whose time is over';
  revoke all on function inquiries.forget(timestamptz) from public;
  grant usage on schema inquiries to ${retention};
  grant execute on function inquiries.forget(timestamptz) to ${retention};

  grant select (expires_on), delete on inquiries.inquiry_event to ${retention};
  create policy what_is_due_seen on inquiries.inquiry_event for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on inquiries.inquiry_event for delete to ${retention}
    using (expires_on <= current_date);
`

function comments(table: string, columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, text]) => `comment on column inquiries.${table}.${column} is '${text}';`)
    .join('\n')
}
