import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** A refused code tells something of a person as an issued one does, so both count toward a clerk's forty a day. */
export const identityRefusals: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [TABLE, FUNCTIONS, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const TABLE = `
  create table identity.refused_code (
    refusal uuid primary key default gen_random_uuid(),
    issued_by uuid not null references identity.staff on delete cascade,
    refused_at timestamptz(3) not null
  );
  comment on table identity.refused_code is 'Codes that were asked for and refused within a day; names nobody but who asked';
  comment on column identity.refused_code.refusal is 'Random id';
  comment on column identity.refused_code.issued_by is 'Member of staff who asked for the code';
  comment on column identity.refused_code.refused_at is 'When it was refused';
  create index refusals_of_a_clerk on identity.refused_code (issued_by, refused_at);
  alter table identity.refused_code enable row level security;
  alter table identity.refused_code force row level security;
`

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

/** Under a lock of the clerk: of two orders at once, the second one counts the first. */
const FUNCTIONS = `
  create function identity.is_capped(staff uuid, at timestamptz) returns boolean
    language plpgsql volatile ${HEAD}
  begin
    perform pg_advisory_xact_lock(hashtextextended(is_capped.staff::text, 13));
    return (select count(*) from identity.activation_code c
        where c.issued_by = is_capped.staff and c.issued_at > at - interval '1 day')
      + (select count(*) from identity.refused_code r
        where r.issued_by = is_capped.staff and r.refused_at > at - interval '1 day') >= 40;
  end $$;
  comment on function identity.is_capped(uuid, timestamptz) is 'Whether a clerk has asked for as many codes as one may in a day, issued and refused ones';

  create function identity.note_refusal(staff uuid, at timestamptz) returns void
    language sql volatile ${HEAD}
    delete from identity.refused_code r where r.refused_at <= at - interval '1 day';
    insert into identity.refused_code (issued_by, refused_at) values (note_refusal.staff, at);
  $$;
  comment on function identity.note_refusal(uuid, timestamptz) is 'Notes that a clerk was refused a code, and forgets what is older than a day';
`

const SIGNATURES = ['is_capped(uuid, timestamptz)', 'note_refusal(uuid, timestamptz)']

const rights = ({ owner, web_staff: web }: Roles) => `
  create policy functions_of_the_room on identity.refused_code to ${owner}
    using (true) with check (true);
  ${SIGNATURES.map(
    (signature) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${web};`,
  ).join('')}
`
