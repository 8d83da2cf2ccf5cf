import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** When an office had a question of a person open: what explains that it looked (GDPR Article 39 (1) (b)). */
export const inquiriesCases: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(CASES).execute(db)
    await sql.raw(`grant select on reporting.inquiry_case to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant usage on schema inquiries to ${owner};
  grant select (subject, office, asked_at, ended_at) on inquiries.inquiry to ${owner};
  create policy for_reports on inquiries.inquiry for select to ${owner} using (true);
`

/** Under every number of the person: offices know people under several. */
const CASES = `
  create view reporting.inquiry_case with (security_barrier) as
    with own as not materialized (
      select c.subject, c.asked_at as from_at, c.ended_at as to_at
        from inquiries.inquiry c
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
  comment on view reporting.inquiry_case is 'Questions about accesses: when the office in the setting mirat.office had one, for the rules of oversight, which set mirat.watches';
  comment on column reporting.inquiry_case.subject is 'Keyed hash of one of the numbers of the person';
  comment on column reporting.inquiry_case.from_at is 'Since when';
  comment on column reporting.inquiry_case.to_at is 'Until when; absent while it lasts';
`
