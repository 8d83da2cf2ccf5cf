import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Accesses in an emergency, and when the note about each was told: for the login of the rules alone (GDPR Article 39 (1) (b)). */
export const emergenciesWatched: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw(`grant select on reporting.emergency to ${roles.watch}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) =>
  `grant usage on schema emergencies to ${owner};` +
  ['declaration', 'sealed_declaration']
    .map(
      (table) => `
  grant select (access, ground, kind, office, recorded_at) on emergencies.${table} to ${owner};
  create policy for_reports on emergencies.${table} for select to ${owner} using (true);`,
    )
    .join('')

const SAID = `access, ground, kind, recorded_at`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** An entry that was released is judged as the visible one, so it carries what was said of the one held back. */
const VIEW = `
  create view reporting.emergency with (security_barrier) as
    with own as (
      select d.access, min(d.ground) as ground, min(d.recorded_at) filter (where d.kind = 'declared') as declared_at,
          min(d.recorded_at) filter (where d.kind = 'noted') as noted_at
        from (
          select ${SAID} from emergencies.declaration where office = ${OFFICE}
          union all
          select ${SAID} from emergencies.sealed_declaration where office = ${OFFICE}
        ) d
        group by d.access
    )
    select own.access as leaf_index, own.ground, own.declared_at, own.noted_at from own
    union all
    select r.leaf_index, own.ground, own.declared_at, own.noted_at
      from own join overview.release r on r.sealed_index = own.access;
  comment on view reporting.emergency is 'Accesses that the office in the setting mirat.office declared to have been made in an emergency, for the login of the rules of oversight alone';
  comment on column reporting.emergency.leaf_index is 'Leaf of the access: where it was held back and is shown, of both entries';
  comment on column reporting.emergency.ground is 'Code of the ground';
  comment on column reporting.emergency.declared_at is 'When the office told of it';
  comment on column reporting.emergency.noted_at is 'When it told that the note was written; absent where it did not';
`
