import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A pseudonym that this portal made is resolved by its operator, once two people have opened it (CJEU C-579/21). That it
 * was done stands beside the wish; whose it is stands nowhere.
 */
export const oversightResolutions: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [RESOLUTION, OPENED, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const RESOLUTION = `
  create table oversight.resolution (
    unmasking uuid not null references oversight.unmasking on delete restrict,
    number bigint generated always as identity primary key,
    at timestamptz(3) not null,
    found boolean not null
  );
  comment on table oversight.resolution is 'When the operator looked up whose an opened pseudonym of this portal is: append-only, no account is named';
  comment on column oversight.resolution.unmasking is 'The wish by which it was opened';
  comment on column oversight.resolution.number is 'Order of the rows';
  comment on column oversight.resolution.at is 'When';
  comment on column oversight.resolution.found is 'Whether an account of the office has it';
  create index resolutions_of_an_unmasking on oversight.resolution (unmasking, number);
  create trigger no_change before update or delete on oversight.resolution
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on oversight.resolution
    for each statement execute function ledger.refuse_change();
  alter table oversight.resolution enable always trigger no_change;
  alter table oversight.resolution enable always trigger no_truncate;
  alter table oversight.resolution enable row level security;
  alter table oversight.resolution force row level security;
`

/** For the operator's command, which works as the owner: no role of a process may call it. */
const OPENED = `
  create function oversight.opened_refs(of_office int, at timestamptz)
    returns table (unmasking uuid, entry bigint, ref bytea)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select u.unmasking, r.leaf_index, r.ref from oversight.unmasking u
      join overview.operator_ref r on r.leaf_index = overview.ref_index(u.entry)
      where u.office = of_office
        and exists (select from oversight.unmasking_event e where e.unmasking = u.unmasking
          and e.kind = 'released' and e.at > opened_refs.at - interval '14 days')
        and exists (select from oversight.unmasking_event e where e.unmasking = u.unmasking and e.kind = 'opened')
      order by u.asked_at desc, u.unmasking
  $$;
  comment on function oversight.opened_refs(int, timestamptz) is 'Pseudonyms of an office, encrypted, that a second person released and the asker opened: for 14 days from the release';
  revoke all on function oversight.opened_refs(int, timestamptz) from public;
`

/** Whoever sees the wish sees that it was resolved, and when. */
const rights = ({ owner, web_staff: staff }: Roles) => `
  create policy resolutions_noted on oversight.resolution to ${owner} using (true) with check (true);
  grant select (unmasking, at) on oversight.resolution to ${staff};
  create policy resolutions_of_what_one_sees on oversight.resolution for select to ${staff}
    using (exists (select from oversight.unmasking u where u.unmasking = resolution.unmasking));
`
