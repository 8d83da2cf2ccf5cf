import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Staff are let in by two people: one invites, another confirms; who is not active opens nothing. */
export const identityStaff: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [columns, changes, entering, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const columns = `
  alter table identity.staff add column state text not null default 'active'
    constraint staff_state_is_known check (state in ('invited', 'confirmed', 'active', 'suspended'));
  alter table identity.staff add column invited_by uuid references identity.staff on delete set null;
  alter table identity.staff add column confirmed_by uuid references identity.staff on delete set null;
  alter table identity.staff add column changed_at timestamptz(3);
  alter table identity.staff add column last_used_at timestamptz(3);
  alter table identity.staff add column code_hash bytea constraint staff_code_is_unique unique;
  alter table identity.staff add column code_expires_at timestamptz(3);
  alter table identity.staff add column sheet bytea;
  comment on column identity.staff.state is 'invited, confirmed (has a code), active, suspended';
  comment on column identity.staff.invited_by is 'The operator who invited; nothing for the operator''s command';
  comment on column identity.staff.confirmed_by is 'The other operator who confirmed';
  comment on column identity.staff.changed_at is 'When the state last changed';
  comment on column identity.staff.last_used_at is 'When somebody last signed in';
  comment on column identity.staff.code_hash is 'Keyed hash of the invitation code; empty once used';
  comment on column identity.staff.code_expires_at is 'Instant from which the code no longer counts';
  comment on column identity.staff.sheet is 'The code for whoever confirmed, encrypted; shown for an hour, emptied once used';
`

const changes = `
  create function identity.invite_staff(staff uuid, role text, office int, unit int, invited_by uuid, at timestamptz)
    returns void
    language sql ${HEAD}
    insert into identity.staff (staff, role, office, unit, assurance, state, invited_by, changed_at)
      values (invite_staff.staff, invite_staff.role, invite_staff.office, invite_staff.unit, 'counter',
        'invited', invite_staff.invited_by, at)
  $$;
  comment on function identity.invite_staff(uuid, text, int, int, uuid, timestamptz) is 'Proposes a member of staff; opens nothing before another person confirms';

  create function identity.confirm_staff(staff uuid, confirmed_by uuid, code_hash bytea, sheet bytea, at timestamptz)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.staff m set state = 'confirmed', confirmed_by = confirm_staff.confirmed_by,
        code_hash = confirm_staff.code_hash, sheet = confirm_staff.sheet, changed_at = at,
        code_expires_at = at + interval '7 days'
      where m.staff = confirm_staff.staff and m.state in ('invited', 'confirmed', 'suspended')
        and (m.invited_by is distinct from confirm_staff.confirmed_by
          or (m.invited_by is null and confirm_staff.confirmed_by is null));
    return found;
  end $$;
  comment on function identity.confirm_staff(uuid, uuid, bytea, bytea, timestamptz) is 'Gives an invited or suspended member of staff a code; refused to whoever invited them';

  create function identity.suspend_staff(staff uuid, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.staff m set state = 'suspended', changed_at = at, code_hash = null, sheet = null
      where m.staff = suspend_staff.staff and m.state <> 'suspended';
    if not found then
      return false;
    end if;
    delete from identity.session s where s.staff = suspend_staff.staff;
    update identity.passkey p set removed_at = at
      where p.staff = suspend_staff.staff and p.removed_at is null;
    return true;
  end $$;
  comment on function identity.suspend_staff(uuid, timestamptz) is 'Ends everything that a member of staff could open with';

  create function identity.suspend_idle_staff(at timestamptz) returns bigint
    language sql ${HEAD}
    select count(*) from identity.staff m, lateral identity.suspend_staff(m.staff, at) done
      where m.state = 'active' and m.demo_name is null
        and coalesce(m.last_used_at, m.changed_at) < at - interval '45 days' and done
  $$;
  comment on function identity.suspend_idle_staff(timestamptz) is 'Suspends whoever has not signed in for 45 days';

  create function identity.staff_list()
    returns table (staff uuid, role text, office int, unit int, state text, invited_by uuid, last_used_at timestamptz)
    language sql stable ${HEAD}
    select m.staff, m.role, m.office, m.unit, m.state, m.invited_by, m.last_used_at from identity.staff m
      order by m.state, m.role, m.office, m.staff
  $$;
  comment on function identity.staff_list() is 'All staff as office, unit and role; there are no names';

  create function identity.staff_sheet(staff uuid, confirmed_by uuid, at timestamptz) returns bytea
    language sql stable ${HEAD}
    select m.sheet from identity.staff m where m.staff = staff_sheet.staff
      and m.confirmed_by = staff_sheet.confirmed_by and m.state = 'confirmed'
      and m.changed_at > at - interval '1 hour'
  $$;
  comment on function identity.staff_sheet(uuid, uuid, timestamptz) is 'The code, encrypted, for whoever confirmed, within an hour';
`

const entering = `
  create function identity.redeem_staff_code(code_hash bytea, token_hash bytea, csrf bytea, at timestamptz, life interval)
    returns boolean
    language plpgsql ${HEAD}
  declare
    found_staff uuid;
  begin
    update identity.staff m set state = 'active', code_hash = null, sheet = null, changed_at = at,
        last_used_at = at
      where m.code_hash = redeem_staff_code.code_hash and m.state = 'confirmed' and m.code_expires_at > at
      returning m.staff into found_staff;
    if found_staff is null then
      return false;
    end if;
    insert into identity.session (token_hash, staff, assurance, csrf, started_at, seen_at, ends_at, stepped_up_at)
      select redeem_staff_code.token_hash, m.staff, m.assurance, redeem_staff_code.csrf, at, at, at + life, at
        from identity.staff m where m.staff = found_staff;
    return true;
  end $$;
  comment on function identity.redeem_staff_code(bytea, bytea, bytea, timestamptz, interval) is 'Uses an invitation up and begins a session';

  create or replace function identity.open_session(token_hash bytea, at timestamptz, idle interval)
    returns table (account uuid, staff uuid, role text, office int, unit int, assurance text,
      csrf bytea, seen_at timestamptz, stepped_up_at timestamptz, shared boolean, subjects uuid[])
    language sql stable ${HEAD}
    select s.account, s.staff, m.role, m.office, m.unit, s.assurance, s.csrf, s.seen_at, s.stepped_up_at,
      s.shared,
      array(select o.subject from identity.account_subject o where o.account = s.account order by o.subject)
    from identity.session s left join identity.staff m on m.staff = s.staff
    where s.token_hash = open_session.token_hash and s.ends_at > at and s.seen_at + idle > at
      and (s.staff is null or m.state = 'active')
  $$;

  create function identity.note_staff_use() returns trigger
    language plpgsql ${HEAD}
  begin
    update identity.staff m set last_used_at = new.started_at where m.staff = new.staff;
    return null;
  end $$;
  comment on function identity.note_staff_use() is 'Keeps when a member of staff last signed in, whatever they signed in with';
  create trigger staff_use after insert on identity.session
    for each row when (new.staff is not null) execute function identity.note_staff_use();
  alter table identity.session enable always trigger staff_use;
`

const SIGNATURES: Readonly<Record<string, (roles: Roles) => string>> = {
  'invite_staff(uuid, text, int, int, uuid, timestamptz)': (roles) => roles.web_staff,
  'confirm_staff(uuid, uuid, bytea, bytea, timestamptz)': (roles) => roles.web_staff,
  'suspend_staff(uuid, timestamptz)': (roles) => roles.web_staff,
  'staff_list()': (roles) => roles.web_staff,
  'staff_sheet(uuid, uuid, timestamptz)': (roles) => roles.web_staff,
  'suspend_idle_staff(timestamptz)': (roles) => roles.retention,
  'redeem_staff_code(bytea, bytea, bytea, timestamptz, interval)': (roles) => roles.web_public,
}

const rights = (roles: Roles) => `
  revoke all on function identity.note_staff_use() from public;
  ${Object.entries(SIGNATURES)
    .map(
      ([signature, caller]) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${caller(roles)};`,
    )
    .join('')}
`
