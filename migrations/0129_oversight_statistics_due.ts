import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A period is counted while it is due and not published, by the clock of the database: whoever has the worker's login
 * could otherwise count a month that is not over before and after a single access, and learn from the difference.
 */
export const oversightStatisticsDue: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(DUE + MONTH + QUARTER + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

/** The last three months and the last quarter whose end is ten days past, as `edition.ts` has them. */
const DUE = `
  create function oversight.is_due(first date, width text) returns boolean
    language sql stable ${HEAD}
    select coalesce((
      select first = date_trunc(width, first + interval '0') and first < late.period
        and first >= late.period - interval '3 months'
        and not exists (select from oversight.published p
          where p.period = to_char(first + interval '0', case width when 'month' then 'YYYY-MM' else 'YYYY-"Q"Q' end))
      from (select date_trunc(width,
        (statement_timestamp() at time zone 'Europe/Berlin')::date - interval '10 days') as period) late
    ), false)
  $$;
  comment on function oversight.is_due(date, text) is 'Whether the month or quarter that begins on a day is over since ten days, not too old, and not published yet';
`

const MONTH = `
  create function oversight.begin_month(month date) returns void
    language plpgsql volatile ${HEAD}
  begin
    if not oversight.is_due(month, 'month') then
      raise exception 'this month is not due' using errcode = '42501';
    end if;
    perform overview.begin_month(month);
  end $$;
  comment on function oversight.begin_month(date) is 'Begins counting the accesses of a month that is due, in this transaction';
`

const QUARTER = `
  create function oversight.quarter_in_counts(quarter date)
    returns table (what text, key text, amount int, people int)
    language plpgsql stable ${HEAD}
  begin
    if not oversight.is_due(quarter, 'quarter') then
      raise exception 'this quarter is not due' using errcode = '42501';
    end if;
    return query select * from rectification.quarter_in_counts(quarter);
  end $$;
  comment on function oversight.quarter_in_counts(date) is 'Decisions of a quarter that is due, in counts';
`

const rights = ({ owner, worker }: Roles) => `
  create policy what_is_due on oversight.published for select to ${owner} using (true);
  revoke all on function oversight.is_due(date, text) from public;
  revoke all on function oversight.begin_month(date) from public;
  revoke all on function oversight.quarter_in_counts(date) from public;
  grant execute on function oversight.begin_month(date) to ${worker};
  grant execute on function oversight.quarter_in_counts(date) to ${worker};
`
