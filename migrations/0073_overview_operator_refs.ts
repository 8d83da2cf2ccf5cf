import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** The encrypted pseudonym of whoever acted can be fetched by functions of rooms above, which ask for two people. */
export const overviewOperatorRefs: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(acting(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const acted = (
  table: string,
) => `exists (select from overview.${table} e where e.leaf_index = acted.entry
      and acted.office = case when e.operation in (2, 3) then e.recipient else e.source end)`

const acting = ({ owner }: Roles) => `
  create policy opened_by_two on overview.operator_ref for select to ${owner} using (true);
  create function overview.acted(entry bigint, office int) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select ${acted('access_event')} or ${acted('sealed_event')}
  $$;
  comment on function overview.acted(bigint, int) is 'Whether an office acted in an access: whoever received in a query or transmission, else whoever stored or erased';
  revoke all on function overview.acted(bigint, int) from public;

  create function overview.ref_index(entry bigint) returns bigint
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select r.sealed_index from overview.release r where r.leaf_index = entry), entry)
  $$;
  comment on function overview.ref_index(bigint) is 'The entry at which the pseudonym of whoever acted stands: the sealed one where this one opens it';
  revoke all on function overview.ref_index(bigint) from public;
`
