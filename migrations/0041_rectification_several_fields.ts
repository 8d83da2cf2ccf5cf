import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * One request may be about several names of one register: family name and given names are swapped, or there
 * is one name alone. Each field has its recipients (GDPR Article 19), and each is in dispute meanwhile.
 */
export const rectificationSeveralFields: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [COLUMNS, rights(roles), EACH_FIELD, MAKING, DISPUTED]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

/** The leading field stays where it is: queues and figures count a request once. */
const COLUMNS = `
  alter table rectification.request
    add column also int[] not null default '{}',
    add column kept int[] not null default '{}',
    add constraint no_field_is_named_twice check (not field = any (also) and cardinality(also) <= 12),
    add constraint what_is_kept_was_asked_for check (kept <@ array_append(also, field)),
    add constraint a_correction_changes_something check (not array_append(also, field) <@ kept);
  comment on column rectification.request.also is 'Further fields that the request is about (catalogue numbers); set when it is filed';
  comment on column rectification.request.kept is 'Fields of the request that a correction in part leaves as they are: their recipients are not told';
`

const rights = ({ web_resident: resident, web_staff: staff }: Roles) => `
  grant select (also, kept), update (also) on rectification.request to ${resident};
  grant update (kept) on rectification.request to ${staff};
  grant select (field) on rectification.notice to ${staff};
`

/** An office that received two of the fields is told of both: a message is about one field. */
const EACH_FIELD = ['notice', 'sealed_notice']
  .map(
    (table) => `
  alter table rectification.${table}
    drop constraint ${table}_tells_each_office_once,
    add constraint ${table}_tells_each_office_once unique (request, subject, recipient, field);`,
  )
  .join('\n')

const MAKE = 'rectification.make_notices(uuid, timestamptz)'
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const BEGUN = `case when exists (select from rectification.endpoint e where e.office = known.recipient)
          then 'waiting' else 'to_print' end`
const INTO = `(notice, request, subject, recipient, field, outcome, first_at, last_at, made_at, state,
      next_at, expires_on`

/** Field by field: whoever received one openly and another in secret is shown with the first alone. */
const MAKING = `
  create or replace function rectification.make_notices(of_request uuid, at timestamptz) returns void
    language sql volatile ${HEAD}
    with decided as (
      select r.request, r.subject, r.office, r.outcome, r.expires_on, about.field
        from rectification.request r
        cross join lateral unnest(array_append(r.also, r.field)) about (field)
        where r.request = of_request and r.state = 'decided' and r.decided_at = at
          and r.outcome in ('corrected', 'corrected_in_part', 'deleted', 'restricted', 'annotated')
          and not about.field = any (r.kept)
    ), person as (
      select decided.subject from decided
      union select other.subject from decided
        join identity.account_subject own on own.subject = decided.subject
        join identity.account_subject other on other.account = own.account
    ), known as (
      select decided.request, person.subject, told.recipient, decided.field, decided.outcome,
          told.first_at, told.last_at, told.sealed, decided.expires_on,
          told.recipient = decided.office as is_own
        from decided cross join person
        cross join lateral overview.recipients_of(person.subject, decided.field::smallint) told
    ), shown as (
      insert into rectification.notice ${INTO}, is_own)
        select gen_random_uuid(), request, subject, recipient, field, outcome, first_at, last_at, at,
          ${BEGUN}, at, expires_on, false
        from known where not sealed and not is_own
        on conflict do nothing
    ), own_number as (
      select subject, field from known where is_own and not sealed
      union select decided.subject, decided.field from decided
        where not exists (select from known
          where known.is_own and not known.sealed and known.field = decided.field)
    ), own_register as (
      insert into rectification.notice ${INTO}, is_own)
        select gen_random_uuid(), request, own_number.subject, office, decided.field, outcome, null, null,
          at, 'waiting', at, expires_on, true
        from decided join own_number on own_number.field = decided.field
        where exists (select from rectification.endpoint e where e.office = decided.office)
        on conflict do nothing
    )
    insert into rectification.sealed_notice ${INTO})
      select gen_random_uuid(), request, subject, recipient, field, outcome, first_at, last_at, at,
        ${BEGUN}, at, expires_on
      from known where sealed and not is_own
        and not exists (select from known open where not open.sealed and open.field = known.field
          and open.recipient = known.recipient and open.subject = known.subject)
      on conflict do nothing
  $$;
  comment on function ${MAKE} is 'Makes the notices of a decision from the access log, for each field that it changes, in its transaction; tells nobody how many';
`

const DISPUTED = `
  create or replace function rectification.disputed(subjects uuid[])
    returns table (subject uuid, field int)
    language sql stable ${HEAD}
    with asked as (
      select distinct subject from unnest(subjects) asked (subject)
    ), known as (
      select asked.subject, asked.subject as other from asked
      union select asked.subject, other.subject from asked
        join identity.account_subject own on own.subject = asked.subject
        join identity.account_subject other on other.account = own.account
    )
    select distinct known.subject, about.field from known
      join rectification.request r on r.subject = known.other
      cross join lateral unnest(array_append(r.also, r.field)) about (field)
      where r.is_restricted
        and r.state in ('received', 'in_review', 'question', 'proposed', 'passed_on')
  $$;
`
