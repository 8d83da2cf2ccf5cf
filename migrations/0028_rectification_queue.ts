import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Queues of any size are read in every order from an index alone, cases of people who left are found, and
 * caseworkers keep views of their own.
 */
export const rectificationQueue: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [INDEXES, VIEW, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OPEN = `state in ('received', 'in_review', 'question', 'proposed', 'passed_on')`
const DUE = `(coalesce(due_on, '9999-12-31'::date))`
/** What filters and row-level security ask, so that neither counting nor paging reads a row. */
const ASKED = `state, field, language, assignee, has_evidence, due_on, second_office`

const INDEXES = `
  drop index rectification.queue_of_an_office;
  create index queue_by_due_day on rectification.request (office, ${DUE}, request)
    include (${ASKED}) where ${OPEN};
  create index queue_by_filing on rectification.request (office, filed_at, request)
    include (${ASKED}) where ${OPEN};
  create index queue_by_field on rectification.request (office, field, ${DUE}, request)
    include (state, language, assignee, has_evidence, due_on, second_office) where ${OPEN};
  create index cases_of_a_caseworker on rectification.request (office, assignee)
    where assignee is not null and ${OPEN};
  create index decided_by_an_office on rectification.request (office, decided_at)
    where decided_at is not null;
`

/** The place is part of the key: nobody has a thirteenth view, however many ask at once. */
const VIEW = `
  create table rectification.saved_view (
    staff uuid not null references identity.staff on delete cascade,
    place smallint not null constraint nobody_has_more_than_twelve_views check (place between 1 and 12),
    name text constraint name_is_given check (name in ('today', 'week', 'fresh', 'waiting')),
    label text constraint label_is_short check (length(label) between 1 and 40),
    query text not null constraint query_is_short check (length(query) <= 300),
    saved_at timestamptz(3) not null,
    primary key (staff, place),
    constraint a_view_has_one_name check (num_nonnulls(name, label) = 1)
  );
  comment on table rectification.saved_view is 'Filters and orders of the queue that members of staff keep for themselves';
  comment on column rectification.saved_view.staff is 'Whose view it is';
  comment on column rectification.saved_view.place is 'Place in their list, from 1 to 12';
  comment on column rectification.saved_view.name is 'One of the given names';
  comment on column rectification.saved_view.label is 'A name of their own, where none of the given ones is used';
  comment on column rectification.saved_view.query is 'Filter and order, as the address of the queue has them; names nobody';
  comment on column rectification.saved_view.saved_at is 'When it was saved';
  alter table rectification.saved_view enable row level security;
  alter table rectification.saved_view force row level security;
`

const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const rights = ({ web_staff: web }: Roles) => `
  grant select, insert, delete on rectification.saved_view to ${web};
  create policy own_views on rectification.saved_view to ${web}
    using (staff = ${STAFF}) with check (staff = ${STAFF});
`
