import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** What explains an access, in the rooms that know cases: for the login of the rules alone, so that no setting opens it. */
export const foundationCases: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    for (const view of [...CASES, TOLD]) await sql.raw(view).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const READERS = 'for the login of the rules of oversight alone'

/** Under every number of the person: offices know people under several. */
const cases = (view: string, from: string, what: string) => `
  create or replace view reporting.${view} with (security_barrier) as
    with own as not materialized (
      select ${from}
    )
    select own.subject, own.from_at, own.to_at from own
    union all
    select other.subject, own.from_at, own.to_at
      from own
      join identity.account_subject mine on mine.subject = own.subject
      join identity.account_subject other
        on other.account = mine.account and other.subject <> own.subject;
  comment on view reporting.${view} is '${what}: when the office in the setting mirat.office had one, ${READERS}';
`

const CASES = [
  cases(
    'rectification_case',
    `c.subject, c.filed_at as from_at, c.closed_at as to_at
        from rectification.request c where c.office = ${OFFICE}`,
    'Requests for rectification',
  ),
  cases(
    'inquiry_case',
    `c.subject, c.asked_at as from_at, c.ended_at as to_at
        from inquiries.inquiry c where c.office = ${OFFICE}`,
    'Questions about accesses',
  ),
  cases(
    'consent_case',
    `c.subject, c.given_at as from_at, least(c.ended_at, c.valid_until) as to_at
        from consent.consent c where c.office = ${OFFICE}`,
    'Consents',
  ),
  cases(
    'block_case',
    `c.subject, c.filed_at as from_at, least(c.from_at, c.ended_at) as to_at
        from blocks.block c where c.office = ${OFFICE} and c.filed_at is not null`,
    'Applications for blocks until they are in force or over',
  ),
]

/** Visible notices alone: withheld recipients are in no row that the owner of the view reads. */
const TOLD = `
  create or replace view reporting.correction_told with (security_barrier) as
    select n.subject, n.made_at as told_at from rectification.notice n where n.recipient = ${OFFICE};
  comment on view reporting.correction_told is 'Decisions that the office in the setting mirat.office was told of, ${READERS}';
`
