import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Who decides about somebody must not be able to sign in as them, under whatever number: a code for one number
 * opens the account with all of them. Whoever proposed a decision and gave the case away is still its clerk.
 */
export const rectificationOwnClerk: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(worksOn(roles.web_staff)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const worksOn = (web: string) => `
  create or replace function rectification.works_on(staff uuid, subject uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with person as (
      select works_on.subject as number
      union select other.subject from identity.account_subject own
        join identity.account_subject other on other.account = own.account
        where own.subject = works_on.subject
    )
    select exists (select from person join rectification.request r on r.subject = person.number
      where works_on.staff in (r.assignee, r.proposed_by)
        and r.state in ('received', 'in_review', 'question', 'proposed', 'passed_on', 'decided'))
  $$;
  comment on function rectification.works_on(uuid, uuid) is 'Whether a member of staff works on a case of the person of a subject, or proposed its decision: who decides about somebody must not be able to sign in as them';
  revoke all on function rectification.works_on(uuid, uuid) from public;
  grant execute on function rectification.works_on(uuid, uuid) to ${web};
`
