import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * One data protection officer may serve several offices (GDPR Article 37 (3)). Each office is a member of staff of
 * its own in every list and right, so nobody has two at once; the person signs in once and says for whom.
 */
export const identityFurtherOffices: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [
      COLUMNS,
      PROPOSING,
      ENDING,
      TAKING,
      SAME,
      READING,
      KEEPING,
      rights(roles),
    ]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const COLUMNS = `
  alter table identity.staff
    add column officer uuid references identity.staff on delete cascade,
    add constraint further_offices_are_of_officers check (officer is null or (role = 'dpo' and officer <> staff)),
    add constraint an_officer_serves_an_office_once unique (officer, office);
  comment on column identity.staff.officer is 'The officer who serves this further office; absent for whoever signs in';
  alter table identity.session
    add column post uuid references identity.staff on delete cascade,
    add constraint only_staff_take_posts check (post is null or staff is not null);
  comment on column identity.session.post is 'For which further office an officer acts; absent for the own';
  create index sessions_of_a_post on identity.session (post) where post is not null;
`

/** Whoever has the office already, as the own or as a further one, is not given it twice. */
const PROPOSING = `
  create function identity.invite_to_office(of_person uuid, as_staff uuid, in_office int, by_operator uuid, at timestamptz)
    returns boolean
    language plpgsql ${HEAD}
  begin
    insert into identity.staff as m (staff, role, office, assurance, state, invited_by, changed_at, officer)
      select as_staff, 'dpo', in_office, p.assurance, 'invited', by_operator, at, p.staff
        from identity.staff p
        where p.staff = of_person and p.role = 'dpo' and p.state = 'active' and p.officer is null
          and p.office <> in_office
      on conflict (officer, office) do update set state = 'invited', invited_by = excluded.invited_by,
          confirmed_by = null, changed_at = excluded.changed_at
        where m.state = 'suspended';
    return found;
  end $$;
  comment on function identity.invite_to_office(uuid, uuid, int, uuid, timestamptz) is 'Proposes that a data protection officer serve a further office; opens nothing before another person confirms';

  create function identity.confirm_office(of_staff uuid, by_operator uuid, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.staff m set state = 'active', confirmed_by = by_operator, changed_at = at
      where m.staff = of_staff and m.officer is not null and m.state = 'invited'
        and m.invited_by is distinct from by_operator and by_operator is not null
        and exists (select from identity.staff p where p.staff = m.officer and p.state = 'active');
    return found;
  end $$;
  comment on function identity.confirm_office(uuid, uuid, timestamptz) is 'Lets an officer serve a further office; refused to whoever proposed it';

  create or replace function identity.confirm_staff(staff uuid, confirmed_by uuid, code_hash bytea, sheet bytea, at timestamptz)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.staff m set state = 'confirmed', confirmed_by = confirm_staff.confirmed_by,
        code_hash = confirm_staff.code_hash, sheet = confirm_staff.sheet, changed_at = at,
        code_expires_at = at + interval '7 days'
      where m.staff = confirm_staff.staff and m.state in ('invited', 'confirmed') and m.officer is null
        and (m.invited_by is distinct from confirm_staff.confirmed_by
          or (m.invited_by is null and confirm_staff.confirmed_by is null));
    return found;
  end $$;
`

/** Whoever may not sign in serves no office; a further office ends alone and with its person. */
const ENDING = `
  create or replace function identity.suspend_staff(staff uuid, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.staff m set state = 'suspended', changed_at = at, code_hash = null, sheet = null
      where m.staff = suspend_staff.staff and m.state <> 'suspended';
    if not found then
      return false;
    end if;
    update identity.staff m set state = 'suspended', changed_at = at
      where m.officer = suspend_staff.staff and m.state <> 'suspended';
    delete from identity.session s where s.staff = suspend_staff.staff or s.post = suspend_staff.staff;
    update identity.passkey p set removed_at = at
      where p.staff = suspend_staff.staff and p.removed_at is null;
    return true;
  end $$;

  create or replace function identity.suspend_idle_staff(at timestamptz) returns bigint
    language sql ${HEAD}
    select count(*) from identity.staff m, lateral identity.suspend_staff(m.staff, at) done
      where m.state = 'active' and m.demo_name is null and m.officer is null
        and coalesce(m.last_used_at, m.changed_at) < at - interval '45 days' and done
  $$;
`

/** Another office is another right, so the session gets another token, and forms of pages opened before no longer count. */
const TAKING = `
  create function identity.own_offices() returns table (staff uuid, office int, is_current boolean)
    language sql stable ${HEAD}
    select m.staff, m.office, m.staff = ${STAFF} from identity.staff m
      where m.state = 'active' and m.role = 'dpo' and coalesce(m.officer, m.staff) = (
        select coalesce(me.officer, me.staff) from identity.staff me where me.staff = ${STAFF})
      order by m.officer is not null, m.office
  $$;
  comment on function identity.own_offices() is 'The offices that the data protection officer of the scope serves, the own one first';

  create function identity.take_office(token_hash bytea, of_staff uuid, new_token_hash bytea, at timestamptz)
    returns boolean
    language plpgsql ${HEAD}
  begin
    update identity.session s set post = nullif(m.staff, s.staff), token_hash = take_office.new_token_hash,
        csrf = sha256(s.csrf || take_office.new_token_hash)
      from identity.staff m
      where s.token_hash = take_office.token_hash and s.ends_at > at
        and m.staff = of_staff and m.state = 'active' and m.role = 'dpo'
        and coalesce(m.officer, m.staff) = s.staff;
    if not found then
      return false;
    end if;
    update identity.staff m set last_used_at = at where m.staff = of_staff;
    return true;
  end $$;
  comment on function identity.take_office(bytea, uuid, bytea, timestamptz) is 'Lets the officer behind a session act for another office of theirs; the session gets another token';
`

