import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Which office has an agreement with its staff council under which rules may look at single members of staff: what
 * the configuration named, and when it no longer did. Without a row nothing shows a rule who acted.
 */
export const oversightAgreement: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [AGREEMENT, SINCE, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const AGREEMENT = `
  create table oversight.service_agreement (
    number bigint generated always as identity primary key,
    office int not null,
    reference text not null constraint an_agreement_is_named_in_a_line check (length(reference) between 5 and 120),
    since date not null,
    state text not null constraint agreement_state_is_known check (state in ('named', 'ended')),
    noted_at timestamptz(3) not null
  );
  comment on table oversight.service_agreement is 'Service agreements with staff councils, as the configuration names them: append-only, written at the start';
  comment on column oversight.service_agreement.number is 'Order of the rows: the last one of an office counts';
  comment on column oversight.service_agreement.office is 'The office (catalogue number)';
  comment on column oversight.service_agreement.reference is 'The words by which office and staff council know it; shown to all staff of the office';
  comment on column oversight.service_agreement.since is 'First day whose accesses it covers, by the German calendar';
  comment on column oversight.service_agreement.state is 'named: the configuration names it; ended: no longer';
  comment on column oversight.service_agreement.noted_at is 'When a start found it so';
  create index agreements_of_an_office on oversight.service_agreement (office, number desc);
  create trigger no_change before update or delete on oversight.service_agreement
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on oversight.service_agreement
    for each statement execute function ledger.refuse_change();
  alter table oversight.service_agreement enable always trigger no_change;
  alter table oversight.service_agreement enable always trigger no_truncate;
  alter table oversight.service_agreement enable row level security;
  alter table oversight.service_agreement force row level security;
`

const SINCE = `
  create function oversight.staff_rules_since(of_office int) returns timestamptz
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case when a.state = 'named' then timezone('Europe/Berlin', a.since + time '00:00') end
      from oversight.service_agreement a where a.office = of_office order by a.number desc limit 1
  $$;
  comment on function oversight.staff_rules_since(int) is 'Since when accesses may be judged by who acted at an office; absent where no agreement stands';
  revoke all on function oversight.staff_rules_since(int) from public;
`

/** Staff read what is agreed at their office; nobody but the owner, at a start, writes a row. */
const rights = ({ owner, web_staff: staff, worker, watch, reporting_owner: views }: Roles) => `
  create policy agreements_named on oversight.service_agreement to ${owner} using (true) with check (true);
  grant select on oversight.service_agreement to ${staff};
  create policy agreements_of_the_office on oversight.service_agreement for select to ${staff}
    using (office = nullif(current_setting('mirat.office', true), '')::int);
  grant usage on schema oversight to ${watch}, ${views};
  grant execute on function oversight.staff_rules_since(int) to ${worker}, ${watch}, ${views};
`
