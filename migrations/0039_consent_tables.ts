import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Consents: what controllers ask for, whom, and what people answered (GDPR Articles 4 (11), 7). */
export const consentTables: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema consent authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema consent is 'Consents: templates of controllers, what they ask, and what people gave, refused and withdrew'`,
      TEMPLATE + comments('template', TEMPLATE_COLUMNS),
      VERSION + comments('version', VERSION_COLUMNS),
      ASK + comments('ask', ASK_COLUMNS),
      CONSENT + comments('consent', CONSENT_COLUMNS),
      ENTRY + comments('entry', ENTRY_COLUMNS),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const guarded = (table: string) => `
  alter table consent.${table} enable row level security;
  alter table consent.${table} force row level security;
`

const TEMPLATE = `
  create table consent.template (
    template uuid primary key,
    office int not null,
    code text not null,
    created_at timestamptz(3) not null,
    constraint an_office_has_one_template_for_each_consent unique (office, code)
  );
  comment on table consent.template is 'What a controller asks consent for; its wording stands in versions';
  ${guarded('template')}
`

const TEMPLATE_COLUMNS: Readonly<Record<string, string>> = {
  template: 'Random id',
  office: 'The controller (catalogue number)',
  code: 'The consent of the catalogue that it is about',
  created_at: 'When it was begun',
}

const VERSION = `
  create table consent.version (
    template uuid not null references consent.template on delete cascade,
    number int not null constraint versions_count_from_one check (number > 0),
    content text not null constraint content_has_a_bound check (octet_length(content) <= 65536),
    digest bytea not null constraint digest_has_32_bytes check (octet_length(digest) = 32),
    drafted_by uuid not null,
    drafted_at timestamptz(3) not null,
    published_by uuid,
    published_at timestamptz(3),
    ended_at timestamptz(3),
    primary key (template, number),
    constraint somebody_published_what_is_published check ((published_by is null) = (published_at is null)),
    constraint a_second_person_publishes check (published_by is null or published_by <> drafted_by),
    constraint only_what_was_published_ends check (ended_at is null or published_at is not null)
  );
  comment on table consent.version is 'Versions of templates: immutable once published';
  create unique index one_version_is_asked on consent.version (template)
    where published_at is not null and ended_at is null;
  create unique index one_version_is_drafted on consent.version (template) where published_at is null;
  ${guarded('version')}

  create function consent.keep_published() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if tg_op = 'DELETE' then
      if old.published_at is not null then
        raise exception 'a published version is never deleted' using errcode = '42501';
      end if;
      return old;
    end if;
    if old.published_at is not null and (old.ended_at is not null
      or (new.template, new.number, new.content, new.digest, new.drafted_by, new.drafted_at, new.published_by, new.published_at)
        is distinct from
        (old.template, old.number, old.content, old.digest, old.drafted_by, old.drafted_at, old.published_by, old.published_at)) then
      raise exception 'a published version never changes' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function consent.keep_published() is 'Refuses every change of a published version but its end';
  revoke all on function consent.keep_published() from public;
  create trigger keep_published before update or delete on consent.version
    for each row execute function consent.keep_published();
  alter table consent.version enable always trigger keep_published;
`

const VERSION_COLUMNS: Readonly<Record<string, string>> = {
  template: 'The template',
  number: 'Number of the version, from 1',
  content:
    'RFC 8785 JSON: purpose, fields, recipients, duration, parts, and the wording in each language',
  digest: 'SHA-256 of the content',
  drafted_by: 'Member of staff who wrote it last',
  drafted_at: 'When it was written last',
  published_by: 'The second person, who published it',
  published_at: 'From when on people are asked with it',
  ended_at: 'When a newer version took its place, or the office stopped asking',
}

const ASK = `
  create table consent.ask (
    ask uuid primary key,
    reference text not null constraint ask_reference_is_unique unique,
    subject uuid not null,
    office int not null,
    template uuid not null,
    version int not null,
    parts text[] not null constraint an_ask_has_a_part check (cardinality(parts) between 1 and 20),
    channel text not null constraint ask_channel_is_known check (channel in ('counter', 'api')),
    state text not null constraint ask_state_is_known check (state in ('open', 'answered', 'called_off', 'lapsed')),
    step int not null,
    wish text constraint wish_is_known check (wish = 'interpreter'),
    asked_by uuid,
    asked_at timestamptz(3) not null,
    lapses_at timestamptz(3) not null,
    ended_at timestamptz(3),
    expires_on date not null,
    foreign key (template, version) references consent.version on delete restrict,
    constraint what_is_open_is_not_over check ((state = 'open') = (ended_at is null))
  );
  comment on table consent.ask is 'What an office asked one person, until it is answered or lapses';
  create unique index one_open_ask_for_each_template on consent.ask (subject, template) where state = 'open';
  create index asks_of_an_office on consent.ask (office, asked_at desc, ask);
  create index asks_that_lapse on consent.ask (lapses_at) where state = 'open';
  create index asks_by_expiry on consent.ask (expires_on);
  ${guarded('ask')}
