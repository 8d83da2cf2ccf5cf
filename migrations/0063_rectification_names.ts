import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A request about several names is found in the queue by each of them, and figures by kind of data count
 * each name: the leading field alone said nothing of the others.
 */
export const rectificationNames: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [INDEX, COUNTING, readable(roles)]) await sql.raw(part).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(REQUESTS).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OPEN = `state in ('received', 'in_review', 'question', 'proposed', 'passed_on')`
const DUE = `(coalesce(due_on, '9999-12-31'::date))`

/** Few requests are about several names: found by an index of their own, they cost the others nothing. */
const INDEX = `
  create index queue_of_several_fields on rectification.request (office, field, ${DUE}, request)
    where also <> '{}' and ${OPEN};
`

const FILTER = `(states is null or state = any (states)) and (lang is null or language = lang)
        and (evidence is null or has_evidence = evidence)
        and (due_before is null or ${DUE} < due_before)
        and case who when 'nobody' then assignee is null when 'gone' then assignee <> all (active)
          when 'somebody' then assignee = somebody else true end`

/** Those that a filter finds by a further field alone are counted apart, by their own index. */
const COUNTING = `
  create or replace function rectification.count_queue(states text[], fields int[], lang text,
      evidence boolean, due_before date, who text, somebody uuid, active uuid[])
    returns bigint
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
  declare
    mine constant int := nullif(current_setting('mirat.office', true), '')::int;
    own bigint;
    further bigint := 0;
    partners bigint;
  begin
    select count(*) into own from rectification.request
      where office = mine and ${OPEN} and (fields is null or field = any (fields)) and ${FILTER};
    if fields is not null then
      select count(*) into further from rectification.request
        where office = mine and ${OPEN} and also <> '{}' and also && fields
          and not field = any (fields) and ${FILTER};
    end if;
    select count(*) into partners from rectification.request
      where second_office = mine and state = 'proposed' and office <> second_office
        and who is distinct from 'gone'
        and (fields is null or field = any (fields) or also && fields) and ${FILTER};
    return own + further + partners;
  end $$;
`

const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (also) on rectification.request to ${owner};
`

const REQUESTS = `
  create or replace view reporting.rectification with (security_barrier) as
    select r.reference, r.state, r.field, r.filed_at, r.due_on, r.was_extended, r.outcome, r.decided_at,
      array_prepend(r.field, r.also) as fields
    from rectification.request r
    where r.office = nullif(current_setting('mirat.office', true), '')::int;
  comment on column reporting.rectification.field is 'The field that the request begins with (catalogue number)';
  comment on column reporting.rectification.fields is 'All fields that the request is about, each once';
`
