import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Offices know a person by any of several numbers: what is contested under one of them is contested for
 * whoever asks under another (GDPR Article 18). Deliveries ask this, so it must not walk through all accounts.
 */
export const rectificationDisputed: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [INDEXES, disputed(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OPEN = `('received', 'in_review', 'question', 'proposed', 'passed_on')`

const INDEXES = `
  create index accounts_of_a_subject on identity.account_subject (subject);
  create index disputed_fields on rectification.request (subject, field)
    where is_restricted and state in ${OPEN};
`

const disputed = ({ ingest, web_resident: resident }: Roles) => `
  create or replace function rectification.disputed(subjects uuid[])
    returns table (subject uuid, field int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with asked as (
      select distinct subject from unnest(subjects) asked (subject)
    ), known as (
      select asked.subject, asked.subject as other from asked
      union select asked.subject, other.subject from asked
        join identity.account_subject own on own.subject = asked.subject
        join identity.account_subject other on other.account = own.account
    )
    select distinct known.subject, r.field from known
      join rectification.request r on r.subject = known.other
      where r.is_restricted and r.state in ${OPEN}
  $$;
  comment on function rectification.disputed(uuid[]) is 'Fields whose accuracy is contested under any number of the person, and whose use is restricted meanwhile (GDPR Article 18 (1) (a))';
  revoke all on function rectification.disputed(uuid[]) from public;
  grant execute on function rectification.disputed(uuid[]) to ${ingest}, ${resident};
`
