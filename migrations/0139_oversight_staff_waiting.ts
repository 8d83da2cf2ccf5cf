import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What was found about one member of staff on a day waits until the day is compared: only then it is known whether ten of
 * the unit were at work on it. A unit of which ten were at work on a Monday names whoever was there on Saturday.
 */
export const oversightStaffWaiting: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(WAITING + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const WAITING = `
  create table oversight.waiting_finding (
    leaf_index bigint not null,
    rule text not null constraint only_what_is_about_staff_waits check (rule like 'staff\\_%'),
    office int not null,
    day date not null,
    weight smallint not null,
    evidence jsonb not null,
    mark bytea not null,
    ends_on date not null,
    expires_on date not null,
    primary key (leaf_index, rule)
  );
  comment on table oversight.waiting_finding is 'Findings about members of staff until their day is compared: shown to nobody, and gone where fewer than ten of the unit were at work';
  comment on column oversight.waiting_finding.leaf_index is 'The entry of the finding';
  comment on column oversight.waiting_finding.rule is 'Code of the rule';
  comment on column oversight.waiting_finding.office is 'The office (catalogue number)';
  comment on column oversight.waiting_finding.day is 'Day of that entry, by the German calendar';
  comment on column oversight.waiting_finding.weight is 'How much it weighs';
  comment on column oversight.waiting_finding.evidence is 'What it rests on, in codes and numbers';
  comment on column oversight.waiting_finding.mark is 'By what its member of staff finds it: another one for each finding';
  comment on column oversight.waiting_finding.ends_on is 'The expiry of the entry';
  comment on column oversight.waiting_finding.expires_on is 'First day on which the row is gone: with its entry, after two weeks at the latest';
  create index waiting_findings_of_a_day on oversight.waiting_finding (office, day);
  create index waiting_findings_by_expiry on oversight.waiting_finding (expires_on);
  alter table oversight.waiting_finding enable row level security;
  alter table oversight.waiting_finding force row level security;
`

const rights = ({ worker, retention }: Roles) => `
  grant select, insert, delete on oversight.waiting_finding to ${worker};
  create policy waiting on oversight.waiting_finding for insert to ${worker}
    with check (oversight.staff_rules_since(office) is not null);
  create policy read_when_compared on oversight.waiting_finding for select to ${worker} using (true);
  create policy taken_when_compared on oversight.waiting_finding for delete to ${worker} using (true);
  grant select (expires_on), delete on oversight.waiting_finding to ${retention};
  create policy what_is_due_seen on oversight.waiting_finding for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.waiting_finding for delete to ${retention}
    using (expires_on <= current_date);
`
