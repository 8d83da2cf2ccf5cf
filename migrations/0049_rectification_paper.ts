import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Offices that answer requests and have nobody in the portal: what reaches them goes on paper, and a case that is
 * passed on to one stays in a list of the office that passed it on.
 */
export const rectificationPaper: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [HERE, REMINDERS, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

const HERE = `
  create index passed_on_by_an_office on rectification.request (former_office) where state = 'passed_on';

  create function rectification.is_here(office int) returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m
      where m.office = is_here.office and m.role = 'caseworker' and m.state = 'active')
  $$;
  comment on function rectification.is_here(int) is 'Whether an office has anybody in the portal who answers requests; says nothing of whom';

  create function rectification.offices_here() returns table (office int)
    language sql stable ${HEAD}
    select distinct m.office from identity.staff m
      where m.office is not null and m.role = 'caseworker' and m.state = 'active'
  $$;
  comment on function rectification.offices_here() is 'Offices that have anybody in the portal who answers requests';

  create function rectification.passed_on_to_paper(most int)
    returns table (reference text, field int, also int[], office int, filed_at timestamptz, passed_at timestamptz, due_on date)
    language sql stable ${HEAD}
    select r.reference, r.field, r.also, r.office, r.filed_at, r.saved_at, r.due_on from rectification.request r
      where r.state = 'passed_on'
        and r.former_office = nullif(current_setting('mirat.office', true), '')::int
        and not rectification.is_here(r.office)
      order by r.saved_at desc, r.request limit most
  $$;
  comment on function rectification.passed_on_to_paper(int) is 'Cases that the office of the setting passed on to offices that have nobody here; the newest first';
`

/** What never reached an office is not late there; what was passed on is, because the clock never stopped. */
const REMINDERS = `
  create or replace function rectification.answers_due(until date)
    returns table (subject uuid, reference text, office int, due_on date)
    language sql stable ${HEAD}
    select r.subject, r.reference, r.office, r.due_on from rectification.request r
      where r.state in ('received', 'passed_on', 'in_review', 'question', 'proposed')
        and r.due_on <= answers_due.until
        and (r.state <> 'received' or r.former_office is not null or rectification.is_here(r.office))
      order by r.due_on, r.reference
  $$;
  comment on function rectification.answers_due(date) is 'Open requests whose answer is due until a day, and that have reached an office';
`

const SIGNATURES: Readonly<Record<string, (roles: Roles) => string>> = {
  'is_here(int)': ({ web_resident }) => web_resident,
  'offices_here()': ({ web_staff }) => web_staff,
  'passed_on_to_paper(int)': ({ web_staff }) => web_staff,
}

const rights = (roles: Roles) =>
  Object.entries(SIGNATURES)
    .map(
      ([signature, caller]) => `
  revoke all on function rectification.${signature} from public;
  grant execute on function rectification.${signature} to ${caller(roles)};`,
    )
    .join('')
