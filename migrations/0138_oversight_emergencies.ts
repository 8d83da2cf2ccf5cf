import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Emergencies in the eyes of the rules: how many accesses one explains and how many are made by hand, up to which day
 * missing notes were looked for, and a note that comes after its access was judged.
 */
export const oversightEmergencies: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [COLUMNS, SETTLE, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COLUMNS = `
  alter table oversight.tally add column emergency int not null default 0, add column by_hand int not null default 0;
  comment on column oversight.tally.emergency is 'Explained by an emergency that was declared and noted in time';
  comment on column oversight.tally.by_hand is 'Accesses by hand, whatever explains them; counted since emergencies can be declared';
  alter table oversight.watch add column emergency_day date;
  comment on column oversight.watch.emergency_day is 'Notes that were due up to this day, by the German calendar, were looked for';
`

const settle = (findings: string, noted: string) => `
    update oversight.${findings} f
      set state = 'explained', reason = 'emergency', version = f.version + 1, changed_at = settle_emergencies.at
      from ${noted}
      where f.office = of_office and f.state = 'new' and f.rule in ('off_hours', 'no_case', 'after_close')
        and d.office = of_office and d.kind = 'noted' and d.leaf_index >= from_leaf and d.leaf_index < to_leaf
        and (d.recorded_at at time zone 'Europe/Berlin')::date <= (d.occurred_at at time zone 'Europe/Berlin')::date + 7`

const VISIBLE = `emergencies.declaration d`
const SEALED = `emergencies.sealed_declaration d`
const RELEASED = `${SEALED} join overview.release r on r.sealed_index = d.access`

const counted = (update: string, entry: string) => `
    ${update.trim()}
        and f.leaf_index = ${entry};
    get diagnostics done = row_count;
    settled := settled + done;`

/** It asks the notes themselves: whoever has the login of the rules explains nothing that has none. */
const SETTLE = `
  create function oversight.settle_emergencies(of_office int, from_leaf bigint, to_leaf bigint, at timestamptz) returns int
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    done int;
    settled int := 0;
  begin
    ${counted(settle('finding', VISIBLE), 'd.access').trim()}
    ${counted(settle('sealed_finding', SEALED), 'd.access').trim()}
    ${counted(settle('finding', RELEASED), 'r.leaf_index').trim()}
    return settled;
  end $$;
  comment on function oversight.settle_emergencies(int, bigint, bigint, timestamptz) is 'Explains new findings of accesses whose note was told in time, by an entry in a stretch of the log: what an officer has decided stays';
  revoke all on function oversight.settle_emergencies(int, bigint, bigint, timestamptz) from public;
`

const rights = ({ owner, worker }: Roles) => `
  grant execute on function oversight.settle_emergencies(int, bigint, bigint, timestamptz) to ${worker};
  create policy functions_of_the_room on oversight.sealed_finding for select to ${owner} using (true);
  ${['finding', 'sealed_finding']
    .map(
      (table) => `
  create policy settling on oversight.${table} for update to ${owner}
    using (state = 'new') with check (state = 'explained' and reason = 'emergency');`,
    )
    .join('')}
`
