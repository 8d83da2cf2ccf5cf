import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * The database knows the table of transitions: whoever acts in the name of staff past the application takes
 * the steps of that table and no other, and no step is taken without its entry of the log.
 */
export const rectificationMoves: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [TABLES, ROWS, CHANGED, FITS, PASS_ON, staffKeep(roles), entries(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const TABLES = `
  create table rectification.transition (
    state text not null,
    event text not null,
    leads_to text not null,
    causes text[] not null,
    primary key (state, event)
  );
  comment on table rectification.transition is 'What may happen in which state: the table of server/rectification/rules.ts, which a test compares with this one';
  comment on column rectification.transition.state is 'State before';
  comment on column rectification.transition.event is 'What happens';
  comment on column rectification.transition.leads_to is 'State afterwards';
  comment on column rectification.transition.causes is 'Who may cause it: resident, assignee, colleague, second, portal';

  create table rectification.written (
    event text primary key,
    columns text[] not null
  );
  comment on table rectification.written is 'Which columns of a request an event may change besides its state';
  comment on column rectification.written.event is 'What happens';
  comment on column rectification.written.columns is 'Columns of rectification.request';
`

const OFFICE = `'{assignee,colleague}'`
const STATES_AND_EVENTS = `
    ('draft', 'filed', 'received', '{resident}'),
    ('received', 'form_met', 'received', ${OFFICE}),
    ('received', 'claimed', 'in_review', '{colleague}'),
    ('received', 'assigned', 'in_review', '{colleague}'),
    ('received', 'passed_on', 'passed_on', ${OFFICE}),
    ('received', 'withdrawn', 'withdrawn', '{resident}'),
    ('passed_on', 'form_met', 'passed_on', ${OFFICE}),
    ('passed_on', 'claimed', 'in_review', '{colleague}'),
    ('passed_on', 'assigned', 'in_review', '{colleague}'),
    ('passed_on', 'passed_on', 'passed_on', ${OFFICE}),
    ('passed_on', 'withdrawn', 'withdrawn', '{resident}'),
    ('in_review', 'form_met', 'in_review', ${OFFICE}),
    ('in_review', 'assigned', 'in_review', ${OFFICE}),
    ('in_review', 'released', 'received', '{assignee}'),
    ('in_review', 'opened', 'in_review', '{colleague}'),
    ('in_review', 'asked', 'question', '{assignee}'),
    ('in_review', 'extended', 'in_review', '{assignee}'),
    ('in_review', 'proposed', 'proposed', '{assignee}'),
    ('in_review', 'decided', 'decided', '{assignee}'),
    ('in_review', 'passed_on', 'passed_on', '{assignee}'),
    ('in_review', 'withdrawn', 'withdrawn', '{resident}'),
    ('question', 'form_met', 'question', ${OFFICE}),
    ('question', 'assigned', 'question', ${OFFICE}),
    ('question', 'opened', 'question', '{colleague}'),
    ('question', 'answered', 'in_review', '{resident}'),
    ('question', 'extended', 'question', '{assignee}'),
    ('question', 'proposed', 'proposed', '{assignee}'),
    ('question', 'decided', 'decided', '{assignee}'),
    ('question', 'withdrawn', 'withdrawn', '{resident}'),
    ('proposed', 'assigned', 'proposed', '{assignee,colleague,second}'),
    ('proposed', 'opened', 'proposed', '{colleague,second}'),
    ('proposed', 'sent_back', 'in_review', '{second}'),
    ('proposed', 'confirmed', 'decided', '{second,portal}'),
    ('proposed', 'withdrawn', 'withdrawn', '{resident}'),
    ('decided', 'opened', 'decided', '{colleague}'),
    ('decided', 'stated', 'decided', '{resident}'),
    ('decided', 'closed', 'closed', '{assignee,colleague,portal}'),
    ('withdrawn', 'opened', 'withdrawn', '{colleague}'),
    ('closed', 'opened', 'closed', '{colleague}')`

const SECOND = 'outcome,kept,decided_at,proposed_by,second_office,effective_at'
const ROWS = `
  insert into rectification.transition (state, event, leads_to, causes) values ${STATES_AND_EVENTS};
  insert into rectification.written (event, columns) values
    ('filed', '{reference,kind,also,office,filed_at,content,form_met_on,due_on,is_restricted,has_evidence}'),
    ('form_met', '{form_met_on,due_on}'),
    ('claimed', '{assignee}'),
    ('assigned', '{assignee}'),
    ('released', '{assignee}'),
    ('opened', '{}'),
    ('asked', '{}'),
    ('answered', '{}'),
    ('extended', '{was_extended,due_on}'),
    ('proposed', '{outcome,kept,proposed_by,second_office,effective_at}'),
    ('sent_back', '{${SECOND}}'),
    ('confirmed', '{${SECOND}}'),
    ('decided', '{outcome,kept,decided_at}'),
    ('passed_on', '{office,former_office,assignee}'),
    ('withdrawn', '{closed_at}'),
    ('stated', '{}'),
    ('closed', '{closed_at}');
`

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

const CHANGED = `
  create function rectification.changed(old rectification.request, new rectification.request) returns text[]
    language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(after.key), '{}') from jsonb_each(to_jsonb(new)) after
      where after.key <> all ('{state,version,saved_at,expires_on}')
        and after.value is distinct from to_jsonb(old) -> after.key
  $$;
  comment on function rectification.changed(rectification.request, rectification.request) is 'Columns that a change of a request writes, without those that every step writes';
  revoke all on function rectification.changed(rectification.request, rectification.request) from public;
`

const CASEWORKER = `select from identity.staff m
      where m.role = 'caseworker' and m.state = 'active'`

/** Four eyes on identity and what follows from it: the same as \`needsSecond\` in rules.ts. */
const TAKES_TWO = `(new.outcome in ('corrected', 'corrected_in_part', 'deleted', 'restricted', 'annotated')
        and exists (select from catalogue.term about where about.kind = 'field' and about.id = new.field
          and about.definition ->> 'category' in ('identity', 'family', 'photo/biometrics')))`

/** Steps whose row leaves the sight of its writer are taken by functions of the room, and by nothing else. */
const FITS = `
  create function rectification.fits(event text, old rectification.request, new rectification.request, staff uuid)
    returns boolean
    language sql stable ${HEAD}
    select case event
      when 'claimed' then new.assignee = staff
      when 'released' then new.assignee is null
      when 'assigned' then exists (${CASEWORKER} and m.staff = new.assignee and m.office = new.office)
      when 'opened' then true
      when 'asked' then true
      when 'form_met' then old.form_met_on is null and new.form_met_on is not null
      when 'extended' then not old.was_extended and new.was_extended
      when 'decided' then new.decided_at = new.saved_at and new.outcome is not null and not ${TAKES_TWO}
      when 'proposed' then new.proposed_by = staff and new.outcome is not null
        and case when new.second_office is null
          then new.effective_at >= new.saved_at + interval '24 hours'
            and not exists (${CASEWORKER} and m.staff <> fits.staff and m.office = new.office)
            and not exists (select from rectification.partner p where p.office = new.office)
          else new.effective_at is null and (new.second_office = new.office
            or exists (select from rectification.partner p
              where p.office = new.office and p.partner = new.second_office)) end
      when 'closed' then new.closed_at = new.saved_at
      else false end
  $$;
  comment on function rectification.fits(text, rectification.request, rectification.request, uuid) is 'Whether what a member of staff writes is what an event of theirs writes';
  revoke all on function rectification.fits(text, rectification.request, rectification.request, uuid) from public;
`

const SETTINGS = {
  office: `nullif(current_setting('mirat.office', true), '')::int`,
  staff: `nullif(current_setting('mirat.staff', true), '')::uuid`,
} as const

/** Whoever works on a case passes it on; to itself no office does. */
const PASS_ON = `
  create or replace function rectification.pass_on(request uuid, version int, receiver int, at timestamptz, expires date)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update rectification.request r set state = 'passed_on', former_office = r.office, assignee = null,
        office = receiver, version = r.version + 1, saved_at = at, expires_on = expires
      where r.request = pass_on.request and r.version = pass_on.version and r.office = ${SETTINGS.office}
        and r.office <> receiver and (r.state in ('received', 'passed_on') and ${SETTINGS.staff} is not null
          or r.state = 'in_review' and r.assignee = ${SETTINGS.staff});
    return found;
  end $$;
  comment on function rectification.pass_on(uuid, int, int, timestamptz, date) is 'Gives a case of the own office to another one, by whoever works on it; false where it is no longer as it was read';
`

const staffKeep = ({ web_staff: web }: Roles) => `
  create function rectification.keep_to_steps_of_staff() returns trigger
    language plpgsql ${HEAD}
  declare
    staff constant uuid := ${SETTINGS.staff};
    mine constant int := ${SETTINGS.office};
    changed constant text[] := rectification.changed(old, new);
    cause constant text := case
      when old.state = 'proposed' and old.proposed_by <> staff and coalesce(old.second_office, old.office) = mine
        then 'second'
      when old.assignee = staff then 'assignee' else 'colleague' end;
  begin
    if staff is not null and new.version = old.version + 1
      and (old.office = mine or changed = '{}' and old.state = new.state)
      and exists (select from rectification.transition t join rectification.written w using (event)
        where t.state = old.state and t.leads_to = new.state and cause = any (t.causes)
          and changed <@ w.columns and rectification.fits(t.event, old, new, staff)) then
      return new;
    end if;
    raise exception 'no step of staff on a request writes this'
      using errcode = 'insufficient_privilege';
  end $$;
  comment on function rectification.keep_to_steps_of_staff() is 'Lets staff take the steps of the table of transitions, each with its own columns, and nothing else';
  revoke all on function rectification.keep_to_steps_of_staff() from public;
  create trigger keep_to_steps_of_staff before update on rectification.request
    for each row when (current_user = '${web}')
    execute function rectification.keep_to_steps_of_staff();
  alter table rectification.request enable always trigger keep_to_steps_of_staff;
`

/**
 * Row and entry are one transaction, as the database sees it: the entry was written by whoever wrote the row
 * last (`xmin`), is the next one of its request, and says what the row says. The row ends with its entry, which
 * names the partitions to look into; a look makes no row live longer.
 */
const entries = ({ web_resident: resident, web_staff: web }: Roles) => `
  create function rectification.demand_entry() returns trigger
    language plpgsql ${HEAD}
  begin
    if exists (select from rectification.request_event e
        join rectification.transition t on t.event = e.kind
        join rectification.written w on w.event = e.kind
      where e.class = 20 and e.expires_on >= new.expires_on and e.request = new.request
        and e.xmin = (select r.xmin from rectification.request r where r.request = new.request)
        and (new.expires_on = e.expires_on or e.kind = 'opened' and new.expires_on = old.expires_on)
        and e.recorded_at = new.saved_at and e.subject = new.subject and e.reference = new.reference
        and t.state = old.state and t.leads_to = new.state
        and case e.by when 'office' then t.causes && '{assignee,colleague,second}'
          else e.by = any (t.causes) end
        and rectification.changed(old, new) <@ w.columns
        and e.number = 1 + (select coalesce(max(o.number), 0) from rectification.request_event o
          where o.request = e.request and o.leaf_index <> e.leaf_index)) then
      return null;
    end if;
    raise exception 'a request moves with its entry of the log alone'
      using errcode = 'insufficient_privilege';
  end $$;
  comment on function rectification.demand_entry() is 'Refuses a transaction in which a request moved and the log does not say so';
  revoke all on function rectification.demand_entry() from public;
  create constraint trigger moves_with_its_entry after update on rectification.request
    deferrable initially deferred for each row
    when (old.state <> new.state
      or (old.state <> 'draft' and current_user in ('${web}', '${resident}')))
    execute function rectification.demand_entry();
  alter table rectification.request enable always trigger moves_with_its_entry;
`
