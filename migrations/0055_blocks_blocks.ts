import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Transmission blocks (AZRG § 4), information blocks (BMG § 51), restrictions and objections (GDPR Articles 18, 21). */
export const blocksBlocks: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema blocks authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema blocks is 'What people have blocked, restricted or objected to, and what came of it'`,
      BLOCK + comments('block', BLOCK_COLUMNS),
      EVENT + comments('block_event', EVENT_COLUMNS),
      UNHEARD + comments('unheard_transfer', UNHEARD_COLUMNS),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const APPLIED = `('applied', 'in_review', 'proposed')`
const IN_FORCE = `('in_force', 'hearing', 'heard', 'lifting')`
const OVER = `('refused', 'withdrawn', 'lifted', 'ended', 'expired')`

const BLOCK = `
  create table blocks.block (
    block uuid primary key,
    reference text constraint block_reference_is_unique unique,
    subject uuid not null,
    account uuid references identity.account on delete set null,
    kind text not null constraint block_kind_is_known check (kind in ('transmission', 'information',
      'restriction', 'objection')),
    state text not null constraint block_state_is_known check (state = 'draft' or state in ${APPLIED}
      or state in ${IN_FORCE} or state in ${OVER}),
    office int,
    field smallint,
    grounds text[] not null,
    content bytea,
    case_key bytea,
    source uuid references blocks.block on delete set null,
    is_guarded boolean not null default false,
    protects_others boolean not null default false,
    clerk uuid,
    proposed_by uuid,
    form_met_at timestamptz(3),
    filed_at timestamptz(3),
    due_on date,
    from_at timestamptz(3),
    until date,
    ended_at timestamptz(3),
    hearing text constraint hearing_is_known check (hearing in ('transfer', 'ending')),
    hearing_until date,
    version int not null,
    saved_at timestamptz(3) not null,
    expires_on date not null,
    constraint a_draft_has_no_reference check ((state = 'draft') = (reference is null)),
    constraint what_is_filed_has_an_office check (state = 'draft' or office is not null),
    constraint what_is_filed_has_a_ground check (state = 'draft' or source is not null
      or cardinality(grounds) between 1 and 10),
    constraint what_is_in_force_began check (state not in ${IN_FORCE} or from_at is not null),
    constraint what_is_over_has_ended check ((state in ${OVER}) = (ended_at is not null)),
    constraint who_is_heard_has_a_day check ((state in ('hearing', 'heard')) = (hearing is not null)
      and (hearing is null) = (hearing_until is null)),
    constraint only_a_transmission_block_guards check (not is_guarded or kind = 'transmission')
  );
  comment on table blocks.block is 'Blocks, restrictions and objections; one row each, as it stands now';
  create unique index one_application_of_each_kind on blocks.block
    (subject, kind, coalesce(field, 0), (case when kind = 'objection' then office else 0 end)) where state in ${APPLIED};
  create unique index one_block_of_a_source on blocks.block (source) where state in ${IN_FORCE};
  create index blocks_of_a_subject on blocks.block (subject, saved_at desc);
  create index transmission_blocks on blocks.block (subject) where kind = 'transmission' and from_at is not null;
  create index restrictions_in_force on blocks.block (subject, field)
    where kind = 'restriction' and state in ${IN_FORCE};
  create index blocks_of_an_office on blocks.block (office, saved_at, block);
  create index blocks_of_an_account on blocks.block (account);
  create index blocks_that_end on blocks.block (until) where state in ${IN_FORCE};
  create index blocks_by_end on blocks.block (ended_at) where case_key is not null;
  alter table blocks.block enable row level security;
  alter table blocks.block force row level security;