/** Two offices of one officer are not two people. */
const SAME = `
  create function identity.is_me(of_staff uuid) returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff me join identity.staff m on m.staff = of_staff
      where me.staff = ${STAFF} and coalesce(me.officer, me.staff) = coalesce(m.officer, m.staff))
  $$;
  comment on function identity.is_me(uuid) is 'Whether a member of staff is the one of the scope, for whichever office';
`

const READING = `
  create or replace function identity.open_session(token_hash bytea, at timestamptz, idle interval)
    returns table (account uuid, staff uuid, role text, office int, unit int, assurance text,
      csrf bytea, seen_at timestamptz, stepped_up_at timestamptz, shared boolean, subjects uuid[])
    language sql stable ${HEAD}
    select s.account, m.staff, m.role, m.office, m.unit, s.assurance, s.csrf, s.seen_at, s.stepped_up_at,
      s.shared,
      array(select o.subject from identity.account_subject o where o.account = s.account order by o.subject)
    from identity.session s
      left join identity.staff m on m.staff = coalesce(s.post, s.staff)
      left join identity.staff p on p.staff = s.staff
    where s.token_hash = open_session.token_hash and s.ends_at > at and s.seen_at + idle > at
      and (s.staff is null or (m.state = 'active' and p.state = 'active'))
  $$;

  drop function identity.staff_list();
  create function identity.staff_list()
    returns table (staff uuid, role text, office int, unit int, state text, invited_by uuid, last_used_at timestamptz,
      officer uuid)
    language sql stable ${HEAD}
    select m.staff, m.role, m.office, m.unit, m.state, m.invited_by, m.last_used_at, m.officer from identity.staff m
      order by m.state, m.role, m.office, m.staff
  $$;
  comment on function identity.staff_list() is 'All staff as office, unit and role; there are no names';
`

/** A form that was kept while somebody acted for one office is never sent for another. */
const OF_SESSION = `from identity.session s join identity.kept_form k
      on k.account = s.account or k.staff = coalesce(s.post, s.staff)`

const KEEPING = `
  create or replace function identity.keep_form(form uuid, token_hash bytea, page text, sealed bytea, at timestamptz)
    returns boolean
    language plpgsql ${HEAD}
  declare
    kept identity.kept_form;
  begin
    insert into identity.kept_form (form, account, staff, page, sealed, kept_at)
      select keep_form.form, s.account, coalesce(s.post, s.staff), keep_form.page, keep_form.sealed, at
        from identity.session s where s.token_hash = keep_form.token_hash
      returning * into kept;
    if kept is null then
      return false;
    end if;
    delete from identity.kept_form k where k.form in (
      select o.form from identity.kept_form o
        where o.account = kept.account or o.staff = kept.staff
        order by o.kept_at desc, o.form = kept.form desc offset 5);
    return true;
  end $$;

  create or replace function identity.kept_forms(token_hash bytea, at timestamptz)
    returns table (form uuid, page text, kept_at timestamptz)
    language sql stable ${HEAD}
    select k.form, k.page, k.kept_at ${OF_SESSION}
    where s.token_hash = kept_forms.token_hash and k.kept_at > at - interval '1 day'
    order by k.kept_at desc
  $$;

  create or replace function identity.kept_form_of(token_hash bytea, form uuid, page text, at timestamptz) returns bytea
    language sql stable ${HEAD}
    select k.sealed ${OF_SESSION}
    where s.token_hash = kept_form_of.token_hash and k.form = kept_form_of.form
      and k.page = kept_form_of.page and k.kept_at > at - interval '1 day'
  $$;

  create or replace function identity.drop_kept_forms(token_hash bytea, page text) returns bigint
    language sql ${HEAD}
    with gone as (
      delete from identity.kept_form k using identity.session s
        where s.token_hash = drop_kept_forms.token_hash and k.page = drop_kept_forms.page
          and (k.account = s.account or k.staff = coalesce(s.post, s.staff))
        returning 1
    )
    select count(*) from gone
  $$;
`

const rights = (roles: Roles) => {
  const { web_staff: staff, web_public: everybody, reporting, reporting_owner: owner } = roles
  const signatures = {
    'invite_to_office(uuid, uuid, int, uuid, timestamptz)': staff,
    'confirm_office(uuid, uuid, timestamptz)': staff,
    'own_offices()': staff,
    'is_me(uuid)': `${staff}, ${reporting}, ${owner}`,
    'staff_list()': staff,
    'take_office(bytea, uuid, bytea, timestamptz)': everybody,
  }
  return Object.entries(signatures)
    .map(
      ([signature, role]) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${role};`,
    )
    .join('')
}
