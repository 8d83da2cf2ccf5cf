import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Requests for rectification (GDPR Article 16), and what happened to them, as entries of the log. */
export const rectificationRequests: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema rectification authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql
      .raw(`comment on schema rectification is 'Requests for rectification and their recipients'`)
      .execute(db)
    await sql.raw(REQUEST).execute(db)
    await sql.raw(comments('request', REQUEST_COLUMNS)).execute(db)
    await sql.raw(EVENT).execute(db)
    await sql.raw(comments('request_event', EVENT_COLUMNS)).execute(db)
    await sql.raw(PARTNER).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const REQUEST = `
  create table rectification.request (
    request uuid primary key,
    state text not null constraint state_is_known check (state in ('draft', 'received', 'in_review',
      'question', 'proposed', 'decided', 'passed_on', 'withdrawn', 'closed')),
    subject uuid not null,
    account uuid references identity.account on delete set null,
    field int not null,
    language text not null,
    case_key bytea,
    content bytea,
    version int not null,
    saved_at timestamptz(3) not null,
    reference text constraint reference_is_unique unique,
    kind text,
    filed_at timestamptz(3),
    office int,
    former_office int,
    assignee uuid,
    form_met_on date,
    due_on date,
    was_extended boolean not null default false,
    is_restricted boolean not null default false,
    has_evidence boolean not null default false,
    second_office int,
    proposed_by uuid,
    effective_at timestamptz(3),
    outcome text,
    decided_at timestamptz(3),
    closed_at timestamptz(3),
    expires_on date,
    constraint a_filed_request_is_whole check (state = 'draft' or (reference is not null
      and kind is not null and filed_at is not null and office is not null and expires_on is not null)),
    constraint a_proposal_has_its_author check (state <> 'proposed' or proposed_by is not null),
    constraint what_is_decided_has_an_outcome check (state <> 'decided' or outcome is not null)
  );
  comment on table rectification.request is 'Requests for rectification, drafts among them; one row each, as it stands now';
  create index requests_of_a_subject on rectification.request (subject, filed_at desc);
  create index drafts_of_an_account on rectification.request (account) where state = 'draft';
  create index queue_of_an_office on rectification.request (office, due_on, request)
    where state in ('received', 'in_review', 'question', 'proposed', 'passed_on');
  create index requests_of_a_second_office on rectification.request (second_office)
    where state = 'proposed';
  create index requests_by_end on rectification.request (closed_at) where case_key is not null;
  alter table rectification.request enable row level security;
  alter table rectification.request force row level security;
`

const REQUEST_COLUMNS: Readonly<Record<string, string>> = {
  request: 'Random id',
  state: 'State of the machine in server/rectification/rules.ts',
  subject: 'Keyed subject of the person',
  account: 'Account that drafts it; filed ones belong to the subject',
  field: 'The field that is wrong (catalogue number)',
  language: 'Language of the person',
  case_key:
    'Key of this request under the master key, AES-256-GCM; gone when its contents are erased',
  content: 'What the person states, under the key of the request, AES-256-GCM',
  version: 'Grows with every change, so that nobody decides on what they have not seen',
  saved_at: 'When it last changed',
  reference: 'Eight characters by which people and offices name it',
  kind: 'What is wrong: wrong, outdated, missing, not_me, same_person, delete',
  filed_at: 'When it was filed',
  office: 'Office responsible now (catalogue number)',
  former_office: 'Office that passed it on last',
  assignee: 'Member of staff who works on it',
  form_met_on: 'Day on which the form that the law wants was met, by the German calendar',
  due_on: 'Day by which an answer is due; absent while the clock does not run',
  was_extended: 'Whether the deadline was extended with reasons (GDPR Article 12 (3))',
  is_restricted:
    'Whether the person wants the field restricted meanwhile (GDPR Article 18 (1) (a))',
  has_evidence: 'Whether the person named evidence',
  second_office: 'Office whose staff confirm a proposed decision',
  proposed_by: 'Member of staff who proposed the decision',
  effective_at: 'When a proposal takes effect by itself, where nobody can confirm it',
  outcome: 'Outcome of the decision, proposed or made',
  decided_at: 'When it was decided',
  closed_at: 'When it was closed or withdrawn',
  expires_on: 'First day on which the row is gone',
}

const EVENT = `
  create table rectification.request_event (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    subject uuid not null,
    request uuid not null,
    reference text not null,
    number int not null,
    kind text not null,
    by text not null constraint somebody_did_it check (by in ('resident', 'office', 'portal')),
    office int,
    unit int,
    operator_digest bytea,
    detail text,
    content bytea,
    salt bytea not null constraint event_salt_has_32_bytes check (octet_length(salt) = 32),
    primary key (class, expires_on, leaf_index)
  ) partition by list (class);
  create index events_of_a_request on rectification.request_event (request, number);
  create index events_of_a_subject on rectification.request_event (subject, leaf_index desc);
  comment on table rectification.request_event is 'What happened to requests: append-only, each an entry of the log';

  create trigger no_change before update on rectification.request_event
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on rectification.request_event
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on rectification.request_event
    for each statement execute function ledger.refuse_change();
  alter table rectification.request_event enable always trigger no_change;
  alter table rectification.request_event enable always trigger no_early_delete;
  alter table rectification.request_event enable always trigger no_truncate;
  alter table rectification.request_event enable row level security;
  alter table rectification.request_event force row level security;
`

const EVENT_COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class',
  expires_on: 'First day on which the entry is gone',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When it happened',
  subject: 'Keyed subject of the person',
  request: 'The request',
  reference: 'Its reference, as committed',
  number: 'Place among the events of the request, from 1',
  kind: 'What happened: an event of the machine in server/rectification/rules.ts',
  by: 'Who did it: the person, an office, or the portal by itself',
  office: 'The office, where one did it',
  unit: 'Kind of unit that did it',
  operator_digest: 'Keyed digest of the member of staff',
  detail: 'Code of an outcome, a reason or an office; no free text',
  content:
    'Free text and values under the key of the request, AES-256-GCM; committed by their hash',
  salt: 'The 32 bytes that blind the commitment',
}

const PARTNER = `
  create table rectification.partner (
    office int primary key,
    partner int not null,
    agreed_at timestamptz(3) not null,
    constraint no_office_is_its_own_partner check (office <> partner)
  );
  comment on table rectification.partner is 'Offices whose staff confirm the decisions of an office too small for four eyes';
  comment on column rectification.partner.office is 'The small office (catalogue number)';
  comment on column rectification.partner.partner is 'The office that confirms';
  comment on column rectification.partner.agreed_at is 'When the operator entered it';
`

function comments(table: string, columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, text]) => `comment on column rectification.${table}.${column} is '${text}';`)
    .join('\n')
}
