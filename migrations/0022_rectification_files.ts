import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Evidence that people hand in: encrypted under the key of their request, gone when that is deleted. */
export const rectificationFiles: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FILE).execute(db)
    await sql.raw(rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const FILE = `
  create table rectification.file (
    file uuid primary key,
    request uuid not null references rectification.request on delete cascade,
    account uuid,
    type text not null constraint type_is_taken check (type in ('application/pdf', 'image/jpeg', 'image/png')),
    size int not null constraint file_is_not_too_large check (size between 1 and 10485760),
    name bytea not null,
    content bytea not null,
    scan text not null constraint scan_is_known check (scan in ('none', 'clean', 'waiting')),
    added_at timestamptz(3) not null
  );
  comment on table rectification.file is 'Evidence of requests; names and contents under the key of the request';
  comment on column rectification.file.file is 'Random id';
  comment on column rectification.file.request is 'The request that it belongs to';
  comment on column rectification.file.account is 'Account that handed it in';
  comment on column rectification.file.type is 'What it is by its own bytes';
  comment on column rectification.file.size is 'Bytes before encryption';
  comment on column rectification.file.name is 'Name on the device of the person, AES-256-GCM';
  comment on column rectification.file.content is 'The file, AES-256-GCM';
  comment on column rectification.file.scan is 'none (no scanner is configured), clean, or waiting for a scanner that was away';
  comment on column rectification.file.added_at is 'When it was handed in';
  create index files_of_a_request on rectification.file (request, added_at);
  create index files_that_wait on rectification.file (added_at) where scan = 'waiting';
  alter table rectification.file enable row level security;
  alter table rectification.file force row level security;
`

const ACCOUNT = `nullif(current_setting('mirat.account', true), '')::uuid`
const SEEN = `exists (select from rectification.request own where own.request = file.request)`
const OF_A_DRAFT = `exists (select from rectification.request own
      where own.request = file.request and own.state = 'draft')`

const rights = (roles: Roles) => `
  grant select, insert, delete on rectification.file to ${roles.web_resident};
  create policy own_files on rectification.file for select to ${roles.web_resident} using (${SEEN});
  create policy files_of_own_drafts on rectification.file for insert to ${roles.web_resident}
    with check (account = ${ACCOUNT} and ${OF_A_DRAFT});
  create policy files_taken_back on rectification.file for delete to ${roles.web_resident}
    using (${OF_A_DRAFT});
  grant select on rectification.file to ${roles.web_staff};
  create policy files_of_the_office on rectification.file for select to ${roles.web_staff}
    using (scan <> 'waiting' and ${SEEN});
  create policy functions_of_the_room on rectification.file to ${roles.owner}
    using (true) with check (true);

  create function rectification.waiting_files(most int) returns table (file uuid, request uuid, case_key bytea, content bytea)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select f.file, f.request, r.case_key, f.content
      from rectification.file f join rectification.request r on r.request = f.request
      where f.scan = 'waiting' and r.case_key is not null order by f.added_at limit most
  $$;
  comment on function rectification.waiting_files(int) is 'Files that a scanner has not looked at yet, the oldest first';
  create function rectification.scanned(of_file uuid, is_clean boolean) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    if is_clean then
      update rectification.file f set scan = 'clean' where f.file = of_file and f.scan = 'waiting';
    else
      delete from rectification.file f where f.file = of_file and f.scan = 'waiting';
    end if;
  end $$;
  comment on function rectification.scanned(uuid, boolean) is 'What a scanner said of a file that waited: it is clean, or it goes';
  revoke all on function rectification.waiting_files(int) from public;
  revoke all on function rectification.scanned(uuid, boolean) from public;
  grant execute on function rectification.waiting_files(int) to ${roles.worker};
  grant execute on function rectification.scanned(uuid, boolean) to ${roles.worker};
`
