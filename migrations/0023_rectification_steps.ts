import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Each side takes its own steps alone: residents change nothing of what they filed, a case that is passed
 * on or confirmed leaves the sight of who did it, and a proposal that nobody can confirm takes effect.
 */
export const rectificationSteps: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [residents, staff, portal]) await sql.raw(part(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const OF_THE_OFFICE = `state <> 'draft' and (office = ${OFFICE}
      or (state = 'proposed' and second_office = ${OFFICE}))`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

const residents = ({ web_resident: resident }: Roles) => `
  revoke update (second_office, proposed_by, effective_at) on rectification.request from ${resident};
  create function rectification.keep_to_own_steps() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  declare
    moving constant text[] := '{state,version,saved_at,closed_at,expires_on}';
  begin
    if old.state = 'draft' and new.state in ('draft', 'received') then
      return new;
    end if;
    if old.state <> 'draft' and to_jsonb(new) - moving = to_jsonb(old) - moving
      and (old.state = 'question' and new.state = 'in_review'
        or old.state = 'decided' and new.state = 'decided'
        or new.state = 'withdrawn'
          and old.state in ('received', 'passed_on', 'in_review', 'question', 'proposed')) then
      return new;
    end if;
    raise exception 'a request that was filed is not the person''s to change'
      using errcode = 'insufficient_privilege';
  end $$;
  comment on function rectification.keep_to_own_steps() is 'Lets residents work on drafts, answer, withdraw and state, and change nothing else';
  revoke all on function rectification.keep_to_own_steps() from public;
  create trigger keep_to_own_steps before update on rectification.request
    for each row when (current_user = '${resident}')
    execute function rectification.keep_to_own_steps();
  alter table rectification.request enable always trigger keep_to_own_steps;
`

/** A row that leaves the sight of its writer cannot be written under row-level security, but by a function. */
const staff = ({ web_staff: web }: Roles) => `
  drop policy requests_of_the_office on rectification.request;
  create policy requests_of_the_office on rectification.request for select to ${web}
    using (${OF_THE_OFFICE});
  drop policy work_of_the_office on rectification.request;
  create policy work_of_the_office on rectification.request for update to ${web}
    using (${OF_THE_OFFICE}) with check (${OF_THE_OFFICE});
  revoke update (office, former_office) on rectification.request from ${web};

  create function rectification.pass_on(request uuid, version int, receiver int, at timestamptz, expires date)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update rectification.request r set state = 'passed_on', former_office = r.office, assignee = null,
        office = receiver, version = r.version + 1, saved_at = at, expires_on = expires
      where r.request = pass_on.request and r.version = pass_on.version and r.office = ${OFFICE}
        and r.state in ('received', 'passed_on', 'in_review');
    return found;
  end $$;
  comment on function rectification.pass_on(uuid, int, int, timestamptz, date) is 'Gives a case of the own office to another one; false where it is no longer as it was read';

  create function rectification.second_step(request uuid, version int, confirmed boolean, at timestamptz, expires date)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update rectification.request r set state = case when confirmed then 'decided' else 'in_review' end,
        outcome = case when confirmed then r.outcome end,
        decided_at = case when confirmed then at end,
        proposed_by = case when confirmed then r.proposed_by end,
        second_office = case when confirmed then r.second_office end,
        effective_at = null, version = r.version + 1, saved_at = at, expires_on = expires
      where r.request = second_step.request and r.version = second_step.version
        and r.state = 'proposed' and r.second_office = ${OFFICE};
    return found;
  end $$;
  comment on function rectification.second_step(uuid, int, boolean, timestamptz, date) is 'Confirms a proposal that the office was asked about, or sends it back; false where it is no longer as it was read';

  revoke all on function rectification.pass_on(uuid, int, int, timestamptz, date),
    rectification.second_step(uuid, int, boolean, timestamptz, date) from public;
  grant execute on function rectification.pass_on(uuid, int, int, timestamptz, date),
    rectification.second_step(uuid, int, boolean, timestamptz, date) to ${web};
`

const portal = ({ worker }: Roles) => `
  create function rectification.ripe_proposals(at timestamptz)
    returns table (request uuid, reference text, subject uuid, version int, number int)
    language sql stable ${HEAD}
    select r.request, r.reference, r.subject, r.version,
        (select max(e.number) + 1 from rectification.request_event e where e.request = r.request)
      from rectification.request r
      where r.state = 'proposed' and r.second_office is null and r.effective_at <= at
      order by r.effective_at, r.request
  $$;
  comment on function rectification.ripe_proposals(timestamptz) is 'Proposals that nobody can confirm and that have waited for their day, with the number of their next event';

  create function rectification.take_effect(request uuid, version int, at timestamptz, expires date)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update rectification.request r set state = 'decided', decided_at = at, effective_at = null,
        version = r.version + 1, saved_at = at, expires_on = expires
      where r.request = take_effect.request and r.version = take_effect.version
        and r.state = 'proposed' and r.second_office is null and r.effective_at <= at;
    return found;
  end $$;
  comment on function rectification.take_effect(uuid, int, timestamptz, date) is 'Makes a proposal that has waited for its day a decision; false where it is no longer as it was read';

  revoke all on function rectification.ripe_proposals(timestamptz),
    rectification.take_effect(uuid, int, timestamptz, date) from public;
  grant execute on function rectification.ripe_proposals(timestamptz),
    rectification.take_effect(uuid, int, timestamptz, date) to ${worker};
  grant insert on rectification.request_event to ${worker};
  create policy acts_of_the_portal on rectification.request_event for insert to ${worker}
    with check (by = 'portal' and office is null);
`
