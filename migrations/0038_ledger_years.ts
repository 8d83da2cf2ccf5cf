import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Classes that keep entries for many years have partitions of a year: by quarters they would be too many. */
export const ledgerYears: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(WIDTH).execute(db)
    await sql.raw(ENSURE).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const WIDTH = `
  alter table ledger.class drop constraint width_is_month_or_quarter;
  alter table ledger.class add constraint width_is_known check (width in ('month', 'quarter', 'year'));
`

const ENSURE = `
  create or replace function ledger.ensure_partitions(from_day date, ahead interval) returns int
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
        high := (low + case kind.width when 'year' then interval '1 year'
          when 'quarter' then interval '3 months' else interval '1 month' end)::date;
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
`
