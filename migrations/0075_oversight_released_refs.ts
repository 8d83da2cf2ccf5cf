import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** The pseudonym of an access that was held back stands at the sealed entry, wherever its person sees it now. */
export const oversightReleasedRefs: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(functions(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const functions = ({ web_staff: staff }: Roles) => `
  create function overview.ref_index(entry bigint) returns bigint
    language sql stable ${HEAD}
    select coalesce((select r.sealed_index from overview.release r where r.leaf_index = entry), entry)
  $$;
  comment on function overview.ref_index(bigint) is 'The entry at which the pseudonym of whoever acted stands: the sealed one where this one opens it';
  revoke all on function overview.ref_index(bigint) from public;

  create or replace function oversight.may_ask(entry bigint) returns boolean
    language sql stable ${HEAD}
    select identity.is_officer() and overview.acted(entry, ${OFFICE})
      and exists (select from overview.operator_ref r where r.leaf_index = overview.ref_index(may_ask.entry))
  $$;

  create or replace function oversight.open_unmasking(reference text, at timestamptz)
    returns table (entry bigint, ref bytea)
    language plpgsql volatile ${HEAD}
  begin
    insert into oversight.unmasking_event (unmasking, kind, at, by, staff)
      select u.unmasking, 'opened', open_unmasking.at, 'officer', ${STAFF} from oversight.unmasking u
        where u.reference = open_unmasking.reference
          and u.entry = oversight.unmasked_entry(open_unmasking.reference, open_unmasking.at);
    if not found then
      return;
    end if;
    return query select r.leaf_index, r.ref from overview.operator_ref r
      where r.leaf_index =
        overview.ref_index(oversight.unmasked_entry(open_unmasking.reference, open_unmasking.at));
  end $$;
  revoke all on function oversight.may_ask(bigint), oversight.open_unmasking(text, timestamptz) from public;
  grant execute on function oversight.may_ask(bigint), oversight.open_unmasking(text, timestamptz) to ${staff};
`
