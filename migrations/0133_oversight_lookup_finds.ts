import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What a search found is told to whoever searched, for a day and by the database: a colleague and the supervision read
 * that there was one, and no fault of the application tells them more. How long it stands the database reckons as
 * well: one that was dated back went in the next night, and with it what is counted.
 */
export const oversightLookupFinds: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [FOUND, LASTING, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const FOUND = `
  create function oversight.found_by(reference text, since timestamptz) returns table (entry bigint)
    language sql stable ${HEAD}
    select l.entry from oversight.lookup l
      where l.reference = found_by.reference and l.staff = ${STAFF} and l.office = ${OFFICE} and identity.is_officer()
        and l.asked_at > found_by.since and l.counted_at > now() - interval '24 hours'
  $$;
  comment on function oversight.found_by(text, timestamptz) is 'What a search of the officer of the scope found, for a day: a row without an entry where it found nothing, none where there is no such search';
`

const LASTING = `
  create or replace function oversight.look_up(lookup uuid, reference text, reason text, entry bigint, at timestamptz)
    returns boolean
    language plpgsql volatile ${HEAD}
  begin
    perform pg_advisory_xact_lock(hashtextextended('oversight.lookup ' || (
      select coalesce(m.officer, m.staff) from identity.staff m where m.staff = ${STAFF}), 0));
    if not oversight.may_look_up() then
      return false;
    end if;
    insert into oversight.lookup (lookup, reference, office, staff, reason, entry, asked_at, counted_at, expires_on)
      values (look_up.lookup, look_up.reference, ${OFFICE}, ${STAFF}, look_up.reason, look_up.entry, look_up.at, now(),
        current_date + 365);
    return true;
  end $$;
`

const rights = ({ web_staff: staff }: Roles) => `
  revoke all on function oversight.found_by(text, timestamptz) from public;
  grant execute on function oversight.found_by(text, timestamptz) to ${staff};
  revoke select (entry) on oversight.lookup from ${staff};
`
