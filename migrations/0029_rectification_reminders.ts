import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Which answers are due soon or late, so that the person is told (GDPR Article 12 (3)). */
export const rectificationReminders: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FUNCTION).execute(db)
    await sql
      .raw(
        `revoke all on function rectification.answers_due(date), rectification.office_of(uuid) from public;
         grant execute on function rectification.answers_due(date), rectification.office_of(uuid)
           to ${roles.worker};`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const FUNCTION = `
  create function rectification.answers_due(until date)
    returns table (subject uuid, reference text, office int, due_on date)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.subject, r.reference, r.office, r.due_on from rectification.request r
      where r.state in ('received', 'passed_on', 'in_review', 'question', 'proposed')
        and r.due_on <= answers_due.until
      order by r.due_on, r.reference
  $$;
  comment on function rectification.answers_due(date) is 'Open requests whose answer is due until a day';

  create function rectification.office_of(request uuid) returns int
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.office from rectification.request r where r.request = office_of.request
  $$;
  comment on function rectification.office_of(uuid) is 'The office that answers a request (catalogue number)';
`
