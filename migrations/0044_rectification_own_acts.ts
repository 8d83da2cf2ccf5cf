import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * An act is one on a request that its actor sees: neither a person nor an office writes into the course of
 * somebody else's, nor invents one that there is not.
 */
export const rectificationOwnActs: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(acts(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** The policy looks with the eyes of the actor, so it is enough that the request is there. */
const SEEN = `exists (select from rectification.request own where own.request = request_event.request
        and own.subject = request_event.subject and own.reference = request_event.reference)`

const acts = ({ web_resident: resident, web_staff: staff }: Roles) => `
  drop policy own_acts on rectification.request_event;
  create policy own_acts on rectification.request_event for insert to ${resident}
    with check (by = 'resident' and subject = any (${SUBJECTS}) and ${SEEN});
  drop policy acts_of_the_office on rectification.request_event;
  create policy acts_of_the_office on rectification.request_event for insert to ${staff}
    with check (by = 'office' and office = ${OFFICE} and ${SEEN});
`
