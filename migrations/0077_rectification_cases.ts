import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** When an office had a request of a person, and when it was told of a correction: what explains that it looked (GDPR Article 39 (1) (b)). */
export const rectificationCases: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(CASES).execute(db)
    await sql.raw(TOLD).execute(db)
    await sql
      .raw(
        `grant select on reporting.rectification_case, reporting.correction_told to ${roles.reporting}`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (subject, closed_at) on rectification.request to ${owner};
  grant select (subject, recipient, made_at) on rectification.notice to ${owner};
  create policy for_reports on rectification.notice for select to ${owner} using (true);
`

/** Under every number of the person: offices know people under several. */
const CASES = `
  create view reporting.rectification_case with (security_barrier) as
    with own as not materialized (
      select c.subject, c.filed_at as from_at, c.closed_at as to_at
        from rectification.request c
        where current_setting('mirat.watches', true) = 'yes'
          and c.office = nullif(current_setting('mirat.office', true), '')::int
    )
    select own.subject, own.from_at, own.to_at from own
    union all
    select other.subject, own.from_at, own.to_at
      from own
      join identity.account_subject mine on mine.subject = own.subject
      join identity.account_subject other
        on other.account = mine.account and other.subject <> own.subject;
  comment on view reporting.rectification_case is 'Requests for rectification: when the office in the setting mirat.office had one, for the rules of oversight, which set mirat.watches';
  comment on column reporting.rectification_case.subject is 'Keyed hash of one of the numbers of the person';
  comment on column reporting.rectification_case.from_at is 'Since when';
  comment on column reporting.rectification_case.to_at is 'Until when; absent while it lasts';
`

/** Visible notices alone: withheld recipients are in no row that the owner of the view reads. */
const TOLD = `
  create view reporting.correction_told with (security_barrier) as
    select n.subject, n.made_at as told_at from rectification.notice n
      where current_setting('mirat.watches', true) = 'yes'
        and n.recipient = nullif(current_setting('mirat.office', true), '')::int;
  comment on view reporting.correction_told is 'Decisions that the office in the setting mirat.office was told of, for the rules of oversight, which set mirat.watches';
  comment on column reporting.correction_told.subject is 'Keyed hash of the number under which the office knows the person';
  comment on column reporting.correction_told.told_at is 'When it was told';
`
