import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** The tree, its checkpoints, the classes, and the tables of chains and epochs that a later issue fills. */
export const ledgerTree: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(TREE).execute(db)
    await sql.raw(CHAINS).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const TREE = `
  create table ledger.class (
    class smallint primary key constraint class_fits_two_bytes check (class > 0),
    code text not null constraint class_code_is_unique unique,
    owner_table text not null,
    sealed boolean not null,
    retention interval not null,
    citation text not null,
    width text not null constraint width_is_month_or_quarter check (width in ('month', 'quarter'))
  );
  comment on table ledger.class is 'Retention classes; one class belongs to one table';
  comment on column ledger.class.class is 'The number that commitments bind (two bytes)';
  comment on column ledger.class.code is 'The stable code';
  comment on column ledger.class.owner_table is 'The one table whose rows are of this class';
  comment on column ledger.class.sealed is 'Whether its entries are withheld from the person';
  comment on column ledger.class.retention is 'How long an entry lives after the access it tells of';
  comment on column ledger.class.citation is 'The rule that sets the retention';
  comment on column ledger.class.width is 'How wide its partitions are';

  create table ledger.head (
    one boolean primary key default true constraint there_is_one_head check (one),
    size bigint not null constraint size_is_not_negative check (size >= 0),
    edge bytea not null,
    bundle_edge bytea not null
  );
  comment on table ledger.head is 'The one row that says how large the tree is';
  comment on column ledger.head.one is 'Always true: there is one head';
  comment on column ledger.head.size is 'Number of leaves; only grows';
  comment on column ledger.head.edge is 'Partial tiles, lowest level first, then the peaks';
  comment on column ledger.head.bundle_edge is 'The unfinished entry bundle';
  insert into ledger.head (size, edge, bundle_edge) values (0, '', '');

  create table ledger.tile (
    level smallint not null,
    idx bigint not null,
    data bytea not null constraint a_tile_is_full check (octet_length(data) = 8192),
    primary key (level, idx)
  );
  comment on table ledger.tile is 'Full tiles of the tree (C2SP tlog-tiles), public';
  comment on column ledger.tile.level is 'Tile level, 0 for leaf hashes';
  comment on column ledger.tile.idx is 'Tile index in its level';
  comment on column ledger.tile.data is '256 hashes of 32 bytes';

  create table ledger.bundle (
    idx bigint primary key,
    data bytea not null
  );
  comment on table ledger.bundle is 'Full entry bundles of the tree (C2SP tlog-tiles), public';
  comment on column ledger.bundle.idx is 'Bundle index';
  comment on column ledger.bundle.data is '256 entries, each with its length in two bytes before it';

  create table ledger.checkpoint (
    size bigint primary key,
    note text not null,
    at timestamptz(3) not null,
    public boolean not null
  );
  comment on table ledger.checkpoint is 'Signed checkpoints (C2SP tlog-checkpoint)';
  comment on column ledger.checkpoint.size is 'Number of leaves that it covers';
  comment on column ledger.checkpoint.note is 'The signed note';
  comment on column ledger.checkpoint.at is 'When it was signed';
  comment on column ledger.checkpoint.public is 'Whether the public tick published it';
  create index latest_public_checkpoint on ledger.checkpoint (size desc) where public;

  create table ledger.fingerprint (
    name text primary key,
    sha256 text not null
  );
  comment on table ledger.fingerprint is 'Which keys and origin this log was begun with';
  comment on column ledger.fingerprint.name is 'What it is the fingerprint of';
  comment on column ledger.fingerprint.sha256 is 'SHA-256, hexadecimal';
`

const CHAINS = `
  create table ledger.chain (
    chain bigint generated always as identity primary key,
    subject uuid not null,
    class smallint not null references ledger.class on delete restrict,
    h0 bytea not null constraint h0_has_32_bytes check (octet_length(h0) = 32),
    n bigint not null,
    h bytea not null constraint h_has_32_bytes check (octet_length(h) = 32),
    last_leaf_index bigint not null,
    constraint one_chain_per_subject_and_class unique (subject, class)
  );
  comment on table ledger.chain is 'All entries of one subject in one class, folded';
  comment on column ledger.chain.chain is 'Number of the chain';
  comment on column ledger.chain.subject is 'The keyed subject';
  comment on column ledger.chain.class is 'The class';
  comment on column ledger.chain.h0 is '32 random bytes that the chain starts with';
  comment on column ledger.chain.n is 'How many entries are folded';
  comment on column ledger.chain.h is 'The head after them';
  comment on column ledger.chain.last_leaf_index is 'Leaf index of the last of them';
  alter table ledger.chain enable row level security;
  alter table ledger.chain force row level security;

  create table ledger.head_epoch (
    epoch bigint primary key,
    at timestamptz(3) not null,
    covered_size bigint not null,
    root bytea not null constraint root_has_32_bytes check (octet_length(root) = 32),
    entry_index bigint not null
  );
  comment on table ledger.head_epoch is 'Heads trees, one per epoch';
  comment on column ledger.head_epoch.epoch is 'Number of the epoch';
  comment on column ledger.head_epoch.at is 'When it was folded';
  comment on column ledger.head_epoch.covered_size is 'Leaves below this index are folded';
  comment on column ledger.head_epoch.root is 'Root of the heads tree';
  comment on column ledger.head_epoch.entry_index is 'Leaf index of its typed entry 0x03';

  create table ledger.head_tile (
    epoch bigint not null references ledger.head_epoch on delete cascade,
    level smallint not null,
    idx bigint not null,
    data bytea not null,
    primary key (epoch, level, idx)
  );
  comment on table ledger.head_tile is 'Tiles of a heads tree';
  comment on column ledger.head_tile.epoch is 'The epoch';
  comment on column ledger.head_tile.level is 'Tile level';
  comment on column ledger.head_tile.idx is 'Tile index in its level';
  comment on column ledger.head_tile.data is 'Hashes of 32 bytes';

  create table ledger.retention_base (
    chain bigint not null references ledger.chain on delete cascade,
    n bigint not null,
    h bytea not null,
    epoch bigint not null references ledger.head_epoch on delete restrict,
    primary key (chain, epoch)
  );
  comment on table ledger.retention_base is 'Where a chain starts once its oldest entries were erased';
  comment on column ledger.retention_base.chain is 'The chain';
  comment on column ledger.retention_base.n is 'How many entries lie below the base';
  comment on column ledger.retention_base.h is 'The head at the base';
  comment on column ledger.retention_base.epoch is 'The epoch whose head it is';
  alter table ledger.retention_base enable row level security;
  alter table ledger.retention_base force row level security;
`
