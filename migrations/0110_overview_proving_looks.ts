import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * A unit that answers its data protection officer looks for the same purpose, to prove what it did (GDPR Article 5
 * (2)): supervisors watch the officers, who look because of Article 39 (1) (b), and no member of staff of an office.
 */
export const overviewProvingLooks: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const lookIn = (table: string, isSealed: boolean) => `
    select event.leaf_index, event.expires_on, event.occurred_at, event.recipient, event.unit, event.fields,
        ${isSealed} as sealed
      from overview.${table} event
      where (select identity.is_supervisor())
        and event.source = (select t.id from catalogue.term t where t.kind in ('authority', 'office') and t.code = 'portal')
        and event.purpose = (select t.id from catalogue.term t where t.kind = 'purpose' and t.code = 'portal_data_protection')
        and event.legal_basis <> (select t.id from catalogue.term t where t.kind = 'legal_basis' and t.code = 'gdpr_5_2')`

const VIEW = `
  create or replace view reporting.officer_look with (security_barrier) as
    ${lookIn('access_event', false).trim()}
    union all
    ${lookIn('sealed_event', true).trim()};
`
