import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Who acted in an access is resolved to the pseudonym that the authority gave, by the data protection officer of the
 * office that acted and a second person, each opening written down (CJEU C-579/21; security.md, four eyes).
 */
export const oversightUnmasking: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema oversight authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema oversight is 'What data protection officers count, work on, and ask a second person for'`,
      UNMASKING,
      EVENT,
      policies(roles),
      DECIDING,
      OPENING,
      callers(roles),
      rights(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const IS_OFFICER = `(select identity.is_officer())`
const IS_SUPERVISOR = `(select identity.is_supervisor())`

const guarded = (table: string) => `
  create trigger no_change before update or delete on oversight.${table}
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on oversight.${table}
    for each statement execute function ledger.refuse_change();
  alter table oversight.${table} enable always trigger no_change;
  alter table oversight.${table} enable always trigger no_truncate;
  alter table oversight.${table} enable row level security;
  alter table oversight.${table} force row level security;
`

const comments = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, text]) => `comment on column oversight.${table}.${column} is '${text}';`)
    .join('\n  ')

const UNMASKING = `
  create table oversight.unmasking (
    unmasking uuid primary key,
    reference text not null constraint unmasking_reference_is_unique unique,
    entry bigint not null,
    office int not null,
    staff uuid not null,
    reason text not null constraint unmasking_reason_is_known check (reason in ('complaint', 'misuse', 'authority')),
    asked_at timestamptz(3) not null
  );
  comment on table oversight.unmasking is 'Wishes of officers to learn the pseudonym of whoever acted: append-only, no person is named';
  ${comments('unmasking', {
    unmasking: 'Random id',
    reference: 'Eight characters by which people name it',
    entry: 'Leaf index of the access',
    office: 'The office that acted, whose officer asks (catalogue number)',
    staff: 'Who asks, a random id',
    reason: 'Why: a code of server/oversight/wishes.ts; no free text',
    asked_at: 'When it was asked',
  })}
  create index unmaskings_of_an_office on oversight.unmasking (office, asked_at desc);
  create index unmaskings_by_time on oversight.unmasking (asked_at);
  ${guarded('unmasking')}
`

const EVENT = `
  create table oversight.unmasking_event (
    unmasking uuid not null references oversight.unmasking on delete restrict,
    number bigint generated always as identity primary key,
    kind text not null constraint unmasking_event_is_known check (kind in ('released', 'refused', 'opened')),
    at timestamptz(3) not null,
    by text not null constraint somebody_is_known check (by in ('officer', 'supervision')),
    staff uuid not null
  );
  comment on table oversight.unmasking_event is 'What happened to wishes to learn who acted: append-only';
  ${comments('unmasking_event', {
    unmasking: 'The wish',
    number: 'Order of the events',
    kind: 'released or refused by the second person; opened by whoever asked',
    at: 'When',
    by: 'As what: an officer of the office, or the supervision',
    staff: 'The member of staff, a random id; shown to nobody',
  })}
  create unique index one_decision_each on oversight.unmasking_event (unmasking)
    where kind in ('released', 'refused');
  create index events_of_an_unmasking on oversight.unmasking_event (unmasking, number);
  ${guarded('unmasking_event')}
`

/** What concerns the member of staff of the scope. */
const MINE = `case when ${IS_SUPERVISOR} then true when ${IS_OFFICER} then u.office = ${OFFICE} else false end`

const policies = ({ owner }: Roles) => `
  create policy functions_of_the_room on oversight.unmasking for select to ${owner} using (true);
  create policy functions_of_the_room on oversight.unmasking_event to ${owner} using (true) with check (true);
