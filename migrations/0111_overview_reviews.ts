import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Every review of a held access, not the last one alone (AZRG § 34 (2)): whoever decides next has to see what was
 * found before, and how often an obstacle was prolonged. Reviews are append-only; the view names offices, no staff.
 */
export const overviewReviews: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(REVIEWS).execute(db)
    await sql.raw(`grant select on reporting.held_review to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** What the person may never know of has no review, so it is in no row here either. */
const REVIEWS = `
  create view reporting.held_review with (security_barrier) as
    select r.sealed_index as leaf_index, r.expires_on, r.number, r.finding, r.reason, r.day, r.office, r.noted_at
    from overview.review r
    join overview.sealed_event event on event.leaf_index = r.sealed_index and event.expires_on = r.expires_on
    where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient);
  comment on view reporting.held_review is 'What reviews of held accesses of the office found, all of them, for its data protection officer, whom mirat.staff names';
  comment on column reporting.held_review.leaf_index is 'Leaf of the access that was reviewed';
  comment on column reporting.held_review.expires_on is 'First day on which the review is gone, with its entry';
  comment on column reporting.held_review.number is 'Counts the reviews of an entry, from 1';
  comment on column reporting.held_review.finding is 'Whether the obstacle remained or had ended';
  comment on column reporting.held_review.reason is 'Code of the reason';
  comment on column reporting.held_review.day is 'When it was to be looked at again, or since when there was no obstacle';
  comment on column reporting.held_review.office is 'The office whose officer noted it (catalogue number)';
  comment on column reporting.held_review.noted_at is 'When it was noted';
`
