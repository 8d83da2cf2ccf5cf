import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Who controls the controllers: what data protection officers looked at stands in the log of each person, and the
 * supervisory authority reads it for all offices (GDPR Article 58 (1)). Nobody in an office does.
 */
export const overviewOfficerLooks: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(supervisors(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw(`grant select on reporting.officer_look to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const supervisors = ({ reporting, reporting_owner: reports }: Roles) => `
  grant execute on function identity.is_supervisor() to ${reporting}, ${reports};
`

const lookIn = (table: string, isSealed: boolean) => `
    select event.leaf_index, event.expires_on, event.occurred_at, event.recipient, event.unit, event.fields,
        ${isSealed} as sealed
      from overview.${table} event
      where (select identity.is_supervisor())
        and event.source = (select t.id from catalogue.term t where t.kind in ('authority', 'office') and t.code = 'portal')
        and event.purpose = (select t.id from catalogue.term t where t.kind = 'purpose' and t.code = 'portal_data_protection')`

const VIEW = `
  create view reporting.officer_look with (security_barrier) as
    ${lookIn('access_event', false).trim()}
    union all
    ${lookIn('sealed_event', true).trim()};
  comment on view reporting.officer_look is 'Looks of data protection officers at the data of persons, of all offices, for supervisors; no person, no name';
  comment on column reporting.officer_look.leaf_index is 'Index of the leaf of the look';
  comment on column reporting.officer_look.expires_on is 'First day on which the entry is gone';
  comment on column reporting.officer_look.occurred_at is 'When it was';
  comment on column reporting.officer_look.recipient is 'The office of the officer';
  comment on column reporting.officer_look.unit is 'Kind of unit';
  comment on column reporting.officer_look.fields is 'What was shown';
  comment on column reporting.officer_look.sealed is 'Whether the person must not know of it, because of what was looked at';
`
