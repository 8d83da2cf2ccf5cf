import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Forms that were sent after their session had ended by itself: kept for a day for the person who filled them in. */
export const identityKeptForms: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [table, keeping, reading, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

/** Whoever has a live session owns what was kept for the same account or member of staff. */
const OF_SESSION = `from identity.session s join identity.kept_form k
      on k.account = s.account or k.staff = s.staff`

const table = `
  create table identity.kept_form (
    form uuid primary key,
    account uuid references identity.account on delete cascade,
    staff uuid references identity.staff on delete cascade,
    page text not null,
    sealed bytea not null,
    kept_at timestamptz(3) not null,
    constraint kept_form_is_of_one_person check ((account is null) <> (staff is null))
  );
  comment on table identity.kept_form is 'Forms sent too late, kept for a day until their person has signed in again';
  comment on column identity.kept_form.form is 'Random id, for the address of the form';
  comment on column identity.kept_form.account is 'The resident who filled it in';
  comment on column identity.kept_form.staff is 'The member of staff who filled it in';
  comment on column identity.kept_form.page is 'Address of the page with the form, without its language';
  comment on column identity.kept_form.sealed is 'What was typed, encrypted (AES-256-GCM)';
  comment on column identity.kept_form.kept_at is 'When it was sent';
  create index kept_forms_of_an_account on identity.kept_form (account);
  create index kept_forms_of_staff on identity.kept_form (staff);
  create index kept_forms_by_time on identity.kept_form (kept_at);
`

const keeping = `
  create function identity.lapsed_session(token_hash bytea, at timestamptz, idle interval) returns bytea
    language sql stable ${HEAD}
    select s.csrf from identity.session s left join identity.staff m on m.staff = s.staff
    where s.token_hash = lapsed_session.token_hash
      and least(s.ends_at, s.seen_at + idle) <= at
      and least(s.ends_at, s.seen_at + idle) > at - interval '1 day'
      and (s.staff is null or m.state = 'active')
  $$;
  comment on function identity.lapsed_session(bytea, timestamptz, interval) is 'The secret behind the forms of a session that ended by itself within a day';

  create function identity.keep_form(form uuid, token_hash bytea, page text, sealed bytea, at timestamptz)
    returns boolean
    language plpgsql ${HEAD}
  declare
    kept identity.kept_form;
  begin
    insert into identity.kept_form (form, account, staff, page, sealed, kept_at)
      select keep_form.form, s.account, s.staff, keep_form.page, keep_form.sealed, at
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
  comment on function identity.keep_form(uuid, bytea, text, bytea, timestamptz) is 'Keeps a form for the person behind a session, live or ended; of each person the newest five';
`

const reading = `
  create function identity.kept_forms(token_hash bytea, at timestamptz)
    returns table (form uuid, page text, kept_at timestamptz)
    language sql stable ${HEAD}
    select k.form, k.page, k.kept_at ${OF_SESSION}
    where s.token_hash = kept_forms.token_hash and k.kept_at > at - interval '1 day'
    order by k.kept_at desc
  $$;
  comment on function identity.kept_forms(bytea, timestamptz) is 'What is kept for the person behind a session';

  create function identity.kept_form_of(token_hash bytea, form uuid, page text, at timestamptz) returns bytea
    language sql stable ${HEAD}
    select k.sealed ${OF_SESSION}
    where s.token_hash = kept_form_of.token_hash and k.form = kept_form_of.form
      and k.page = kept_form_of.page and k.kept_at > at - interval '1 day'
  $$;
  comment on function identity.kept_form_of(bytea, uuid, text, timestamptz) is 'One kept form, for its person and on its page alone';

  create function identity.drop_kept_forms(token_hash bytea, page text) returns bigint
    language sql ${HEAD}
    with gone as (
      delete from identity.kept_form k using identity.session s
        where s.token_hash = drop_kept_forms.token_hash and k.page = drop_kept_forms.page
          and (k.account = s.account or k.staff = s.staff)
        returning 1
    )
    select count(*) from gone
  $$;
  comment on function identity.drop_kept_forms(bytea, text) is 'Drops what was kept of a form that has been sent since';

  create function identity.forget_kept_forms(at timestamptz) returns bigint
    language sql ${HEAD}
    with gone as (
      delete from identity.kept_form k where k.kept_at <= at - interval '1 day' returning 1
    )
    select count(*) from gone
  $$;
  comment on function identity.forget_kept_forms(timestamptz) is 'Deletes forms that nobody came back for within a day';
`

/** Functions and who may call them; nobody reaches the table itself. */
const SIGNATURES: Readonly<Record<string, (roles: Roles) => string>> = {
  'lapsed_session(bytea, timestamptz, interval)': (roles) => roles.web_public,
  'keep_form(uuid, bytea, text, bytea, timestamptz)': (roles) => roles.web_public,
  'kept_forms(bytea, timestamptz)': (roles) => roles.web_public,
  'kept_form_of(bytea, uuid, text, timestamptz)': (roles) => roles.web_public,
  'drop_kept_forms(bytea, text)': (roles) => roles.web_public,
  'forget_kept_forms(timestamptz)': (roles) => roles.retention,
}

const rights = (roles: Roles) => `
  alter table identity.kept_form enable row level security;
  alter table identity.kept_form force row level security;
  create policy functions_of_the_room on identity.kept_form to ${roles.owner}
    using (true) with check (true);
  ${Object.entries(SIGNATURES)
    .map(
      ([signature, caller]) => `
  revoke all on function identity.${signature} from public;
  grant execute on function identity.${signature} to ${caller(roles)};`,
    )
    .join('')}
`