`

const BLOCK_COLUMNS: Readonly<Record<string, string>> = {
  block: 'Random id',
  reference: 'Eight characters by which people and offices name it; absent in a draft',
  subject: 'Keyed subject of the person, that of the Central Register where there is one',
  account: 'Account that applied; absent once it is deleted, as a block in force outlives it',
  kind: 'transmission (AZRG § 4), information (BMG § 51), restriction (GDPR Article 18) or objection (Article 21)',
  state: 'State of the machine in server/blocks/rules.ts',
  office: 'Office that decides (catalogue number)',
  field: 'Field that a restriction is about (catalogue number)',
  grounds: 'Codes of server/blocks/grounds.ts; no free text',
  content: 'Own words of a draft under its key, AES-256-GCM; gone when it is filed',
  case_key: 'Key of this block under the master key, AES-256-GCM; gone when its words are erased',
  source: 'Information block that it came with and goes with (AZRG § 4 (2) sentence 3)',
  is_guarded:
    'Whether it works against authorities as well, as for witnesses (AZRG § 4 (2)): in no list',
  protects_others: 'Whether it protects others: then the person alone cannot lift it',
  clerk: 'Member of staff who took or decided it',
  proposed_by: 'Member of staff who proposed to refuse it: somebody else confirms',
  form_met_at: 'When the signed letter or the record was there, where the law wants one',
  filed_at: 'When it was filed; absent in a draft and for what came with another block',
  due_on: 'Day by which an answer is due; absent until the form is met',
  from_at: 'Since when it is in force',
  until: 'Last day on which it is in force; absent where it has no end',
  ended_at: 'When it was over, in whatever way',
  hearing: 'What the person is heard about: a transfer in spite of it, or its end',
  hearing_until: 'Last day on which the person can answer',
  version: 'Number of its events, so that nobody answers what they have not seen',
  saved_at: 'When it changed last',
  expires_on: 'First day on which the row is gone, unless it is in force',
}

const EVENT = `
  create table blocks.block_event (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    subject uuid not null,
    block uuid not null,
    reference text not null,
    what text not null,
    number int not null,
    kind text not null,
    by text not null constraint somebody_did_it check (by in ('resident', 'office', 'portal')),
    office int,
    unit int,
    operator_digest bytea,
    detail text,
    until date,
    content bytea,
    salt bytea not null constraint block_salt_has_32_bytes check (octet_length(salt) = 32),
    primary key (class, expires_on, leaf_index)
  ) partition by list (class);
  create index events_of_a_block on blocks.block_event (block, number);
  create index block_events_of_a_subject on blocks.block_event (subject, leaf_index desc);
  comment on table blocks.block_event is 'What happened to blocks: append-only, each an entry of the log';

  create trigger no_change before update on blocks.block_event
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on blocks.block_event
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on blocks.block_event
    for each statement execute function ledger.refuse_change();
  alter table blocks.block_event enable always trigger no_change;
  alter table blocks.block_event enable always trigger no_early_delete;
  alter table blocks.block_event enable always trigger no_truncate;
  alter table blocks.block_event enable row level security;
  alter table blocks.block_event force row level security;
`

const EVENT_COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class',
  expires_on: 'First day on which the entry is gone',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When it happened',
  subject: 'Keyed subject of the person',
  block: 'The block',
  reference: 'Its reference, as committed',
  what: 'Its kind, as committed',
  number: 'Place among the events of the block, from 1',
  kind: 'What happened: an event of the machine in server/blocks/rules.ts',
  by: 'Who did it: the person, the office, or the portal by itself',
  office: 'The office, where one did it',
  unit: 'Kind of unit that did it',
  operator_digest: 'Keyed digest of the member of staff',
  detail: 'Codes of grounds, reasons and recipients; no free text',
  until: 'Last day of a period that the event set, as committed',
  content: 'Free text under the key of the block, AES-256-GCM; committed by its hash',
  salt: 'The 32 bytes that blind the commitment',
}

/** A hearing that would defeat the purpose is not announced by its own record either (AZRG § 4 (4)). */
const UNHEARD = `
  create table blocks.unheard_transfer (
    unheard uuid primary key,
    block uuid not null references blocks.block on delete cascade,
    office int not null,
    unit int,
    operator_digest bytea not null,
    detail text not null,
    recorded_at timestamptz(3) not null,
    shown_on date not null,
    shown_at timestamptz(3)
  );
  comment on table blocks.unheard_transfer is 'Transfers in spite of a block before which nobody was heard, with the reasons; the person reads of them later';
  create index unheard_transfers_of_a_block on blocks.unheard_transfer (block);
  create index unheard_transfers_to_show on blocks.unheard_transfer (shown_on) where shown_at is null;
  alter table blocks.unheard_transfer enable row level security;
  alter table blocks.unheard_transfer force row level security;
`

const UNHEARD_COLUMNS: Readonly<Record<string, string>> = {
  unheard: 'Random id',
  block: 'The block in spite of which data went out',
  office: 'Office that recorded it (catalogue number)',
  unit: 'Kind of unit that recorded it',
  operator_digest: 'Keyed digest of the member of staff',
  detail: 'Recipient and codes of the reasons; no free text',
  recorded_at: 'When it was recorded',
  shown_on:
    'First day on which it defeats nothing any more: then it becomes an event that the person reads',
  shown_at: 'When it did',
}

function comments(table: string, columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, text]) => `comment on column blocks.${table}.${column} is '${text}';`)
    .join('\n')
}
