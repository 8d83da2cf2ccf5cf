import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Who worked on a case within thirty days lets its person in no more than who works on it: giving the case back
 * must not be the first step of signing in as somebody.
 */
export const rectificationWorked: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [TABLE, policy(roles.owner), NOTING, WORKS_ON, FORGET]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const TABLE = `
  create table rectification.worked (
    request uuid not null references rectification.request on delete cascade,
    staff uuid not null,
    worked_at timestamptz(3) not null,
    primary key (request, staff)
  );
  comment on table rectification.worked is 'Who worked on a request in the last thirty days; read by no page, so that nobody follows a member of staff';
  comment on column rectification.worked.request is 'The request';
  comment on column rectification.worked.staff is 'Member of staff who had it, asked, proposed, decided or confirmed';
  comment on column rectification.worked.worked_at is 'When they last did';
  create index worked_by_time on rectification.worked (worked_at);
  alter table rectification.worked enable row level security;
  alter table rectification.worked force row level security;
`

const policy = (owner: string) => `
  create policy functions_of_the_room on rectification.worked to ${owner} using (true) with check (true);
`

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

/** Opening writes nothing and counts for nobody: it is a look, and its person reads it as one. */
const NOTING = `
  create function rectification.note_work() returns trigger
    language plpgsql ${HEAD}
  begin
    if old.state = new.state and rectification.changed(old, new) = '{}' then
      return null;
    end if;
    insert into rectification.worked (request, staff, worked_at)
      select new.request, who, new.saved_at
        from (select unnest(array[old.assignee, new.assignee, old.proposed_by, new.proposed_by]) as who
          union select nullif(current_setting('mirat.staff', true), '')::uuid
            where old.state = 'proposed' and new.state in ('decided', 'in_review')) did
        where who is not null
      on conflict on constraint worked_pkey do update set worked_at = excluded.worked_at;
    return null;
  end $$;
  comment on function rectification.note_work() is 'Remembers who had, proposed or confirmed a request that moves';
  revoke all on function rectification.note_work() from public;
  create trigger note_work after update on rectification.request
    for each row when (old.state <> 'draft') execute function rectification.note_work();
  alter table rectification.request enable always trigger note_work;
`

const WORKS_ON = `
  create or replace function rectification.works_on(staff uuid, subject uuid) returns boolean
    language sql stable ${HEAD}
    with person as (
      select works_on.subject as number
      union select other.subject from identity.account_subject own
        join identity.account_subject other on other.account = own.account
        where own.subject = works_on.subject
    )
    select exists (select from person join rectification.request r on r.subject = person.number
      where works_on.staff in (r.assignee, r.proposed_by)
          and r.state in ('received', 'in_review', 'question', 'proposed', 'passed_on', 'decided')
        or exists (select from rectification.worked w
          where w.request = r.request and w.staff = works_on.staff and w.worked_at > now() - interval '30 days'))
  $$;
  comment on function rectification.works_on(uuid, uuid) is 'Whether a member of staff works on a case of the person of a subject, or did within thirty days: who decides about somebody must not be able to sign in as them';
`

const FORGET = `
  create or replace function rectification.forget(at timestamptz) returns bigint
    language plpgsql ${HEAD}
  declare
    drafts bigint;
    keys bigint;
    rows bigint;
    works bigint;
  begin
    delete from rectification.request r
      where r.state = 'draft' and (r.account is null or r.saved_at <= at - interval '90 days');
    get diagnostics drafts = row_count;
    update rectification.request r set case_key = null, content = null
      where r.case_key is not null and (r.state = 'closed' and r.closed_at <= at - interval '2 years'
        or r.state = 'withdrawn' and r.closed_at <= at - interval '3 months');
    get diagnostics keys = row_count;
    delete from rectification.request r
      where r.state in ('closed', 'withdrawn') and r.expires_on <= (at at time zone 'Europe/Berlin')::date;
    get diagnostics rows = row_count;
    delete from rectification.worked w where w.worked_at <= at - interval '30 days';
    get diagnostics works = row_count;
    return drafts + keys + rows + works;
  end $$;
`
