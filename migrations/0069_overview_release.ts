import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What was held back is shown once nothing stands against it any more (AZRG § 34 (2); BDSG § 32 (3); SGB X
 * § 82 (4)): by itself when a uniform delay has passed, or when the body that decides has found no obstacle
 * left. The sealed entry stays as it was committed; a visible one is appended that opens it.
 */
export const overviewRelease: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      OPENED,
      RELEASE,
      REVIEW,
      rights(roles),
      DUE,
      WRITE,
      calling(roles),
      noting(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(reporting(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const OPENED = `
  alter table overview.access_event
    add column sealed_index bigint,
    add column sealed_at timestamptz(3),
    add column sealed_salt bytea,
    add constraint what_was_sealed_is_opened_whole
      check (num_nulls(sealed_index, sealed_at, sealed_salt) in (0, 3)),
    add constraint sealed_salt_has_32_bytes check (octet_length(sealed_salt) = 32);
  comment on column overview.access_event.sealed_index is 'Leaf of the sealed entry that this one opens; absent where it was never held back';
  comment on column overview.access_event.sealed_at is 'When the sealed entry was recorded';
  comment on column overview.access_event.sealed_salt is 'The 32 bytes that blind the sealed entry';
`

const RELEASE = `
  create table overview.release (
    sealed_index bigint primary key,
    leaf_index bigint not null constraint each_release_has_its_own_entry unique,
    released_at timestamptz(3) not null,
    expires_on date not null
  );
  comment on table overview.release is 'Sealed entries that their persons see by now';
  comment on column overview.release.sealed_index is 'Leaf of the sealed entry';
  comment on column overview.release.leaf_index is 'Leaf of the visible entry that opens it';
  comment on column overview.release.released_at is 'When it became visible';
  comment on column overview.release.expires_on is 'The expiry of both';
  alter table overview.release enable row level security;
  alter table overview.release force row level security;
`

const REVIEW = `
  create index sealed_events_to_release on overview.sealed_event (release_due) where release_due is not null;
  create table overview.review (
    sealed_index bigint not null,
    number int not null,
    finding text not null constraint an_obstacle_remains_or_has_ended check (finding in ('remains', 'ended')),
    reason text not null constraint reason_fits_its_finding check (case finding
      when 'remains' then reason in ('task', 'security', 'secrecy', 'no_consent')
      else reason in ('task_done', 'no_danger', 'consent', 'mistaken') end),
    day date not null,
    office int not null,
    staff uuid not null,
    noted_at timestamptz(3) not null,
    expires_on date not null,
    primary key (sealed_index, number)
  );
  comment on table overview.review is 'What reviews of sealed entries found: append-only, the last one counts';
  comment on column overview.review.sealed_index is 'The sealed entry';
  comment on column overview.review.number is 'Counts the reviews of an entry, from 1';
  comment on column overview.review.finding is 'Whether the obstacle remains or has ended';
  comment on column overview.review.reason is 'Code of the reason; no free text';
  comment on column overview.review.day is 'When it is looked at again, or since when there is no obstacle';
  comment on column overview.review.office is 'The office whose data protection officer noted it (catalogue number)';
  comment on column overview.review.staff is 'Who noted it';
  comment on column overview.review.noted_at is 'When it was noted';
  comment on column overview.review.expires_on is 'The expiry of the entry';
  create trigger no_change before update on overview.review
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on overview.review
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on overview.review
    for each statement execute function ledger.refuse_change();
  alter table overview.review enable always trigger no_change;
  alter table overview.review enable always trigger no_early_delete;
  alter table overview.review enable always trigger no_truncate;
  alter table overview.review enable row level security;
  alter table overview.review force row level security;
`

const rights = ({ owner, retention, web_resident: resident, reporting_owner: reports }: Roles) => `
  grant select (sealed_index, sealed_at, sealed_salt) on overview.access_event to ${resident};
  create policy functions_of_the_room on overview.release for all to ${owner} using (true) with check (true);
  create policy functions_of_the_room on overview.review for all to ${owner} using (true) with check (true);
  create policy released on overview.access_event for insert to ${owner} with check (sealed_index is not null);
  create policy released on overview.access_flag for insert to ${owner} with check (true);
  create policy released on overview.sealed_flag for select to ${owner} using (true);
  ${['release', 'review']
    .map(
      (table) => `
  grant select (expires_on), delete on overview.${table} to ${retention};
  create policy what_is_due_seen on overview.${table} for select to ${retention} using (expires_on <= current_date);
  create policy what_is_due on overview.${table} for delete to ${retention} using (expires_on <= current_date);`,
    )
    .join('')}
  grant select on overview.release, overview.review to ${reports};
  grant select (rule) on overview.sealed_event to ${reports};
  create policy for_reports on overview.release for select to ${reports} using (true);
  create policy for_reports on overview.review for select to ${reports} using (true);
`

/** Some have no right to know of it at all (BMG § 11 (1)): for these there is no review and no day. */
const REVIEWED = `('dis.azr.case_review', 'dis.azr.body_consent', 'dis.sgb.body_consent', 'dis.bdsg.body_consent', 'dis.bmg.origin', 'dis.state_law')`
const ruleIn = (codes: string) =>
  `exists (select from catalogue.term t where t.kind = 'rule' and t.id = event.rule and t.code in ${codes})`
const LAST = (column: string) => `(select r.${column} from overview.review r
      where r.sealed_index = event.leaf_index order by r.number desc limit 1)`

/** The day that the caller gives may lie behind the database's, never before it: nothing is shown too early. */
const DUE = `
  create function overview.is_due(event overview.sealed_event, today date) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select event.expires_on > today
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index)
      and case when ${ruleIn(`('dis.delay')`)} then event.release_due <= least(today, current_date)
        when ${ruleIn(REVIEWED)} then ${LAST('finding')} = 'ended'
          and ${LAST('day')} <= least(today, current_date)
        else false end
  $$;
  comment on function overview.is_due(overview.sealed_event, date) is 'Whether a sealed entry is to be shown: its delay has passed, or the last review found no obstacle';

  create function overview.due_for_release(today date, most int) returns setof overview.sealed_event
    language sql stable ${HEAD}
    with possible as (
      select s.leaf_index, s.class, s.expires_on from overview.sealed_event s
        where s.release_due <= least(today, current_date)
          and not exists (select from overview.release done where done.sealed_index = s.leaf_index)
      union
      select s.leaf_index, s.class, s.expires_on from overview.review r
        join overview.sealed_event s on s.leaf_index = r.sealed_index and s.expires_on = r.expires_on
        where r.finding = 'ended'
          and not exists (select from overview.release done where done.sealed_index = r.sealed_index)
    )
    select event.* from possible
      join overview.sealed_event event using (class, expires_on, leaf_index)
      where overview.is_due(event, today) order by event.leaf_index limit most
  $$;
  comment on function overview.due_for_release(date, int) is 'Sealed entries that are to be shown, the oldest first; no others';
`

/** What is written is copied from the sealed row, so that nothing else can be passed off as it. */
const WRITE = `
  create function overview.write_release(of_sealed bigint, at_index bigint, at timestamptz, blinding bytea, today date)
    returns boolean
    language plpgsql ${HEAD}
  declare
    event overview.sealed_event;
  begin
    select s.* into event from overview.sealed_event s where s.leaf_index = of_sealed;
    if event.leaf_index is null or not overview.is_due(event, today) then
      return false;
    end if;
    insert into overview.release (sealed_index, leaf_index, released_at, expires_on)
      values (of_sealed, at_index, at, event.expires_on);
    insert into overview.access_event (class, expires_on, leaf_index, recorded_at, occurred_at, subject, stream,
        stream_seq, seq_digest, operation, channel, source, recipient, unit, purpose, legal_basis, fields,
        case_ref, consent_id, operator_digest, salt, sealed_index, sealed_at, sealed_salt)
      values (event.class - 100, event.expires_on, at_index, at, event.occurred_at, event.subject, event.stream,
        event.stream_seq, event.seq_digest, event.operation, event.channel, event.source, event.recipient,
        event.unit, event.purpose, event.legal_basis, event.fields, event.case_ref, event.consent_id,
        event.operator_digest, blinding, of_sealed, event.recorded_at, event.salt);
    insert into overview.access_flag (leaf_index, rule, subject, fields, flagged_at, expires_on)
      select at_index, f.rule, f.subject, f.fields, f.flagged_at, f.expires_on
        from overview.sealed_flag f where f.leaf_index = of_sealed;
    return true;
  end $$;
  comment on function overview.write_release(bigint, bigint, timestamptz, bytea, date) is 'Writes the visible entry that opens a sealed one, with its flags; false where it is not to be shown';
`

const calling = ({ worker }: Roles) => `
  revoke all on function overview.is_due(overview.sealed_event, date), overview.due_for_release(date, int),
    overview.write_release(bigint, bigint, timestamptz, bytea, date) from public;
  grant execute on function overview.due_for_release(date, int),
    overview.write_release(bigint, bigint, timestamptz, bytea, date) to ${worker};
`

const noting = ({ web_staff: staff }: Roles) => `
  create function overview.note_review(of_sealed bigint, as_number int, finding text, reason text, day date, at timestamptz)
    returns boolean
    language sql volatile ${HEAD}
    insert into overview.review (sealed_index, number, finding, reason, day, office, staff, noted_at, expires_on)
      select event.leaf_index, as_number, note_review.finding, note_review.reason, note_review.day, ${OFFICE},
          ${STAFF}, at, event.expires_on
        from overview.sealed_event event
        where event.leaf_index = of_sealed and ${OFFICE} in (event.source, event.recipient)
          and event.expires_on > current_date and identity.is_officer()
          and ${ruleIn(REVIEWED)}
          and as_number = 1 + (select count(*) from overview.review r where r.sealed_index = of_sealed)
          and not exists (select from overview.release r where r.sealed_index = of_sealed)
      on conflict do nothing
      returning true
  $$;
  comment on function overview.note_review(bigint, int, text, text, date, timestamptz) is 'Notes what a review found, for the data protection officer of the office; nothing where it is another office''s, shown already, or was reviewed meanwhile';
  revoke all on function overview.note_review(bigint, int, text, text, date, timestamptz) from public;
  grant execute on function overview.note_review(bigint, int, text, text, date, timestamptz) to ${staff};
`

const reporting = ({ reporting: role }: Roles) => `
  create view reporting.held_access with (security_barrier) as
    select event.leaf_index, event.expires_on, event.recorded_at, event.occurred_at, event.source, event.recipient,
      event.purpose, event.release_due, rule.code as rule, rule.code <> 'dis.delay' as is_reviewed,
      (select count(*) from overview.review r where r.sealed_index = event.leaf_index)::int as reviews,
      ${LAST('finding')} as finding, ${LAST('reason')} as reason, ${LAST('day')} as day
    from overview.sealed_event event
    join catalogue.term rule on rule.kind = 'rule' and rule.id = event.rule
    where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient)
      and (rule.code = 'dis.delay' or rule.code in ${REVIEWED})
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index);
  comment on view reporting.held_access is 'Accesses of the office that are held back for a while or until a review, for its data protection officer; none that the person may never know of';
  comment on column reporting.held_access.leaf_index is 'Index of its leaf in the tree';
  comment on column reporting.held_access.expires_on is 'First day on which the entry is gone';
  comment on column reporting.held_access.recorded_at is 'When this ledger recorded it';
  comment on column reporting.held_access.occurred_at is 'When the access happened, as reported';
  comment on column reporting.held_access.source is 'Where the data came from';
  comment on column reporting.held_access.recipient is 'Who received or holds the data';
  comment on column reporting.held_access.purpose is 'Purpose';
  comment on column reporting.held_access.release_due is 'When a delay ends or a review is due, as the reporter or the rule said';
  comment on column reporting.held_access.rule is 'Code of the disclosure rule';
  comment on column reporting.held_access.is_reviewed is 'Whether somebody decides; a uniform delay ends by itself';
  comment on column reporting.held_access.reviews is 'How often it was reviewed';
  comment on column reporting.held_access.finding is 'What the last review found';
  comment on column reporting.held_access.reason is 'Why';
  comment on column reporting.held_access.day is 'When it is looked at again, or since when there is no obstacle';
  grant select on reporting.held_access to ${role};

  drop view reporting.sealed_access;
  create view reporting.sealed_access with (security_barrier) as
    select event.leaf_index, event.expires_on, event.recorded_at, event.occurred_at, event.subject,
      event.operation, event.channel, event.source, event.recipient, event.unit, event.purpose,
      event.legal_basis, event.fields, event.case_ref,
      (select min(flag.flagged_at) from overview.sealed_flag flag where flag.leaf_index = event.leaf_index) as flagged_at,
      event.release_due,
      (select r.leaf_index from overview.release r where r.sealed_index = event.leaf_index) as released_as
    from overview.sealed_event event
    where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient);
  comment on view reporting.sealed_access is 'Accesses of an office of which their person must not know (yet), for its data protection officer, whom mirat.staff names';
${Object.entries(SEALED_COLUMNS)
  .map(([name, text]) => `  comment on column reporting.sealed_access.${name} is '${text}';`)
  .join('\n')}
  grant select on reporting.sealed_access to ${role};
`

const SEALED_COLUMNS = {
  leaf_index: 'Index of its leaf in the tree',
  expires_on: 'First day on which the entry is gone',
  recorded_at: 'When this ledger recorded it',
  occurred_at: 'When the access happened, as reported',
  subject: "Keyed hash of the person''s number",
  operation: '1 store, 2 query, 3 transmit, 4 erase',
  channel: '1 automated, 2 manual',
  source: 'Where the data came from',
  recipient: 'Who received or holds the data',
  unit: 'Kind of unit that acted',
  purpose: 'Purpose',
  legal_basis: 'Legal basis',
  fields: 'Fields, in catalogue order',
  case_ref: 'File number at the authority',
  flagged_at: 'Since when it breaks a rule; absent where it breaks none',
  release_due: 'When a delay ends or a review is due; absent where neither is set',
  released_as: 'Leaf of the visible entry that opens it; absent while it is held back',
} as const
