import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What oversight reads of requests: a data protection officer the terms of the own office (GDPR Article 39
 * (1) (b)), supervisors the decisions that no second person confirmed. Neither shows a person.
 */
export const rectificationReporting: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(REQUESTS).execute(db)
    await sql.raw(UNCONFIRMED).execute(db)
    await sql
      .raw(
        `grant select on reporting.rectification, reporting.unconfirmed_decision to ${roles.reporting}`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** Neither subject nor account, no key and no content: what a view cannot read it cannot show. */
const readable = ({ reporting_owner: owner }: Roles) => `
  grant usage on schema rectification to ${owner};
  grant select (request, reference, state, field, office, filed_at, due_on, was_extended, outcome, decided_at,
    proposed_by, second_office, effective_at) on rectification.request to ${owner};
  grant select (request, kind, recorded_at) on rectification.request_event to ${owner};
  create policy for_reports on rectification.request for select to ${owner} using (state <> 'draft');
  create policy for_reports on rectification.request_event for select to ${owner}
    using (kind = 'proposed');
  create index decisions_without_a_second on rectification.request (decided_at desc)
    where proposed_by is not null and second_office is null;
`

const REQUESTS = `
  create view reporting.rectification with (security_barrier) as
    select r.reference, r.state, r.field, r.filed_at, r.due_on, r.was_extended, r.outcome, r.decided_at
    from rectification.request r
    where r.office = nullif(current_setting('mirat.office', true), '')::int;
  comment on view reporting.rectification is 'Requests for rectification of one office: of the office in the setting mirat.office';
  comment on column reporting.rectification.reference is 'Eight characters by which people and offices name it';
  comment on column reporting.rectification.state is 'Where it stands';
  comment on column reporting.rectification.field is 'The field that is wrong (catalogue number)';
  comment on column reporting.rectification.filed_at is 'When it was filed';
  comment on column reporting.rectification.due_on is 'Day by which an answer is due; absent while the clock does not run';
  comment on column reporting.rectification.was_extended is 'Whether the deadline was extended with reasons';
  comment on column reporting.rectification.outcome is 'Outcome, proposed or made';
  comment on column reporting.rectification.decided_at is 'When it was decided';
`

const UNCONFIRMED = `
  create view reporting.unconfirmed_decision with (security_barrier) as
    select r.reference, r.office, r.field, r.outcome, r.decided_at, r.effective_at,
      (select max(e.recorded_at) from rectification.request_event e
        where e.request = r.request and e.kind = 'proposed') as proposed_at
    from rectification.request r
    where current_setting('mirat.supervises', true) = 'yes' and r.proposed_by is not null
      and r.second_office is null and r.outcome is not null
      and r.state in ('proposed', 'decided', 'closed');
  comment on view reporting.unconfirmed_decision is 'Decisions that took effect without a second person, or will: for supervisors, who set mirat.supervises';
  comment on column reporting.unconfirmed_decision.reference is 'Eight characters by which people and offices name it';
  comment on column reporting.unconfirmed_decision.office is 'The office that decided (catalogue number)';
  comment on column reporting.unconfirmed_decision.field is 'The field that was wrong (catalogue number)';
  comment on column reporting.unconfirmed_decision.outcome is 'Outcome';
  comment on column reporting.unconfirmed_decision.decided_at is 'When it took effect; absent while it waits';
  comment on column reporting.unconfirmed_decision.effective_at is 'When it takes effect; absent once it has';
  comment on column reporting.unconfirmed_decision.proposed_at is 'When it was proposed';
`
