import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who reads and writes requests: the person their own, an office those it is responsible for. */
export const rectificationRights: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [residents, staff, upkeep, machines]) {
      await sql.raw(part(roles)).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const ACCOUNT = `nullif(current_setting('mirat.account', true), '')::uuid`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const residents = (roles: Roles) => `
  grant usage on schema rectification to ${roles.web_resident}, ${roles.web_staff},
    ${roles.retention}, ${roles.ingest}, ${roles.worker};
  grant execute on function ledger.lock_head() to ${roles.web_resident};
  grant execute on function ledger.advance(bigint, bigint, bytea, bytea, smallint[], bigint[], bytea[], bigint[], bytea[], text, timestamptz, boolean)
    to ${roles.web_resident};

  grant select (request, state, subject, account, field, language, case_key, content, version, saved_at,
      reference, kind, filed_at, office, former_office, form_met_on, due_on, was_extended,
      is_restricted, has_evidence, outcome, decided_at, closed_at, expires_on),
    insert (request, state, subject, account, field, language, case_key, content, version, saved_at),
    update (state, content, version, saved_at, reference, kind, filed_at, office, form_met_on, due_on,
      is_restricted, has_evidence, second_office, proposed_by, effective_at, closed_at, expires_on),
    delete on rectification.request to ${roles.web_resident};
  create policy own_requests on rectification.request for select to ${roles.web_resident}
    using (case when state = 'draft' then account = ${ACCOUNT} else subject = any (${SUBJECTS}) end);
  create policy own_drafts on rectification.request for insert to ${roles.web_resident}
    with check (state = 'draft' and account = ${ACCOUNT} and subject = any (${SUBJECTS}));
  create policy own_steps on rectification.request for update to ${roles.web_resident}
    using (state not in ('withdrawn', 'closed')
      and case when state = 'draft' then account = ${ACCOUNT} else subject = any (${SUBJECTS}) end)
    with check (state in ('draft', 'received', 'in_review', 'decided', 'withdrawn')
      and subject = any (${SUBJECTS}));
  create policy own_drafts_dropped on rectification.request for delete to ${roles.web_resident}
    using (state = 'draft' and account = ${ACCOUNT});

  grant select (class, expires_on, leaf_index, recorded_at, subject, request, reference, number, kind, by,
      office, unit, operator_digest, detail, content, salt), insert
    on rectification.request_event to ${roles.web_resident};
  create policy own_events on rectification.request_event for select to ${roles.web_resident}
    using (subject = any (${SUBJECTS}));
  create policy own_acts on rectification.request_event for insert to ${roles.web_resident}
    with check (by = 'resident' and subject = any (${SUBJECTS}));
`

/** A second office reads what it is asked to confirm, and nothing before or after. */
const OF_THE_OFFICE = `state <> 'draft' and (office = ${OFFICE}
      or (state = 'proposed' and second_office = ${OFFICE})
      or (state = 'passed_on' and former_office = ${OFFICE}))`

const staff = (roles: Roles) => `
  grant select, update (state, version, saved_at, office, former_office, assignee, form_met_on, due_on,
      was_extended, second_office, proposed_by, effective_at, outcome, decided_at, closed_at, expires_on)
    on rectification.request to ${roles.web_staff};
  create policy requests_of_the_office on rectification.request for select to ${roles.web_staff}
    using (${OF_THE_OFFICE});
  create policy work_of_the_office on rectification.request for update to ${roles.web_staff}
    using (${OF_THE_OFFICE}) with check (state <> 'draft');
  grant select, insert on rectification.request_event to ${roles.web_staff};
  create policy events_of_the_office on rectification.request_event for select to ${roles.web_staff}
    using (exists (select from rectification.request own where own.request = request_event.request));
  create policy acts_of_the_office on rectification.request_event for insert to ${roles.web_staff}
    with check (by = 'office' and office = ${OFFICE});
  grant select on rectification.partner to ${roles.web_staff};
`

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

const upkeep = (roles: Roles) => `
  create policy functions_of_the_room on rectification.request to ${roles.owner}
    using (true) with check (true);
  create policy functions_of_the_room on rectification.request_event for select to ${roles.owner}
    using (true);

  create function rectification.forget(at timestamptz) returns bigint
    language plpgsql ${HEAD}
  declare
    drafts bigint;
    keys bigint;
    rows bigint;
  begin
    delete from rectification.request r
      where r.state = 'draft' and (r.account is null or r.saved_at <= at - interval '90 days');
    get diagnostics drafts = row_count;
    update rectification.request r set case_key = null, content = null
      where r.case_key is not null and (r.state = 'closed' and r.closed_at <= at - interval '2 years'
        or r.state = 'withdrawn' and r.closed_at <= at - interval '3 months');
    get diagnostics keys = row_count;
    delete from rectification.request r
      where r.state in ('closed', 'withdrawn') and r.expires_on <= (at at time zone 'Europe/Berlin')::date;
    get diagnostics rows = row_count;
    return drafts + keys + rows;
  end $$;
  comment on function rectification.forget(timestamptz) is 'Deletes forgotten drafts, the keys of requests long closed, and rows whose time is over';
  revoke all on function rectification.forget(timestamptz) from public;
  grant execute on function rectification.forget(timestamptz) to ${roles.retention};

  grant select (expires_on), delete on rectification.request_event to ${roles.retention};
  create policy what_is_due_seen on rectification.request_event for select to ${roles.retention}
    using (expires_on <= current_date);
  create policy what_is_due on rectification.request_event for delete to ${roles.retention}
    using (expires_on <= current_date);
`

/** What other roles may learn: which fields are contested, and whether a clerk works on a person's case. */
const machines = (roles: Roles) => `
  create function rectification.disputed(subjects uuid[]) returns table (subject uuid, field int)
    language sql stable ${HEAD}
    select distinct r.subject, r.field from rectification.request r
      where r.subject = any (subjects) and r.is_restricted
        and r.state in ('received', 'in_review', 'question', 'proposed', 'passed_on')
  $$;
  comment on function rectification.disputed(uuid[]) is 'Fields whose accuracy is contested and whose use is restricted meanwhile (GDPR Article 18 (1) (a))';
  revoke all on function rectification.disputed(uuid[]) from public;
  grant execute on function rectification.disputed(uuid[]) to ${roles.ingest}, ${roles.web_resident};

  create function rectification.works_on(staff uuid, subject uuid) returns boolean
    language sql stable ${HEAD}
    select exists (select from rectification.request r
      where r.assignee = works_on.staff and r.subject = works_on.subject
        and r.state in ('received', 'in_review', 'question', 'proposed', 'passed_on', 'decided'))
  $$;
  comment on function rectification.works_on(uuid, uuid) is 'Whether a member of staff works on a case of a person, who must not let that person in';
  revoke all on function rectification.works_on(uuid, uuid) from public;
  grant execute on function rectification.works_on(uuid, uuid) to ${roles.web_staff};
`
