import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Appointments that offices tell of, each statement an entry of the log: what explains that an office looked, if it was
 * told before (GDPR Articles 5 (2), 39 (1) (b)).
 */
export const appointmentsAppointments: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema appointments authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema appointments is 'Appointments that offices tell of'`,
      APPOINTMENT + comments(COLUMNS),
      ASKED,
      rights(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const APPOINTMENT = `
  create table appointments.appointment (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    subject uuid not null,
    ref bytea not null constraint ref_is_a_hash check (octet_length(ref) = 32),
    day date not null,
    number int not null constraint versions_count_from_one check (number > 0),
    kind text not null constraint appointment_is_booked_or_cancelled check (kind in ('booked', 'cancelled')),
    by text not null constraint an_office_tells check (by = 'office'),
    office int not null,
    unit int,
    operator_digest bytea constraint no_member_of_staff_is_known check (operator_digest is null),
    detail text constraint no_detail_is_known check (detail is null),
    content bytea constraint no_words_are_known check (content is null),
    salt bytea not null constraint appointment_salt_has_32_bytes check (octet_length(salt) = 32),
    primary key (class, expires_on, leaf_index)
  ) partition by list (class);
  create index appointment_by_reference on appointments.appointment (ref, number);
  create index appointments_of_a_subject on appointments.appointment (subject, leaf_index);
  create index appointments_of_an_office on appointments.appointment (office, subject);
  comment on table appointments.appointment is 'What offices said of appointments: append-only, each an entry of the log';

  create trigger no_change before update on appointments.appointment
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on appointments.appointment
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on appointments.appointment
    for each statement execute function ledger.refuse_change();
  alter table appointments.appointment enable always trigger no_change;
  alter table appointments.appointment enable always trigger no_early_delete;
  alter table appointments.appointment enable always trigger no_truncate;
  alter table appointments.appointment enable row level security;
  alter table appointments.appointment force row level security;
`

const COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class',
  expires_on:
    'First day on which the entry is gone: half a year after the last access that it can explain',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When the office told of it',
  subject: 'Keyed subject of the person',
  ref: 'HMAC-SHA-256 of the stream and the name that the office has for the appointment, under a key of the portal',
  day: 'Day of the appointment in Germany; no time and no reason',
  number: 'Version that the office gave, counting up: the highest one counts',
  kind: 'booked (anew, or otherwise than before) or cancelled',
  by: 'Who told of it: always an office',
  office: 'The office (catalogue number)',
  unit: 'Kind of unit at which it is; absent where none was named',
  operator_digest: 'Always absent: nobody of the staff is known',
  detail: 'Always absent: there is no reason',
  content: 'Always absent: there are no words',
  salt: 'The 32 bytes that blind the commitment',
}

/** Ingestion selects nothing: it learns of the references that it names, and how many there are of a person. */
const ASKED = `
  create function appointments.last_said(refs bytea[])
    returns table (ref bytea, number int, kind text, subject uuid, day date, unit int, expires_on date)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct on (a.ref) a.ref, a.number, a.kind, a.subject, a.day, a.unit, a.expires_on
      from appointments.appointment a where a.ref = any (last_said.refs)
      order by a.ref, a.number desc
  $$;
  comment on function appointments.last_said(bytea[]) is 'What was last said of the appointments of which the references are known, for ingestion';
  revoke all on function appointments.last_said(bytea[]) from public;

  create function appointments.crowd(of_office int, subjects uuid[], days date[])
    returns table (place int, on_day int, told int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select asked.place::int, known.on_day::int, known.told::int
      from unnest(crowd.subjects, crowd.days) with ordinality as asked (subject, day, place)
      cross join lateral (
        select count(*) filter (where own.is_last and own.kind = 'booked' and own.day = asked.day) as on_day,
            count(*) as told
          from (select a.kind, a.day, a.number = max(a.number) over (partition by a.ref) as is_last
            from appointments.appointment a
            where a.office = crowd.of_office and a.subject = asked.subject) own
      ) known
  $$;
  comment on function appointments.crowd(int, uuid[], date[]) is 'How many appointments of each person stand on each day at an office, and how many entries there are: counts, for ingestion';
  revoke all on function appointments.crowd(int, uuid[], date[]) from public;
`

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`

/** No right for staff: what an appointment explains, the rules of oversight tell the officer. */
const rights = ({ owner, web_resident: resident, ingest, retention }: Roles) => `
  grant usage on schema appointments to ${resident}, ${ingest}, ${retention};
  create policy functions_of_the_room on appointments.appointment for select to ${owner} using (true);

  grant select (subject, ref, day, number, kind, office, unit, leaf_index, recorded_at, expires_on)
    on appointments.appointment to ${resident};
  create policy own_appointments on appointments.appointment for select to ${resident}
    using (subject = any (${SUBJECTS}));

  grant insert on appointments.appointment to ${ingest};
  grant execute on function appointments.last_said(bytea[]) to ${ingest};
  grant execute on function appointments.crowd(int, uuid[], date[]) to ${ingest};
  create policy telling on appointments.appointment for insert to ${ingest} with check (true);

  grant select (expires_on), delete on appointments.appointment to ${retention};
  create policy what_is_due_seen on appointments.appointment for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on appointments.appointment for delete to ${retention}
    using (expires_on <= current_date);
`

function comments(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, text]) => `comment on column appointments.appointment.${column} is '${text}';`)
    .join('\n')
}
