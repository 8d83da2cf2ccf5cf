import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** The access log, its sealed twin, and what is derived from them. */
export const overviewEvents: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(events('access_event', 'Every access that the person may see')).execute(db)
    await sql
      .raw(events('sealed_event', 'Accesses that are withheld or not yet decided', SEALED))
      .execute(db)
    await sql.raw(comments('access_event')).execute(db)
    await sql.raw(comments('sealed_event') + SEALED_COMMENTS).execute(db)
    await sql.raw(DERIVED).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const SEALED = `,
    rule int not null,
    release_due date`

const SEALED_COMMENTS = `
  comment on column overview.sealed_event.rule is 'The disclosure rule that seals it (catalogue number)';
  comment on column overview.sealed_event.release_due is 'When a delay ends or a review is due, where one is set';
`

const events = (table: string, purpose: string, more = '') => `
  create table overview.${table} (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    occurred_at timestamptz(3) not null,
    subject uuid not null,
    stream int,
    stream_seq bigint,
    seq_digest bytea,
    operation smallint not null,
    channel smallint not null,
    source int not null,
    recipient int not null,
    unit int,
    purpose int not null,
    legal_basis int not null,
    fields smallint[] not null,
    case_ref text,
    consent_id uuid,
    operator_digest bytea,
    salt bytea not null constraint ${table}_salt_has_32_bytes check (octet_length(salt) = 32)${more},
    primary key (class, expires_on, leaf_index)
  ) partition by list (class);
  create index ${table}_of_a_subject on overview.${table} (subject, leaf_index desc);
  create index ${table}_in_order on overview.${table} using brin (leaf_index);
  comment on table overview.${table} is '${purpose}; append-only, partitioned by class and expiry';

  create trigger no_change before update on overview.${table}
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on overview.${table}
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on overview.${table}
    for each statement execute function ledger.refuse_change();
  alter table overview.${table} enable always trigger no_change;
  alter table overview.${table} enable always trigger no_early_delete;
  alter table overview.${table} enable always trigger no_truncate;
  alter table overview.${table} enable row level security;
  alter table overview.${table} force row level security;
`

const COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class',
  expires_on: 'First day on which the entry is gone',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When this ledger recorded it',
  occurred_at: 'When the access happened, as reported',
  subject: "Keyed hash of the person's number",
  stream: 'Stream that delivered it; absent for entries of the portal itself',
  stream_seq: 'Number in its stream; never shown to the person',
  seq_digest: 'Salted digest of stream and number, in the committed body',
  operation: '1 store, 2 query, 3 transmit, 4 erase',
  channel: '1 automated, 2 manual',
  source: 'Where the data came from (authority or office)',
  recipient: 'Who received or holds the data (authority or office)',
  unit: 'Kind of unit that acted',
  purpose: 'Purpose',
  legal_basis: 'Legal basis',
  fields: 'Fields, in catalogue order',
  case_ref: 'File number at the authority',
  consent_id: 'Consent that the access cites',
  operator_digest: "Salted digest of the staff member's pseudonym",
  salt: 'The 32 bytes that blind the commitment; erasing them erases the entry',
}

const comments = (table: string) =>
  Object.entries(COLUMNS)
    .map(
      ([column, text]) =>
        `comment on column overview.${table}.${column} is '${text.replaceAll("'", "''")}';`,
    )
    .join('\n')

const flag = (table: string, purpose: string) => `
  create table overview.${table} (
    leaf_index bigint not null,
    rule text not null,
    subject uuid not null,
    fields smallint[] not null,
    flagged_at timestamptz(3) not null,
    expires_on date not null,
    primary key (leaf_index, rule)
  );
  comment on table overview.${table} is '${purpose}';
  comment on column overview.${table}.leaf_index is 'The entry';
  comment on column overview.${table}.rule is 'Code of the rule that it breaks';
  comment on column overview.${table}.subject is 'The keyed subject of the entry';
  comment on column overview.${table}.fields is 'Fields beyond what the rule allows; empty where it concerns the whole access';
  comment on column overview.${table}.flagged_at is 'When it was flagged';
  comment on column overview.${table}.expires_on is 'The entry''s own expiry: the flag dies with it';
  create index ${table}_of_a_subject on overview.${table} (subject, leaf_index desc);
  alter table overview.${table} enable row level security;
  alter table overview.${table} force row level security;
`

const DERIVED = `
  ${flag('access_flag', 'Accesses that break a rule, shown to the person')}
  ${flag('sealed_flag', 'Withheld accesses that break a rule, shown to no resident')}

  create table overview.operator_ref (
    leaf_index bigint primary key,
    ref bytea not null,
    expires_on date not null
  );
  comment on table overview.operator_ref is 'Pseudonyms of members of staff, encrypted; opened by two people only';
  comment on column overview.operator_ref.leaf_index is 'The entry';
  comment on column overview.operator_ref.ref is 'AES-256-GCM: nonce (12), ciphertext, tag (16)';
  comment on column overview.operator_ref.expires_on is 'The entry''s own expiry';
  alter table overview.operator_ref enable row level security;
  alter table overview.operator_ref force row level security;

  create table overview.holding (
    subject uuid not null,
    holder int not null,
    field smallint not null,
    purpose int not null,
    legal_basis int not null,
    first_at timestamptz(3) not null,
    last_at timestamptz(3) not null,
    leaf_index bigint not null,
    ended_at timestamptz(3),
    expires_on date,
    primary key (subject, holder, field, purpose, legal_basis)
  );
  comment on table overview.holding is 'Who holds which field, folded hourly from visible entries; outlives them';
  comment on column overview.holding.subject is 'The keyed subject';
  comment on column overview.holding.holder is 'Authority or office that holds the field';
  comment on column overview.holding.field is 'The field';
  comment on column overview.holding.purpose is 'Purpose of the last entry that told of it';
  comment on column overview.holding.legal_basis is 'Legal basis of the last entry that told of it';
  comment on column overview.holding.first_at is 'When the first access that told of it happened';
  comment on column overview.holding.last_at is 'When the last access that told of it happened';
  comment on column overview.holding.leaf_index is 'Leaf index of the last such entry';
  comment on column overview.holding.ended_at is 'When an erasure ended it';
  comment on column overview.holding.expires_on is 'First day on which the row itself is gone; absent while the field is held';
  alter table overview.holding enable row level security;
  alter table overview.holding force row level security;

  create table overview.holding_fold (
    one boolean primary key default true constraint there_is_one_fold check (one),
    folded_size bigint not null,
    at timestamptz(3) not null
  );
  comment on table overview.holding_fold is 'Up to which leaf index holdings are folded';
  comment on column overview.holding_fold.one is 'Always true: there is one fold';
  comment on column overview.holding_fold.folded_size is 'Entries below this leaf index are folded';
  comment on column overview.holding_fold.at is 'When they were folded';
  insert into overview.holding_fold (folded_size, at) values (0, 'epoch');
`
