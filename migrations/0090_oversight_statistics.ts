import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Statistics that everybody may read. What is published is rounded, what is small is withheld, and neither
 * changes afterwards: the difference between two editions would tell of single people.
 */
export const oversightStatistics: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(PUBLISHED + GUARDS + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const PUBLISHED = `
  create table oversight.published (
    period text not null constraint period_is_a_month_or_quarter check (period ~ '^[0-9]{4}-([0-9]{2}|Q[1-4])$'),
    what text not null,
    key text not null,
    amount int,
    published_at timestamptz(3) not null,
    primary key (period, what, key)
  );
  comment on table oversight.published is 'Public statistics of all offices together; no person can be found in them';
  comment on column oversight.published.period is 'Month (2026-10) or quarter (2026-Q3) in German time';
  comment on column oversight.published.what is 'accesses, operation, kind; decisions, corrected, days';
  comment on column oversight.published.key is 'Number of the operation, kind of data, median or p90; empty for a total';
  comment on column oversight.published.amount is 'Rounded count, or days; absent where too few people are behind it';
  comment on column oversight.published.published_at is 'When it was published';
`

const GUARDS = `
  create trigger no_change before update or delete on oversight.published
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on oversight.published
    for each statement execute function ledger.refuse_change();
  alter table oversight.published enable always trigger no_change;
  alter table oversight.published enable always trigger no_truncate;
  alter table oversight.published enable row level security;
  alter table oversight.published force row level security;
`

const rights = ({ worker, web_public: everybody }: Roles) => `
  grant usage on schema oversight to ${everybody};
  grant select on oversight.published to ${everybody}, ${worker};
  grant insert on oversight.published to ${worker};
  create policy for_everybody on oversight.published for select to ${everybody}, ${worker} using (true);
  create policy publishing on oversight.published for insert to ${worker} with check (true);
`