`

const ASK_COLUMNS: Readonly<Record<string, string>> = {
  ask: 'Random id',
  reference: 'Eight characters by which people and offices name it',
  subject: 'Keyed subject of the person',
  office: 'The office that asks (catalogue number)',
  template: 'What it asks for',
  version: 'In which version',
  parts: 'The parts that can be allowed each by itself',
  channel: 'counter (a member of staff) or api (a program of the office)',
  state: 'open, answered, called_off by the office, or lapsed without an answer',
  step: 'Grows with every change, so that nobody answers what they have not seen',
  wish: 'What the person wants before answering: interpreter (somebody who interprets)',
  asked_by: 'Member of staff who asked; nobody for a program',
  asked_at: 'When it was asked',
  lapses_at: 'When it lapses without an answer',
  ended_at: 'When it was answered, called off or lapsed',
  expires_on: 'First day on which the row is gone',
}

const CONSENT = `
  create table consent.consent (
    consent uuid primary key,
    reference text not null constraint consent_reference_is_unique unique,
    ask uuid not null,
    subject uuid not null,
    office int not null,
    template uuid not null,
    version int not null,
    part text not null,
    state text not null constraint consent_state_is_known
      check (state in ('given', 'refused', 'withdrawn', 'expired', 'superseded')),
    given_at timestamptz(3),
    valid_until timestamptz(3),
    ended_at timestamptz(3),
    step int not null,
    expires_on date not null,
    foreign key (template, version) references consent.version on delete restrict,
    constraint one_answer_for_each_part unique (ask, part),
    constraint what_was_given_has_its_time check ((state = 'refused') = (given_at is null)),
    constraint what_was_given_has_an_end check ((given_at is null) = (valid_until is null)),
    constraint what_ended_has_its_time check ((state in ('given', 'refused')) = (ended_at is null))
  );
  comment on table consent.consent is 'Consents as they stand now, one for each part that was answered; the entries prove them';
  create unique index one_consent_in_force on consent.consent (subject, template, part) where state = 'given';
  create index consents_of_a_subject on consent.consent (subject, given_at desc);
  create index consents_of_an_office on consent.consent (office, consent);
  create index consents_that_end on consent.consent (valid_until) where state = 'given';
  create index consents_by_expiry on consent.consent (expires_on);
  ${guarded('consent')}
`

const CONSENT_COLUMNS: Readonly<Record<string, string>> = {
  consent: 'Random id; accesses cite it',
  reference: 'Eight characters by which it can be withdrawn on paper',
  ask: 'The asking that it answers',
  subject: 'Keyed subject of the person',
  office: 'The controller, who asked (catalogue number)',
  template: 'What it is about',
  version: 'In which version',
  part: 'Which part of it; all where it has none',
  state: 'State of the machine in server/consent/rules.ts, as the entries have it',
  given_at: 'From when on it is valid; absent where it was refused',
  valid_until: 'When it ends by itself',
  ended_at: 'From when on it is no longer valid, where it ended early or its end is recorded',
  step: 'Number of its last entry',
  expires_on: 'First day on which the row is gone',
}

const ENTRY = `
  create table consent.entry (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    subject uuid not null,
    consent uuid not null,
    template uuid not null,
    version int not null,
    part text not null,
    number int not null,
    kind text not null constraint entry_kind_is_known
      check (kind in ('given', 'refused', 'withdrawn', 'expired', 'superseded')),
    by text not null constraint somebody_did_it check (by in ('resident', 'office', 'portal')),
    office int,
    unit int,
    operator_digest bytea,
    channel text not null constraint entry_channel_is_known check (channel in ('session', 'paper', 'counter', 'portal')),
    language text not null,
    wording bytea not null constraint wording_has_32_bytes check (octet_length(wording) = 32),
    effective_at timestamptz(3) not null,
    valid_until timestamptz(3),
    helper text not null constraint helper_is_known check (helper in ('none', 'interpreter', 'helper')),
    other uuid,
    detail text,
    content bytea,
    salt bytea not null constraint entry_salt_has_32_bytes check (octet_length(salt) = 32),
    primary key (class, expires_on, leaf_index)
  ) partition by list (class);
  create index entries_of_a_consent on consent.entry (consent, number);
  create index consent_entries_of_a_subject on consent.entry (subject, leaf_index desc);
  comment on table consent.entry is 'The consent ledger: append-only, each an entry of the log';

  create trigger no_change before update on consent.entry
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on consent.entry
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on consent.entry
    for each statement execute function ledger.refuse_change();
  alter table consent.entry enable always trigger no_change;
  alter table consent.entry enable always trigger no_early_delete;
  alter table consent.entry enable always trigger no_truncate;
  ${guarded('entry')}
`

const ENTRY_COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class: refusals have the shortest',
  expires_on: 'First day on which the entry is gone',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When it was recorded',
  subject: 'Keyed subject of the person',
  consent: 'The consent',
  template: 'What it is about',
  version: 'In which version',
  part: 'Which part of it',
  number: 'Place among the entries of the consent, from 1',
  kind: 'given, refused, withdrawn, expired or superseded',
  by: 'Who did it: the person, an office on their behalf, or the portal',
  office: 'The office, where one did it',
  unit: 'Kind of unit that did it',
  operator_digest: 'Keyed digest of the member of staff',
  channel: 'session (signed in), paper, counter (told a member of staff) or portal (time went by)',
  language: 'Language of the wording that was seen',
  wording: 'SHA-256 of the wording that was seen',
  effective_at:
    'From when on it counts: a paper counts from its receipt, not from when it was typed in',
  valid_until: 'When what was given ends by itself',
  helper: 'Whether an interpreter or a helper was present; neither decides',
  other: 'The consent that takes its place, or whose place it takes',
  detail: 'Codes; no free text',
  content: 'Kept empty: consents hold no free text',
  salt: 'The 32 bytes that blind the commitment',
}

function comments(table: string, columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, text]) => `comment on column consent.${table}.${column} is '${text}';`)
    .join('\n')
}
