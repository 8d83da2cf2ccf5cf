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
    for (const part of [INDEXES, counting(roles), VIEW, rights(roles)])
      await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OPEN = `state in ('received', 'in_review', 'question', 'proposed', 'passed_on')`
const DUE = `(coalesce(due_on, '9999-12-31'::date))`
/** What filters and row-level security ask, so that neither counting nor paging reads a row. */
const ASKED = `state, field, language, assignee, has_evidence, due_on, second_office`

const FILTER = `(states is null or state = any (states))
        and (fields is null or field = any (fields)) and (lang is null or language = lang)
        and (evidence is null or has_evidence = evidence)
        and (due_before is null or ${DUE} < due_before)
        and case who when 'nobody' then assignee is null when 'gone' then assignee <> all (active)
          when 'somebody' then assignee = somebody else true end`

const INDEXES = `
  drop index rectification.queue_of_an_office;
  drop index rectification.requests_of_a_second_office;
  create index queue_by_due_day on rectification.request (office, ${DUE}, request)
    include (${ASKED}) where ${OPEN};
  create index queue_by_filing on rectification.request (office, filed_at, request)
    include (${ASKED}) where ${OPEN};
  create index queue_by_field on rectification.request (office, field, ${DUE}, request)
    include (state, language, assignee, has_evidence, due_on, second_office) where ${OPEN};
  create index confirmed_for_others on rectification.request (second_office)
    where state = 'proposed' and office <> second_office;
  create index cases_of_a_caseworker on rectification.request (office, assignee)
    where assignee is not null and ${OPEN};
  create index decided_by_an_office on rectification.request (office, decided_at)
    where decided_at is not null;
`

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const COUNT = 'rectification.count_queue(text[], int[], text, boolean, date, text, uuid, uuid[])'

/**
 * Counts for the office of the setting alone, as its policy would, but reads the setting once and not for
 * each row: that is half of what counting costs. What a partner asks to be confirmed is counted as well.
 */
const counting = ({ web_staff: web }: Roles) => `
  create function rectification.count_queue(states text[], fields int[], lang text, evidence boolean,
      due_before date, who text, somebody uuid, active uuid[])
    returns bigint
    language plpgsql stable ${HEAD}
  declare
    mine constant int := nullif(current_setting('mirat.office', true), '')::int;
    own bigint;
    partners bigint;
  begin
    select count(*) into own from rectification.request
      where office = mine and ${OPEN} and ${FILTER};
    select count(*) into partners from rectification.request
      where second_office = mine and state = 'proposed' and office <> second_office
        and who is distinct from 'gone' and ${FILTER};
    return own + partners;
  end $$;
  comment on function ${COUNT} is 'How many open cases of the office in the setting a filter of its queue has; no filter where an argument is null';
  revoke all on function ${COUNT} from public;
  grant execute on function ${COUNT} to ${web};
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
