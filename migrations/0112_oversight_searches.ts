import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Searches that data protection officers keep for themselves: the words of a filter, a name from a list, and no free
 * text, so that nobody's name, number or file number can stand in one (GDPR Article 5 (1) (c)).
 */
export const oversightSearches: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [FILTER, SEARCH, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const NAMES = `'from', 'until', 'side', 'party', 'unit', 'purpose', 'basis', 'kind', 'field', 'operation', 'flagged', 'shown'`

/** A filter has no word for a person or an entry; what it has is days and codes. */
const FILTER = `
  create function oversight.is_filter(filter jsonb) returns boolean
    language sql immutable set search_path = pg_catalog, pg_temp as $$
    select jsonb_typeof(filter) = 'object' and not exists (select from jsonb_each(filter) word
      where word.key <> all (array[${NAMES}]) or jsonb_typeof(word.value) <> 'string'
        or word.value #>> '{}' !~ '^[A-Za-z0-9_.:/& -]{1,80}$')
  $$;
  comment on function oversight.is_filter(jsonb) is 'Whether this is a filter of accesses: known words, each with a day or a code';
  revoke all on function oversight.is_filter(jsonb) from public;
`

/** The place is part of a key: nobody has a thirteenth search, however many ask at once. */
const SEARCH = `
  create table oversight.saved_search (
    search uuid primary key,
    staff uuid not null references identity.staff on delete cascade,
    office int not null,
    place smallint not null constraint nobody_has_more_than_twelve_searches check (place between 1 and 12),
    name text not null constraint search_name_is_known check (name in ('routine', 'complaint', 'unusual', 'annual',
      'supervision', 'other')),
    days smallint constraint latest_days_can_be_chosen check (days in (7, 30, 90, 365)),
    filter jsonb not null constraint filter_is_made_of_codes check (oversight.is_filter(filter)),
    expires_on date not null,
    constraint each_search_has_a_place_of_its_own unique (staff, office, place),
    constraint a_moving_period_has_no_days check (days is null or not filter ?| array['from', 'until'])
  );
  comment on table oversight.saved_search is 'Searches that data protection officers keep for themselves, at one office; no person is in one';
  comment on column oversight.saved_search.search is 'Random id';
  comment on column oversight.saved_search.staff is 'Whose search it is';
  comment on column oversight.saved_search.office is 'At which office (catalogue number)';
  comment on column oversight.saved_search.place is 'Place in their list, from 1 to 12: the number behind the name';
  comment on column oversight.saved_search.name is 'One of the given names; no free text';
  comment on column oversight.saved_search.days is 'The latest days that count, where the period moves along';
  comment on column oversight.saved_search.filter is 'What was chosen, in the words of addresses';
  comment on column oversight.saved_search.expires_on is 'First day on which the row is gone: a year after it was saved or named';
  alter table oversight.saved_search enable row level security;
  alter table oversight.saved_search force row level security;
`

const OWN = `staff = ${STAFF} and office = ${OFFICE} and (select identity.is_officer())`

const rights = ({ web_staff: staff, retention }: Roles) => `
  grant execute on function oversight.is_filter(jsonb) to ${staff};
  grant select, insert, delete, update (name, expires_on) on oversight.saved_search to ${staff};
  create policy own_searches on oversight.saved_search to ${staff} using (${OWN}) with check (${OWN});

  grant select (expires_on), delete on oversight.saved_search to ${retention};
  create policy what_is_due_seen on oversight.saved_search for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.saved_search for delete to ${retention} using (expires_on <= current_date);
`
