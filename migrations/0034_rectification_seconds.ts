import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** A proposal whose second person has left looks for another one, so that no decision waits for nobody. */
export const rectificationSeconds: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FUNCTION).execute(db)
    await sql
      .raw(
        `revoke all on function rectification.seek_seconds(timestamptz) from public;
         grant execute on function rectification.seek_seconds(timestamptz) to ${roles.worker};`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const CAN_CONFIRM = (office: string, but: string) => `exists (select from identity.staff m
          where m.office = ${office} and m.role = 'caseworker' and m.state = 'active' and m.staff <> ${but})`

/** A colleague before the partner; where there is neither, the day begins that a proposal waits alone. */
const FUNCTION = `
  create function rectification.seek_seconds(at timestamptz) returns bigint
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with stranded as (
      select r.request, case
          when ${CAN_CONFIRM('r.office', 'r.proposed_by')} then r.office
          else (select p.partner from rectification.partner p
            where p.office = r.office and ${CAN_CONFIRM('p.partner', 'r.proposed_by')})
          end as second
        from rectification.request r
        where r.state = 'proposed' and r.second_office is not null
          and not ${CAN_CONFIRM('r.second_office', 'r.proposed_by')}
        for update of r
    ), moved as (
      update rectification.request r set second_office = stranded.second,
          effective_at = case when stranded.second is null then at + interval '24 hours' end,
          version = r.version + 1, saved_at = at
        from stranded where r.request = stranded.request returning 1
    )
    select count(*) from moved
  $$;
  comment on function rectification.seek_seconds(timestamptz) is 'Finds another office for proposals that nobody can confirm any more; without one they wait a day; returns how many';
`
