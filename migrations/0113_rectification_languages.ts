import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * The language of a request, for the figures of its office alone: whether people wait longer in one language than
 * in another is what a data protection officer has to see (GDPR Articles 12 (1), 39 (1) (b)).
 */
export const rectificationLanguages: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql
      .raw(`grant select (language) on rectification.request to ${roles.reporting_owner}`)
      .execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(REQUESTS).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const REQUESTS = `
  create or replace view reporting.rectification with (security_barrier) as
    select r.reference, r.state, r.field, r.filed_at, r.due_on, r.was_extended, r.outcome, r.decided_at,
      array_prepend(r.field, r.also) as fields, r.language
    from rectification.request r
    where r.office = nullif(current_setting('mirat.office', true), '')::int;
  comment on column reporting.rectification.language is 'Language of the person when it was filed';
`
