import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Append-only by triggers and rights; one function alone writes head, tiles and checkpoints. */
export const ledgerFunctions: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [refusals(roles), APPEND_ONLY, APPEND, PARTITIONS, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const refusals = (roles: Roles) => `
  ${REFUSE_CHANGE}
  ${refuseEarlyDelete(roles)}
  ${REFUSE_SMALLER_HEAD}
`

const REFUSE_CHANGE = `
  create function ledger.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    raise exception 'append-only: % on % is refused', tg_op, tg_relid::regclass
      using errcode = 'insufficient_privilege';
  end $$;
  comment on function ledger.refuse_change() is 'Refuses every change of an append-only table';
`

const refuseEarlyDelete = (roles: Roles) => `
  create function ledger.refuse_early_delete() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if current_user = '${roles.retention}' and old.expires_on <= current_date then
      return old;
    end if;
    raise exception 'append-only: % on % is refused', tg_op, tg_relid::regclass
      using errcode = 'insufficient_privilege';
  end $$;
  comment on function ledger.refuse_early_delete() is 'Lets the retention role delete what is due, and nobody anything else';
`

const REFUSE_SMALLER_HEAD = `
  create function ledger.refuse_smaller_head() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if new.size <= old.size then
      raise exception 'the tree only grows' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;
  comment on function ledger.refuse_smaller_head() is 'The size of the tree only grows';
`

const GUARDED = ['tile', 'bundle', 'checkpoint', 'fingerprint', 'head_epoch', 'head_tile']

const guard = (table: string) => `
  create trigger no_change before update or delete on ledger.${table}
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on ledger.${table}
    for each statement execute function ledger.refuse_change();
  alter table ledger.${table} enable always trigger no_change;
  alter table ledger.${table} enable always trigger no_truncate;
`

const GUARD_HEAD = `
  create trigger only_grows before update on ledger.head
    for each row execute function ledger.refuse_smaller_head();
  create trigger no_delete before delete on ledger.head
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on ledger.head
    for each statement execute function ledger.refuse_change();
  alter table ledger.head enable always trigger only_grows;
  alter table ledger.head enable always trigger no_delete;
  alter table ledger.head enable always trigger no_truncate;
`

const APPEND_ONLY = [...GUARDED.map(guard), GUARD_HEAD].join('')

const LOCK_HEAD = `
  create function ledger.lock_head(out size bigint, out edge bytea, out bundle_edge bytea)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    perform pg_advisory_xact_lock(7239614);
    select head.size, head.edge, head.bundle_edge into strict size, edge, bundle_edge from ledger.head;
  end $$;
  comment on function ledger.lock_head() is 'Takes the one append lock until the transaction ends, and reads the head under it';
`

const ADVANCE = `
  create function ledger.advance(
    old_size bigint, new_size bigint, new_edge bytea, new_bundle_edge bytea,
    tile_levels smallint[], tile_indices bigint[], tile_data bytea[],
    bundle_indices bigint[], bundle_data bytea[],
    note text, signed_at timestamptz, is_public boolean) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    hit int;
  begin
    update ledger.head set size = new_size, edge = new_edge, bundle_edge = new_bundle_edge
      where head.size = old_size;
    get diagnostics hit = row_count;
    if hit <> 1 then
      raise exception 'the tree has moved on from size %', old_size using errcode = '40001';
    end if;
    insert into ledger.tile (level, idx, data)
      select * from unnest(tile_levels, tile_indices, tile_data);
    insert into ledger.bundle (idx, data) select * from unnest(bundle_indices, bundle_data);
    insert into ledger.checkpoint (size, note, at, public)
      values (new_size, advance.note, signed_at, is_public);
  end $$;
  comment on function ledger.advance(bigint, bigint, bytea, bytea, smallint[], bigint[], bytea[], bigint[], bytea[], text, timestamptz, boolean)
    is 'Moves the head by one append and stores what it filled; it alone writes head, tiles and checkpoints';
`

const APPEND = LOCK_HEAD + ADVANCE

const GUARD_PARTITION = `
  create function ledger.guard_partition(part regclass) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    execute format('alter table %s enable row level security', part);
    execute format('alter table %s force row level security', part);
    execute format('create trigger no_truncate before truncate on %s
      for each statement execute function ledger.refuse_change()', part);
    execute format('alter table %s enable always trigger no_truncate', part);
    execute format('alter table %s enable always trigger no_change', part);
    execute format('alter table %s enable always trigger no_early_delete', part);
  end $$;
  comment on function ledger.guard_partition(regclass) is 'Row-level security and TRUNCATE triggers do not reach a partition from its parent, so each gets its own';
`

const ENSURE_PARTITIONS = `
  create function ledger.ensure_partitions(from_day date, ahead interval) returns int
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    kind record;
    low date;
    high date;
    parent text;
    name text;
    made int := 0;
  begin
    perform pg_advisory_xact_lock(7239615);
    for kind in select * from ledger.class order by class loop
      parent := kind.owner_table || '_c' || kind.class;
      if to_regclass(parent) is null then
        execute format('create table %s partition of %s for values in (%s) partition by range (expires_on)',
          parent, kind.owner_table, kind.class);
        execute format('comment on table %s is %L', parent, 'Entries of class ' || kind.code);
        perform ledger.guard_partition(parent::regclass);
      end if;
      low := date_trunc(kind.width, from_day)::date;
      while low <= from_day + kind.retention + ahead loop
        high := (low + case kind.width when 'quarter' then interval '3 months' else interval '1 month' end)::date;
        name := parent || to_char(low, '_YYYYMMDD');
        if to_regclass(name) is null then
          execute format('create table %s partition of %s for values from (%L) to (%L)',
            name, parent, low, high);
          execute format('comment on table %s is %L', name,
            'Entries of class ' || kind.code || ' that expire from ' || low || ' on');
          perform ledger.guard_partition(name::regclass);
          made := made + 1;
        end if;
        low := high;
      end loop;
    end loop;
    return made;
  end $$;
  comment on function ledger.ensure_partitions(date, interval) is 'Makes the partitions for entries recorded from a day on, some time ahead';
`

const DROP_EMPTY_PARTITIONS = `
  create function ledger.drop_empty_partitions(today date) returns int
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    part record;
    low date;
    high date;
    filled boolean;
    dropped int := 0;
  begin
    perform pg_advisory_xact_lock(7239615);
    for part in
      select leaf.oid::regclass as name, pg_get_expr(leaf.relpartbound, leaf.oid) as bounds,
        kind.owner_table as parent, kind.class
      from ledger.class kind
      join pg_inherits link on link.inhparent = to_regclass(kind.owner_table || '_c' || kind.class)
      join pg_class leaf on leaf.oid = link.inhrelid
    loop
      low := substring(part.bounds from 'FROM \\(''([0-9-]+)''\\)')::date;
      high := substring(part.bounds from 'TO \\(''([0-9-]+)''\\)')::date;
      if high <= least(today, current_date) then
        -- Asked of the parent: the partition's own row-level security would hide every row from us.
        execute format('select exists (select from %s where class = %s and expires_on >= %L and expires_on < %L)',
          part.parent, part.class, low, high) into filled;
        if not filled then
          execute format('drop table %s', part.name);
          dropped := dropped + 1;
        end if;
      end if;
    end loop;
    return dropped;
  end $$;
  comment on function ledger.drop_empty_partitions(date) is 'Drops partitions whose time is over and which retention has emptied';
`

const PARTITIONS = GUARD_PARTITION + ENSURE_PARTITIONS + DROP_EMPTY_PARTITIONS

const rights = (roles: Roles) => `
  grant usage on schema ledger to ${roles.web_public}, ${roles.web_resident}, ${roles.web_staff},
    ${roles.ingest}, ${roles.worker}, ${roles.reporting}, ${roles.retention}, ${roles.reporting_owner};
  grant select on ledger.class, ledger.head, ledger.tile, ledger.bundle, ledger.checkpoint to
    ${roles.web_public}, ${roles.web_resident}, ${roles.web_staff}, ${roles.ingest}, ${roles.worker},
    ${roles.reporting}, ${roles.retention};

  revoke all on function ledger.refuse_change(), ledger.refuse_early_delete(),
    ledger.refuse_smaller_head(), ledger.guard_partition(regclass) from public;
  revoke all on function ledger.lock_head() from public;
  revoke all on function ledger.advance(bigint, bigint, bytea, bytea, smallint[], bigint[], bytea[], bigint[], bytea[], text, timestamptz, boolean) from public;
  revoke all on function ledger.ensure_partitions(date, interval) from public;
  revoke all on function ledger.drop_empty_partitions(date) from public;
  grant execute on function ledger.lock_head() to ${roles.ingest}, ${roles.worker}, ${roles.web_staff};
  grant execute on function ledger.advance(bigint, bigint, bytea, bytea, smallint[], bigint[], bytea[], bigint[], bytea[], text, timestamptz, boolean)
    to ${roles.ingest}, ${roles.worker}, ${roles.web_staff};
  grant execute on function ledger.ensure_partitions(date, interval) to ${roles.worker};
  grant execute on function ledger.drop_empty_partitions(date) to ${roles.retention};
`