`

const DECIDING = `
  create function oversight.may_ask(entry bigint) returns boolean
    language sql stable ${HEAD}
    select identity.is_officer() and overview.acted(entry, ${OFFICE})
      and exists (select from overview.operator_ref r where r.leaf_index = overview.ref_index(may_ask.entry))
  $$;
  comment on function oversight.may_ask(bigint) is 'Whether the officer of the scope can ask who acted: the own office did, and the authority gave a pseudonym';

  create function oversight.decide_unmasking(reference text, decision text, at timestamptz) returns text
    language plpgsql volatile ${HEAD}
  declare
    wish oversight.unmasking;
  begin
    select u.* into wish from oversight.unmasking u
      where u.reference = decide_unmasking.reference and ${MINE};
    if wish.unmasking is null then
      return 'unknown';
    end if;
    if wish.staff = ${STAFF} then
      return 'own';
    end if;
    if wish.asked_at <= at - interval '14 days' then
      return 'not_now';
    end if;
    insert into oversight.unmasking_event (unmasking, kind, at, by, staff)
      values (wish.unmasking, decision, at, case when ${IS_SUPERVISOR} then 'supervision' else 'officer' end, ${STAFF})
      on conflict do nothing;
    return case when found then 'done' else 'not_now' end;
  end $$;
  comment on function oversight.decide_unmasking(text, text, timestamptz) is 'Releases or refuses as the second person: done, own (asked for by the same person), not_now (decided or lapsed), unknown';
`

const OPENING = `
  create function oversight.unmasked_entry(reference text, at timestamptz) returns bigint
    language sql stable ${HEAD}
    select u.entry from oversight.unmasking u
      where u.reference = unmasked_entry.reference and u.staff = ${STAFF} and u.office = ${OFFICE} and ${IS_OFFICER}
        and exists (select from oversight.unmasking_event e where e.unmasking = u.unmasking
          and e.kind = 'released' and e.at > unmasked_entry.at - interval '14 days')
  $$;
  comment on function oversight.unmasked_entry(text, timestamptz) is 'The access whose pseudonym the officer of the scope may open now: the asker alone, for 14 days from the release';

  create function oversight.open_unmasking(reference text, at timestamptz)
    returns table (entry bigint, ref bytea)
    language plpgsql volatile ${HEAD}
  begin
    insert into oversight.unmasking_event (unmasking, kind, at, by, staff)
      select u.unmasking, 'opened', open_unmasking.at, 'officer', ${STAFF} from oversight.unmasking u
        where u.reference = open_unmasking.reference
          and u.entry = oversight.unmasked_entry(open_unmasking.reference, open_unmasking.at);
    if not found then
      return;
    end if;
    return query select r.leaf_index, r.ref from overview.operator_ref r
      where r.leaf_index =
        overview.ref_index(oversight.unmasked_entry(open_unmasking.reference, open_unmasking.at));
  end $$;
  comment on function oversight.open_unmasking(text, timestamptz) is 'The encrypted pseudonym, for the asker alone once released; writes down that it was opened';
`

const callers = ({ web_staff: staff }: Roles) => `
  revoke all on function oversight.may_ask(bigint), oversight.decide_unmasking(text, text, timestamptz),
    oversight.unmasked_entry(text, timestamptz), oversight.open_unmasking(text, timestamptz) from public;
  grant usage on schema oversight to ${staff};
  grant execute on function oversight.may_ask(bigint), oversight.decide_unmasking(text, text, timestamptz),
    oversight.unmasked_entry(text, timestamptz), oversight.open_unmasking(text, timestamptz) to ${staff};
`

const rights = ({ web_staff: staff }: Roles) => `
  grant select, insert on oversight.unmasking to ${staff};
  grant select (unmasking, number, kind, at, by) on oversight.unmasking_event to ${staff};
  create policy unmaskings_of_the_office on oversight.unmasking for select to ${staff}
    using (office = ${OFFICE} and ${IS_OFFICER});
  create policy unmaskings_for_the_supervision on oversight.unmasking for select to ${staff}
    using (${IS_SUPERVISOR});
  create policy asking on oversight.unmasking for insert to ${staff}
    with check (office = ${OFFICE} and staff = ${STAFF} and oversight.may_ask(entry));
  create policy events_of_what_one_sees on oversight.unmasking_event for select to ${staff}
    using (exists (select from oversight.unmasking u where u.unmasking = unmasking_event.unmasking));
`
