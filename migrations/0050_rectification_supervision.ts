import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Supervisors stop a proposal that nobody else would see before it takes effect, and whoever became active in
 * its office meanwhile is its second person at once.
 */
export const rectificationSupervision: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [STEP, STOP, SECOND_STEP, SEEK, rights(roles)])
      await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const STEP = `
  update rectification.transition set causes = '{second,supervision}'
    where state = 'proposed' and event = 'sent_back';
  alter table rectification.request_event drop constraint somebody_did_it;
  alter table rectification.request_event add constraint somebody_did_it
    check (by in ('resident', 'office', 'portal', 'supervision'));
  comment on column rectification.request_event.by is 'Who did it: the person, an office, the supervision, or the portal by itself';
  comment on column rectification.transition.causes is 'Who may cause it: resident, assignee, colleague, second, portal, supervision';
`

/** What the list of a supervisor showed is stopped, and no proposal that came after it. */
const STOP = `
  create function rectification.supervises() returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m
      where m.staff = ${STAFF} and m.role = 'supervisor' and m.state = 'active')
  $$;
  comment on function rectification.supervises() is 'Whether the member of staff in the setting is an active supervisor';

  create function rectification.stop_proposal(reference text, takes_effect timestamptz, at timestamptz, expires date)
    returns table (request uuid, subject uuid, number int)
    language sql volatile ${HEAD}
    update rectification.request r set state = 'in_review', outcome = null, decided_at = null,
        proposed_by = null, second_office = null, effective_at = null, version = r.version + 1,
        saved_at = at, expires_on = expires
      where r.reference = stop_proposal.reference and r.state = 'proposed' and r.second_office is null
        and r.effective_at = takes_effect and rectification.supervises()
      returning r.request, r.subject,
        (select max(e.number) + 1 from rectification.request_event e where e.request = r.request)
  $$;
  comment on function rectification.stop_proposal(text, timestamptz, timestamptz, date) is 'Sends back a proposal that waits alone, for a supervisor; nothing where it is another one by now';
`

/** Whose second office is nobody's is confirmed by the office itself, once somebody else is there. */
const SECOND_STEP = `
  create or replace function rectification.second_step(request uuid, version int, confirmed boolean, at timestamptz, expires date)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update rectification.request r set state = case when confirmed then 'decided' else 'in_review' end,
        outcome = case when confirmed then r.outcome end,
        decided_at = case when confirmed then at end,
        proposed_by = case when confirmed then r.proposed_by end,
        second_office = case when confirmed then coalesce(r.second_office, r.office) end,
        effective_at = null, version = r.version + 1, saved_at = at, expires_on = expires
      where r.request = second_step.request and r.version = second_step.version
        and r.state = 'proposed' and coalesce(r.second_office, r.office) = ${OFFICE}
        and r.proposed_by <> ${STAFF};
    return found;
  end $$;
`

const CAN_CONFIRM = (office: string) => `exists (select from identity.staff m
          where m.office = ${office} and m.role = 'caseworker' and m.state = 'active' and m.staff <> r.proposed_by)`

/** What waits alone is looked at again: nothing takes effect alone where somebody could confirm it. */
const SEEK = `
  create or replace function rectification.seek_seconds(at timestamptz) returns bigint
    language sql volatile ${HEAD}
    with stranded as (
      select r.request, case when ${CAN_CONFIRM('r.office')} then r.office
          else (select p.partner from rectification.partner p
            where p.office = r.office and ${CAN_CONFIRM('p.partner')}) end as second
        from rectification.request r
        where r.state = 'proposed'
          and (r.second_office is null or not ${CAN_CONFIRM('r.second_office')})
        for update of r
    ), moved as (
      update rectification.request r set second_office = stranded.second,
          effective_at = case when stranded.second is null then at + interval '24 hours' end,
          version = r.version + 1, saved_at = at
        from stranded where r.request = stranded.request
          and r.second_office is distinct from stranded.second returning 1
    )
    select count(*) from moved
  $$;
  comment on function rectification.seek_seconds(timestamptz) is 'Finds another office for proposals that nobody can confirm any more, or could not until now; without one they wait a day; returns how many';
`

const rights = ({ web_staff: web }: Roles) => `
  revoke all on function rectification.supervises() from public;
  grant execute on function rectification.supervises() to ${web};
  revoke all on function rectification.stop_proposal(text, timestamptz, timestamptz, date) from public;
  grant execute on function rectification.stop_proposal(text, timestamptz, timestamptz, date) to ${web};
  create policy acts_of_the_supervision on rectification.request_event for insert to ${web}
    with check (by = 'supervision' and office is null and kind = 'sent_back' and rectification.supervises());
`
