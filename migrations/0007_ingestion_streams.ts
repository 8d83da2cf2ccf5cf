import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who may deliver, with which keys, and what was delivered. */
export const ingestionStreams: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [STREAMS, BATCHES, ASSERTIONS, GUARDS, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const STREAMS = `
  create table ingestion.stream (
    stream int generated always as identity primary key,
    name text not null constraint stream_name_is_unique unique,
    authority int not null,
    last_seq bigint not null default 0,
    last_received_at timestamptz(3),
    case_ref_pattern text,
    registered_at timestamptz(3) not null
  );
  comment on table ingestion.stream is 'Streams of accesses, each of one authority';
  comment on column ingestion.stream.stream is 'The number that entries carry';
  comment on column ingestion.stream.name is 'The name in addresses';
  comment on column ingestion.stream.authority is 'The authority or office that delivers (catalogue number)';
  comment on column ingestion.stream.last_seq is 'Number of the last event received';
  comment on column ingestion.stream.last_received_at is 'When it was received';
  comment on column ingestion.stream.case_ref_pattern is 'Regular expression that its file numbers match';
  comment on column ingestion.stream.registered_at is 'When the operator registered it';

  create table ingestion.stream_key (
    kid text primary key,
    stream int not null references ingestion.stream on delete restrict,
    public_key jsonb not null,
    valid_from timestamptz(3) not null,
    valid_until timestamptz(3)
  );
  comment on table ingestion.stream_key is 'Public keys that may sign for a stream';
  comment on column ingestion.stream_key.kid is 'Key id in the JWS header';
  comment on column ingestion.stream_key.stream is 'The stream';
  comment on column ingestion.stream_key.public_key is 'The public JWK (RFC 7517)';
  comment on column ingestion.stream_key.valid_from is 'First instant at which it counts';
  comment on column ingestion.stream_key.valid_until is 'Instant from which it no longer counts';
  create index keys_of_a_stream on ingestion.stream_key (stream);
`

const BATCHES = `
  create table ingestion.batch (
    stream int not null references ingestion.stream on delete restrict,
    first_seq bigint not null,
    last_seq bigint not null,
    events_hash bytea not null,
    jws bytea not null,
    answer jsonb not null,
    received_at timestamptz(3) not null,
    expires_on date not null,
    primary key (stream, first_seq)
  );
  comment on table ingestion.batch is 'What the authorities signed, encrypted, and what they were answered';
  comment on column ingestion.batch.stream is 'The stream';
  comment on column ingestion.batch.first_seq is 'Number of the first event';
  comment on column ingestion.batch.last_seq is 'Number of the last event';
  comment on column ingestion.batch.events_hash is 'SHA-256 of the canonical events: knows an identical batch';
  comment on column ingestion.batch.jws is 'The JWS, AES-256-GCM: nonce (12), ciphertext, tag (16)';
  comment on column ingestion.batch.answer is 'The answer, for the identical batch';
  comment on column ingestion.batch.received_at is 'When it was received';
  comment on column ingestion.batch.expires_on is 'Day on which the first of its events expires: the batch goes with it';
`

const ASSERTIONS = `
  create table ingestion.assertion (
    issuer text not null,
    jti text not null,
    payload_hash bytea not null,
    expires_at timestamptz(3) not null,
    primary key (issuer, jti)
  );
  comment on table ingestion.assertion is 'Signed requests already seen, so that none is replayed (RFC 7519 section 4.1.7)';
  comment on column ingestion.assertion.issuer is 'Who signed';
  comment on column ingestion.assertion.jti is 'The id it chose';
  comment on column ingestion.assertion.payload_hash is 'SHA-256 of the payload';
  comment on column ingestion.assertion.expires_at is 'When the request itself expires';
  create index assertions_by_expiry on ingestion.assertion (expires_at);
`

const GUARDS = `
  create trigger no_change before update on ingestion.batch
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on ingestion.batch
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on ingestion.batch
    for each statement execute function ledger.refuse_change();
  alter table ingestion.batch enable always trigger no_change;
  alter table ingestion.batch enable always trigger no_early_delete;
  alter table ingestion.batch enable always trigger no_truncate;
  alter table ingestion.batch enable row level security;
  alter table ingestion.batch force row level security;
`

const rights = (roles: Roles) => `
  grant usage on schema ingestion to ${roles.ingest}, ${roles.worker}, ${roles.retention};
  grant select on ingestion.stream, ingestion.stream_key to ${roles.ingest}, ${roles.worker};
  grant update (last_seq, last_received_at) on ingestion.stream to ${roles.ingest};
  grant select, insert on ingestion.batch, ingestion.assertion to ${roles.ingest};
  grant select (expires_on), delete on ingestion.batch to ${roles.retention};
  grant select (expires_at), delete on ingestion.assertion to ${roles.retention};

  create policy deliveries_seen on ingestion.batch for select to ${roles.ingest} using (true);
  create policy deliveries on ingestion.batch for insert to ${roles.ingest} with check (true);
  create policy what_is_due_seen on ingestion.batch for select to ${roles.retention}
    using (expires_on <= current_date);
  create policy what_is_due on ingestion.batch for delete to ${roles.retention}
    using (expires_on <= current_date);
`
