import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Counts of accesses by office, day and matter, so that a chart costs the same however long the log is. A count
 * dies on the day of its entries: nothing is told of what was erased (GDPR Article 5 (1) (e)).
 */
export const oversightFigures: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [FIGURE, FOLD, FLAGGED, rights(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const FIGURE = `
  create table oversight.figure (
    office int not null,
    kind text not null,
    day date not null,
    other int not null,
    side text not null constraint side_is_known check (side in ('received', 'gave', 'own')),
    purpose int not null,
    operation smallint not null,
    shown text not null constraint shown_is_known check (shown in ('yes', 'pending', 'withheld')),
    expires_on date not null,
    amount int not null,
    flagged int not null,
    primary key (office, kind, day, other, side, purpose, operation, shown, expires_on),
    constraint no_count_is_negative check (amount >= 0 and flagged between 0 and amount)
  );
  comment on table oversight.figure is 'Counts of accesses, for each office that took part; derived from the log up to a public checkpoint';
  comment on column oversight.figure.office is 'The office that the count is for (catalogue number)';
  comment on column oversight.figure.kind is 'Kind of data; empty where each access counts once, whatever its kinds';
  comment on column oversight.figure.day is 'Day of the accesses, German time';
  comment on column oversight.figure.other is 'The other side; the office itself where it is on both';
  comment on column oversight.figure.side is 'Whether the office received data, gave them, or kept something for itself';
  comment on column oversight.figure.purpose is 'Purpose (catalogue number)';
  comment on column oversight.figure.operation is '1 store, 2 query, 3 transmit, 4 erase';
  comment on column oversight.figure.shown is 'Whether the persons see these accesses, will, or must not know of them';
  comment on column oversight.figure.expires_on is 'First day on which the entries, and so the count, are gone';
  comment on column oversight.figure.amount is 'How many accesses';
  comment on column oversight.figure.flagged is 'How many of them break a rule';
  create index figures_by_expiry on oversight.figure (expires_on);
  alter table oversight.figure enable row level security;
  alter table oversight.figure force row level security;
`

const FOLD = `
  create table oversight.figure_fold (
    one boolean primary key default true constraint there_is_one_count check (one),
    size bigint not null,
    log_size bigint not null,
    log_at timestamptz(3),
    constraint counting_ends_at_the_checkpoint check (size <= log_size)
  );
  comment on table oversight.figure_fold is 'How far the log is counted; one row';
  comment on column oversight.figure_fold.one is 'Always true: there is one row';
  comment on column oversight.figure_fold.size is 'Entries below this leaf index are counted';
  comment on column oversight.figure_fold.log_size is 'Size of the public checkpoint up to which is counted';
  comment on column oversight.figure_fold.log_at is 'Time of that checkpoint; absent before the first count';
  insert into oversight.figure_fold (size, log_size) values (0, 0);
`

const FLAGGED = `
  create table oversight.counted_flag (
    leaf_index bigint primary key,
    expires_on date not null
  );
  comment on table oversight.counted_flag is 'Accesses that are counted as flagged, so that a flag that comes later counts once';
  comment on column oversight.counted_flag.leaf_index is 'Index of the leaf of the access';
  comment on column oversight.counted_flag.expires_on is 'First day on which the entry is gone';
  create index counted_flags_by_expiry on oversight.counted_flag (expires_on);
  alter table oversight.counted_flag enable row level security;
  alter table oversight.counted_flag force row level security;
`

/** The worker alone writes; officers read the own office's, and what is withheld as in the explorer. */
const rights = ({ worker, reporting, retention }: Roles) => `
  grant usage on schema oversight to ${worker}, ${reporting}, ${retention};
  grant select, insert, delete on oversight.figure, oversight.counted_flag to ${worker};
  grant update (amount, flagged) on oversight.figure to ${worker};
  grant select, update (size, log_size, log_at) on oversight.figure_fold to ${worker};
  create policy counting on oversight.figure for all to ${worker} using (true) with check (true);
  create policy counting on oversight.counted_flag for all to ${worker} using (true) with check (true);

  grant select on oversight.figure, oversight.figure_fold to ${reporting};
  create policy figures_of_the_office on oversight.figure for select to ${reporting}
    using (office = nullif(current_setting('mirat.office', true), '')::int
      and (shown = 'yes' or (select identity.is_officer())));

  ${['figure', 'counted_flag']
    .map(
      (table) => `
  grant select (expires_on), delete on oversight.${table} to ${retention};
  create policy what_is_due_seen on oversight.${table} for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.${table} for delete to ${retention}
    using (expires_on <= current_date);`,
    )
    .join('\n')}
`
