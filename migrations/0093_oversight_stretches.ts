import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What each stretch of the log holds of an office, so that a search of its data protection officer (GDPR Article
 * 39 (1) (b)) looks only where there can be something, however long the log is.
 */
export const oversightStretches: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(COUNTED).execute(db)
    await sql.raw(`reset role; set local role ${roles.owner}`).execute(db)
    await sql.raw(STRETCH).execute(db)
    await sql.raw(rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COLUMNS = `event.leaf_index, event.expires_on, (event.occurred_at at time zone 'Europe/Berlin')::date as day,
      event.operation, event.source, event.recipient, event.purpose, event.fields`

const COUNTED = `
  create or replace view reporting.counted_access with (security_barrier) as
    select ${COLUMNS}, 'yes' as shown, event.legal_basis, event.unit from overview.access_event event
    union all
    select ${COLUMNS}, case when event.release_due is null then 'withheld' else 'pending' end,
      event.legal_basis, event.unit
    from overview.sealed_event event
    where not exists (select from overview.release r where r.sealed_index = event.leaf_index);
  comment on column reporting.counted_access.legal_basis is 'Legal basis';
  comment on column reporting.counted_access.unit is 'Kind of unit that acted';
`

const STRETCH = `
  create table oversight.stretch (
    office int not null,
    shown text not null constraint shown_is_known check (shown in ('yes', 'pending', 'withheld')),
    number int not null,
    amount int not null,
    has_flagged boolean not null,
    has_received boolean not null,
    has_given boolean not null,
    others int[] not null,
    purposes int[] not null,
    bases int[] not null,
    units int[] not null,
    operations smallint[] not null,
    fields smallint[] not null,
    first_day date not null,
    last_day date not null,
    first_expiry date not null,
    primary key (office, shown, number),
    constraint nothing_is_no_stretch check (amount > 0)
  );
  comment on table oversight.stretch is 'What a stretch of 16,384 leaves holds of an office: where a search has to look; derived from the log';
  comment on column oversight.stretch.office is 'The office that took part (catalogue number)';
  comment on column oversight.stretch.shown is 'Whether the persons see these accesses, will, or must not know of them';
  comment on column oversight.stretch.number is 'The stretch: leaf index divided by 16,384';
  comment on column oversight.stretch.amount is 'How many accesses';
  comment on column oversight.stretch.has_flagged is 'Whether any breaks a rule';
  comment on column oversight.stretch.has_received is 'Whether the office received or kept data in any';
  comment on column oversight.stretch.has_given is 'Whether the data came from the office in any';
  comment on column oversight.stretch.others is 'Other sides that occur';
  comment on column oversight.stretch.purposes is 'Purposes that occur';
  comment on column oversight.stretch.bases is 'Legal bases that occur';
  comment on column oversight.stretch.units is 'Kinds of unit that occur';
  comment on column oversight.stretch.operations is 'Operations that occur';
  comment on column oversight.stretch.fields is 'Fields that occur';
  comment on column oversight.stretch.first_day is 'Day of the earliest access, German time';
  comment on column oversight.stretch.last_day is 'Day of the latest access, German time';
  comment on column oversight.stretch.first_expiry is 'First day on which one of the entries is gone: then the row is made again';
  create index stretches_by_number on oversight.stretch (number);
  create index stretches_by_expiry on oversight.stretch (first_expiry);
  alter table oversight.stretch enable row level security;
  alter table oversight.stretch force row level security;

  alter table oversight.figure_fold
    add column described bigint not null default 0,
    add constraint describing_ends_at_what_is_counted check (described <= size);
  comment on column oversight.figure_fold.described is 'Entries below this leaf index are in stretches';
`

/** The worker alone writes; officers read the own office's, and what is withheld as in the explorer. */
const rights = ({ worker, reporting }: Roles) => `
  grant select, insert, update (has_flagged), delete on oversight.stretch to ${worker};
  create policy describing on oversight.stretch for all to ${worker} using (true) with check (true);
  grant update (described) on oversight.figure_fold to ${worker};
  grant select on oversight.stretch to ${reporting};
  create policy stretches_of_the_office on oversight.stretch for select to ${reporting}
    using (office = nullif(current_setting('mirat.office', true), '')::int
      and (shown = 'yes' or (select identity.is_officer())));
`
