import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What came for a member of staff: a code and the reference of what it is about, written by triggers of the tables
 * that it tells of, in their transaction. No person and no value stands here, and no time at which anybody read.
 */
export const tidingsInbox: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema tidings authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema tidings is 'What came for members of staff, each for their own eyes'`,
      TIDING,
      functions(roles),
      rights(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const CODES = `('report_ready', 'report_failed', 'report_released', 'report_refused', 'report_lapsed',
      'release_waits', 'unmasking_waits', 'unmasking_released', 'unmasking_refused', 'question_came',
      'question_overdue', 'question_answered', 'answer_overdue')`

const comments = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, text]) => `comment on column tidings.tiding.${column} is '${text}';`)
    .join('\n  ')

const TIDING = `
  create table tidings.tiding (
    tiding uuid primary key,
    number bigint generated always as identity,
    staff uuid not null references identity.staff on delete cascade,
    code text not null constraint tiding_code_is_known check (code in ${CODES}),
    reference text not null constraint tiding_reference_is_plain check (reference ~ '^[0-9A-Z]{8}$'),
    told_at timestamptz(3) not null,
    is_read boolean not null default false,
    expires_on date not null,
    constraint told_once unique (staff, code, reference)
  );
  comment on table tidings.tiding is 'What came for members of staff: codes and references, no person';
  ${comments({
    tiding: 'Random id',
    number:
      'Order in which things came; in no address and on no page, as it counts what came for others',
    staff: 'For whom: a random id, and nobody else reads the row',
    code: 'What came: a code of server/tidings/rules.ts',
    reference: 'Eight characters that name the report, wish or question',
    told_at: 'When it happened',
    is_read:
      'Whether it was read, or is done; no time, which would tell when somebody worked (no working-time evidence)',
    expires_on: 'First day on which the row is gone: after 90 days, or with what it tells of',
  })}
  create index tidings_of_staff on tidings.tiding (staff, number desc);
  create index unread_tidings on tidings.tiding (staff) where not is_read;
  create index tidings_by_reference on tidings.tiding (reference, code);
  create index tidings_by_expiry on tidings.tiding (expires_on);
  alter table tidings.tiding enable row level security;
  alter table tidings.tiding force row level security;
`

/** Called by triggers of other rooms alone: no role of a process may tell anybody anything. */
const functions = ({ owner }: Roles) => `
  create policy functions_of_the_room on tidings.tiding to ${owner} using (true) with check (true);

  create function tidings.tell(to_staff uuid, code text, reference text, at timestamptz, until date)
    returns void language sql volatile ${HEAD}
    insert into tidings.tiding (tiding, staff, code, reference, told_at, expires_on)
      select gen_random_uuid(), m.staff, tell.code, tell.reference, tell.at,
        least((tell.at at time zone 'Europe/Berlin')::date + 90, tell.until)
      from identity.staff m where m.staff = tell.to_staff and m.state = 'active'
      on conflict do nothing
  $$;
  comment on function tidings.tell(uuid, text, text, timestamptz, date) is 'Tells an active member of staff something, once; kept for 90 days, or until the thing it tells of goes';

  create function tidings.tell_releasers(of_office int, but uuid, code text, reference text, at timestamptz)
    returns void language sql volatile ${HEAD}
    select tidings.tell(m.staff, tell_releasers.code, tell_releasers.reference, tell_releasers.at, null)
      from identity.staff m
      where m.state = 'active' and m.staff <> but
        and (m.role = 'supervisor' or (m.role = 'dpo' and m.office = of_office))
  $$;
  comment on function tidings.tell_releasers(int, uuid, text, text, timestamptz) is 'Tells everybody who may be the second person: other officers of the office, and supervisors';

  create function tidings.tell_officers(of_office int, code text, reference text, at timestamptz, until date)
    returns void language sql volatile ${HEAD}
    select tidings.tell(m.staff, tell_officers.code, tell_officers.reference, tell_officers.at, tell_officers.until)
      from identity.staff m where m.state = 'active' and m.role = 'dpo' and m.office = of_office
  $$;
  comment on function tidings.tell_officers(int, text, text, timestamptz, date) is 'Tells the data protection officers of an office';

  create function tidings.settle(codes text[], of_reference text)
    returns void language sql volatile ${HEAD}
    update tidings.tiding t set is_read = true
      where t.reference = of_reference and t.code = any (codes) and not t.is_read
  $$;
  comment on function tidings.settle(text[], text) is 'Marks as read what nobody needs to act on any more';

  revoke all on function tidings.tell(uuid, text, text, timestamptz, date),
    tidings.tell_releasers(int, uuid, text, text, timestamptz),
    tidings.tell_officers(int, text, text, timestamptz, date), tidings.settle(text[], text) from public;
`

const rights = ({ web_staff: staff, retention }: Roles) => `
  grant usage on schema tidings to ${staff}, ${retention};
  grant select (tiding, number, staff, code, reference, told_at, is_read), update (is_read)
    on tidings.tiding to ${staff};
  create policy own_tidings on tidings.tiding for select to ${staff}
    using (staff = ${STAFF} and expires_on > current_date);
  create policy own_reading on tidings.tiding for update to ${staff}
    using (staff = ${STAFF}) with check (staff = ${STAFF} and is_read);
  grant select (expires_on), delete on tidings.tiding to ${retention};
  create policy what_is_due_seen on tidings.tiding for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on tidings.tiding for delete to ${retention}
    using (expires_on <= current_date);
`
