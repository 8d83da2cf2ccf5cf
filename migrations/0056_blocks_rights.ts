import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who reads and changes blocks: the person, the caseworkers of the office that decides, and nobody else. */
export const blocksRights: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [functions(roles), residents(roles), staff(roles), derived(roles), ends(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const ACCOUNT = `nullif(current_setting('mirat.account', true), '')::uuid`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const IN_FORCE = `('in_force', 'hearing', 'heard', 'lifting')`

const functions = ({ owner, web_resident: resident, web_staff: web }: Roles) => `
  create policy functions_of_the_room on blocks.block to ${owner} using (true) with check (true);
  create policy functions_of_the_room on blocks.block_event for select to ${owner} using (true);
  create policy functions_of_the_room on blocks.unheard_transfer to ${owner} using (true) with check (true);

  create function blocks.is_clerk() returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m where m.staff = ${STAFF} and m.office = ${OFFICE}
      and m.role = 'caseworker' and m.state = 'active')
  $$;
  comment on function blocks.is_clerk() is 'Whether the member of staff of the scope is an active caseworker of its office';

  create function blocks.has_clerk(office int) returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m where m.office = has_clerk.office
      and m.role = 'caseworker' and m.state = 'active')
  $$;
  comment on function blocks.has_clerk(int) is 'Whether an office has a caseworker who can decide here';

  create function blocks.own_subject() returns uuid
    language sql stable ${HEAD}
    select s.subject from identity.account_subject s where s.account = ${ACCOUNT}
      order by s.scheme <> 'azr', s.subject limit 1
  $$;
  comment on function blocks.own_subject() is 'The subject of the account in the scope under which a block stands: that of the Central Register first';

  revoke all on function blocks.is_clerk(), blocks.has_clerk(int), blocks.own_subject() from public;
  grant usage on schema blocks to ${resident}, ${web};
  grant execute on function blocks.is_clerk() to ${web};
  grant execute on function blocks.has_clerk(int), blocks.own_subject() to ${resident};
`

/** The columns that both sides read. */
const SEEN = `block, reference, subject, kind, state, office, field, grounds, case_key, source, is_guarded,
  protects_others, form_met_at, filed_at, due_on, from_at, until, ended_at, hearing, hearing_until, version, saved_at`

const residents = ({ web_resident: resident }: Roles) => `
  grant select (${SEEN}, account, content),
    insert (block, subject, account, kind, state, office, field, grounds, case_key, version, saved_at, expires_on),
    update (reference, state, office, field, grounds, content, protects_others, form_met_at, filed_at, due_on,
      ended_at, hearing, hearing_until, version, saved_at, expires_on), delete on blocks.block to ${resident};
  create policy own_blocks on blocks.block for select to ${resident}
    using (subject = any (${SUBJECTS}));
  create policy own_drafts on blocks.block for insert to ${resident}
    with check (state = 'draft' and account = ${ACCOUNT} and subject = any (${SUBJECTS}));
  create policy own_steps on blocks.block for update to ${resident}
    using (subject = any (${SUBJECTS}) and state in ('draft', 'applied', 'in_review', 'proposed', 'in_force',
      'hearing', 'heard'))
    with check (subject = any (${SUBJECTS}) and (state in ('draft', 'applied', 'withdrawn')
      or (state in ('heard', 'lifted', 'lifting') and from_at is not null))
      and (state <> 'lifted' or not protects_others and source is null));
  create policy own_drafts_dropped on blocks.block for delete to ${resident}
    using (state = 'draft' and subject = any (${SUBJECTS}));

  grant select, insert on blocks.block_event to ${resident};
  create policy own_block_events on blocks.block_event for select to ${resident}
    using (subject = any (${SUBJECTS}));
  create policy own_block_acts on blocks.block_event for insert to ${resident}
    with check ((by = 'resident' or by = 'portal' and kind = 'went_with') and subject = any (${SUBJECTS})
      and exists (select from blocks.block own where own.block = block_event.block));
`

/** What guards a witness is seen by whoever decided it alone, and stands in no list. */
const OF_THE_OFFICE = `office = ${OFFICE} and state <> 'draft' and (select blocks.is_clerk())
  and (not is_guarded or clerk = ${STAFF})`

const staff = ({ web_staff: web }: Roles) => `
  grant select (${SEEN}, clerk, proposed_by),
    update (state, is_guarded, clerk, proposed_by, form_met_at, due_on, from_at, until, ended_at, hearing,
      hearing_until, version, saved_at, expires_on) on blocks.block to ${web};
  create policy blocks_of_the_office on blocks.block for select to ${web} using (${OF_THE_OFFICE});
  create policy work_of_the_office on blocks.block for update to ${web}
    using (${OF_THE_OFFICE} and ended_at is null)
    with check (${OF_THE_OFFICE} and state not in ('draft', 'withdrawn', 'expired')
      and (state <> 'refused' or proposed_by <> ${STAFF}));

  grant select, insert on blocks.block_event to ${web};
  create policy block_events_of_the_office on blocks.block_event for select to ${web}
    using (exists (select from blocks.block own where own.block = block_event.block));
  create policy block_acts_of_the_office on blocks.block_event for insert to ${web}
    with check (by = 'office' and office = ${OFFICE}
      and exists (select from blocks.block own where own.block = block_event.block));

  grant select, insert on blocks.unheard_transfer to ${web};
  create policy unheard_of_the_office on blocks.unheard_transfer for select to ${web}
    using (office = ${OFFICE} and exists (select from blocks.block own where own.block = unheard_transfer.block));
  create policy unheard_recorded on blocks.unheard_transfer for insert to ${web}
    with check (office = ${OFFICE} and shown_at is null and shown_on <= (recorded_at at time zone 'Europe/Berlin')::date + 190
      and exists (select from blocks.block own where own.block = unheard_transfer.block));
`

/** An information block in force makes the transmission block by itself, and takes it along at its end. */
const derived = ({ web_resident: resident, web_staff: web, worker }: Roles) => `
  create function blocks.derive(source uuid, block uuid, reference text, office int, case_key bytea, at timestamptz, expires date)
    returns uuid
    language sql ${HEAD}
    insert into blocks.block (block, reference, subject, account, kind, state, office, grounds, source,
        case_key, protects_others, from_at, version, saved_at, expires_on)
      select derive.block, derive.reference, b.subject, b.account, 'transmission', 'in_force', derive.office, '{}',
          b.block, derive.case_key, b.protects_others, derive.at, 1, derive.at, derive.expires
        from blocks.block b where b.block = derive.source and b.kind = 'information' and b.state = 'in_force'
          and b.office = ${OFFICE} and (select blocks.is_clerk())
      on conflict do nothing
      returning subject
  $$;
  comment on function blocks.derive(uuid, uuid, text, int, bytea, timestamptz, date) is 'Makes the transmission block of an information block that the office in the scope has granted; nothing where there is one';

  create function blocks.end_derived(source uuid, at timestamptz, expires date)
    returns table (block uuid, reference text, subject uuid, number int)
    language sql ${HEAD}
    update blocks.block d set state = 'ended', ended_at = at, hearing = null, hearing_until = null,
        version = d.version + 1, saved_at = at, expires_on = expires
      from blocks.block s
      where s.block = end_derived.source and s.kind = 'information' and s.ended_at is not null
        and d.source = s.block and d.state in ${IN_FORCE}
      returning d.block, d.reference, d.subject, d.version
  $$;
  comment on function blocks.end_derived(uuid, timestamptz, date) is 'Ends the transmission block that came with an information block, once that one is over';

  revoke all on function blocks.derive(uuid, uuid, text, int, bytea, timestamptz, date),
    blocks.end_derived(uuid, timestamptz, date) from public;
  grant execute on function blocks.derive(uuid, uuid, text, int, bytea, timestamptz, date) to ${web};
  grant execute on function blocks.end_derived(uuid, timestamptz, date) to ${resident}, ${web}, ${worker};

  create function blocks.is_derived_here(block uuid) returns boolean
    language sql stable ${HEAD}
    select exists (select from blocks.block d join blocks.block s on s.block = d.source
      where d.block = is_derived_here.block and s.office = ${OFFICE} and (select blocks.is_clerk()))
  $$;
  comment on function blocks.is_derived_here(uuid) is 'Whether a block came with an information block of the office in the scope';
  revoke all on function blocks.is_derived_here(uuid) from public;
  grant execute on function blocks.is_derived_here(uuid) to ${web};
  create policy acts_on_what_came_along on blocks.block_event for insert to ${web}
    with check (by = 'portal' and kind in ('came_with', 'went_with') and blocks.is_derived_here(block));
`

/** The account goes, a block in force stays: it protects somebody, whether or not they use the portal. */
const ends = (_roles: Roles) => `
  create function blocks.outlive_account() returns trigger
    language plpgsql ${HEAD}
  begin
    if new.state in ${IN_FORCE} then
      update blocks.block b set case_key = null, content = null where b.block = new.block;
    else
      delete from blocks.block b where b.block = new.block;
    end if;
    return null;
  end $$;
  comment on function blocks.outlive_account() is 'What an account leaves behind: blocks in force without their words, and nothing else';
  revoke all on function blocks.outlive_account() from public;
  create trigger outlive_account after update of account on blocks.block
    for each row when (old.account is not null and new.account is null)
    execute function blocks.outlive_account();
  alter table blocks.block enable always trigger outlive_account;
`
