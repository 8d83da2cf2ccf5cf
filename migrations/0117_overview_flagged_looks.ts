import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A look of staff outside its flow is recorded and flagged as every access is: it is what its person and the data
 * protection officer must learn, and no fault of the portal that hides the look by ending it.
 */
export const overviewFlaggedLooks: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [LOOKED, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** The day of expiry says in which partition it is, so that one is looked through and not all. */
const looked = (table: string) => `exists (select from overview.${table} e
      where e.leaf_index = entry and e.expires_on = until and e.subject = person and e.recorded_at = at
        and e.stream is null and e.recipient = nullif(current_setting('mirat.office', true), '')::int)`

const LOOKED = `
  create function overview.looked(entry bigint, person uuid, at timestamptz, until date) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select ${looked('access_event')} or ${looked('sealed_event')}
  $$;
  comment on function overview.looked(bigint, uuid, timestamptz, date) is 'Whether an entry is a look of the office in the setting at this person, recorded at this instant';
  revoke all on function overview.looked(bigint, uuid, timestamptz, date) from public;
`

const rights = ({ web_staff: staff }: Roles) => `
  grant execute on function overview.looked(bigint, uuid, timestamptz, date) to ${staff};
  ${['access_flag', 'sealed_flag']
    .map(
      (table) => `
  grant insert (leaf_index, rule, subject, fields, flagged_at, expires_on) on overview.${table} to ${staff};
  create policy flag_of_a_look on overview.${table} for insert to ${staff}
    with check (rule in ('flow.unknown', 'flow.fields_beyond') and overview.looked(leaf_index, subject, flagged_at, expires_on));`,
    )
    .join('\n')}
`
