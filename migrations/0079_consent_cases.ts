import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** When an office had a consent of a person: what explains that it looked (GDPR Article 39 (1) (b)). */
export const consentCases: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(CASES).execute(db)
    await sql.raw(`grant select on reporting.consent_case to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** A refusal is known to the asking office alone, and the policy of the figures keeps it out of here as well. */
const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (subject, given_at, valid_until, ended_at) on consent.consent to ${owner};
`

/** Under every number of the person: offices know people under several. */
const CASES = `
  create view reporting.consent_case with (security_barrier) as
    with own as not materialized (
      select c.subject, c.given_at as from_at, least(c.ended_at, c.valid_until) as to_at
        from consent.consent c
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
  comment on view reporting.consent_case is 'Consents: when the office in the setting mirat.office had one, for the rules of oversight, which set mirat.watches';
  comment on column reporting.consent_case.subject is 'Keyed hash of one of the numbers of the person';
  comment on column reporting.consent_case.from_at is 'Since when';
  comment on column reporting.consent_case.to_at is 'Until when; absent while it lasts';
`
