import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * That nothing stands against showing a held access is the word of a body (AZRG § 34 (3); BMG § 11 (3); SGB X
 * § 83 (5); BDSG § 34) or of the register (AZRG § 34 (2)). The officer of that body notes it alone; from anybody
 * else it counts once a second person has confirmed it. The reason has to be one that the rule knows.
 */
export const overviewReviewSeconds: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [DECISION, rights(roles), BODIES, DUE, NOTING, DECIDING, calling(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    for (const part of [HELD, waiting(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const IS_SUPERVISOR = `(select identity.is_supervisor())`
const IS_OFFICER = `(select identity.is_officer())`

const BY_A_BODY = `('dis.azr.body_consent', 'dis.sgb.body_consent', 'dis.bdsg.body_consent', 'dis.bmg.origin')`
const BY_A_REGISTER = `('dis.azr.case_review', 'dis.state_law')`
const ruleIn = (codes: string) =>
  `exists (select from catalogue.term t where t.kind = 'rule' and t.id = event.rule and t.code in ${codes})`

const DECISION = `
  alter table overview.review add column alone boolean not null default false;
  comment on column overview.review.alone is 'Whether the body whose word counts noted it itself, so that nobody else need confirm it';
  create table overview.review_decision (
    sealed_index bigint not null,
    number int not null,
    decision text not null constraint a_review_is_confirmed_or_refused check (decision in ('confirmed', 'refused')),
    decided_at timestamptz(3) not null,
    by text not null constraint whoever_confirms_is_known check (by in ('officer', 'supervision')),
    office int,
    staff uuid not null,
    expires_on date not null,
    constraint a_review_is_decided_on_once primary key (sealed_index, number),
    constraint a_confirming_officer_has_an_office check ((by = 'officer') = (office is not null))
  );
  comment on table overview.review_decision is 'What second persons said of reviews that found no obstacle: append-only';
  comment on column overview.review_decision.sealed_index is 'The sealed entry';
  comment on column overview.review_decision.number is 'Number of the review';
  comment on column overview.review_decision.decision is 'confirmed or refused';
  comment on column overview.review_decision.decided_at is 'When';
  comment on column overview.review_decision.by is 'As what: an officer of one of both sides, or the supervision';
  comment on column overview.review_decision.office is 'The office of the officer (catalogue number); supervisors have none';
  comment on column overview.review_decision.staff is 'The member of staff, a random id; shown to nobody';
  comment on column overview.review_decision.expires_on is 'The expiry of the entry';
  create trigger no_change before update on overview.review_decision
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on overview.review_decision
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on overview.review_decision
    for each statement execute function ledger.refuse_change();
  alter table overview.review_decision enable always trigger no_change;
  alter table overview.review_decision enable always trigger no_early_delete;
  alter table overview.review_decision enable always trigger no_truncate;
  alter table overview.review_decision enable row level security;
  alter table overview.review_decision force row level security;
`

const rights = ({ owner, retention, reporting_owner: reports }: Roles) => `
  create policy functions_of_the_room on overview.review_decision for all to ${owner} using (true) with check (true);
  grant select (expires_on), delete on overview.review_decision to ${retention};
  create policy what_is_due_seen on overview.review_decision for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on overview.review_decision for delete to ${retention}
    using (expires_on <= current_date);
  grant select on overview.review_decision to ${reports};
  create policy for_reports on overview.review_decision for select to ${reports} using (true);
`

/** An office is what its kind of authority is. */
const BODIES = `
  create function overview.is_security_body(party int) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from catalogue.term own
      join catalogue.term kind on kind.kind = 'authority'
        and kind.code = coalesce(own.definition ->> 'authorityTypeCode', own.code)
      where own.kind in ('authority', 'office') and own.id = party
        and (kind.definition ->> 'securityBody')::boolean)
  $$;
  comment on function overview.is_security_body(int) is 'Whether an office belongs to police, prosecution, customs investigation or services';
`

const LAST_COUNTS = `coalesce((select r.finding = 'ended' and r.day <= least(today, current_date)
            and (r.alone or exists (select from overview.review_decision d
              where d.sealed_index = r.sealed_index and d.number = r.number and d.decision = 'confirmed'))
          from overview.review r where r.sealed_index = event.leaf_index order by r.number desc limit 1), false)`

const DUE = `
  create or replace function overview.is_due(event overview.sealed_event, today date) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select event.expires_on > today
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index)
      and case when ${ruleIn(`('dis.delay')`)} then event.release_due <= least(today, current_date)
        when ${ruleIn(BY_A_BODY)} or ${ruleIn(BY_A_REGISTER)} then ${LAST_COUNTS}
        else false end
  $$;
  comment on function overview.is_due(overview.sealed_event, date) is 'Whether a sealed entry is to be shown: its delay has passed, or the last review found no obstacle and counts';
`

/** Whose consent it takes: that of the body itself, and where both sides are one, of the side that the law means. */
const alone = (
  is: (codes: string) => string,
) => `(${is(BY_A_BODY)} and overview.is_security_body(${OFFICE})
        and case when ${is(`('dis.bmg.origin')`)} then ${OFFICE} = event.source
          when ${is(`('dis.sgb.body_consent', 'dis.bdsg.body_consent')`)} then ${OFFICE} = event.recipient
          else event.source = event.recipient
            or not (overview.is_security_body(event.source) and overview.is_security_body(event.recipient)) end)`

const NOTING = `
  create or replace function overview.note_review(of_sealed bigint, as_number int, finding text, reason text, day date, at timestamptz)
    returns boolean
    language sql volatile ${HEAD}
    insert into overview.review (sealed_index, number, finding, reason, day, office, staff, noted_at, expires_on,
        alone)
      select event.leaf_index, as_number, note_review.finding, note_review.reason, note_review.day, ${OFFICE},
          ${STAFF}, at, event.expires_on, ${alone(ruleIn)}
        from overview.sealed_event event
        where event.leaf_index = of_sealed and ${OFFICE} in (event.source, event.recipient)
          and event.expires_on > current_date and identity.is_officer()
          and case when ${ruleIn(BY_A_BODY)} then note_review.reason not in ('task_done', 'no_danger')
            when ${ruleIn(BY_A_REGISTER)} then note_review.reason not in ('consent', 'no_consent')
            else false end
          and as_number = 1 + (select count(*) from overview.review r where r.sealed_index = of_sealed)
          and not exists (select from overview.release r where r.sealed_index = of_sealed)
      on conflict do nothing
      returning true
  $$;
  comment on function overview.note_review(bigint, int, text, text, date, timestamptz) is 'Notes what a review found, for the data protection officer of the office; nothing where it is another office''s, the reason is none of its rule, or it was shown or reviewed meanwhile';
`

const DECIDING = `
  create function overview.decide_review(of_sealed bigint, of_number int, decision text, at timestamptz) returns text
    language plpgsql volatile ${HEAD}
  declare
    noted overview.review;
  begin
    select r.* into noted from overview.review r join overview.sealed_event event on event.leaf_index = r.sealed_index
      where r.sealed_index = of_sealed and r.number = of_number and r.finding = 'ended' and not r.alone
        and case when ${IS_SUPERVISOR} then true
          when ${IS_OFFICER} then ${OFFICE} in (event.source, event.recipient) else false end;
    if noted.sealed_index is null then
      return 'unknown';
    end if;
    if identity.is_me(noted.staff) then
      return 'own';
    end if;
    -- Whoever noted it and is not here any more may be here again under another id: it is noted anew.
    if noted.expires_on <= current_date
      or not exists (select from identity.staff m where m.staff = noted.staff and m.state = 'active')
      or exists (select from overview.review r where r.sealed_index = of_sealed and r.number > of_number)
      or exists (select from overview.release r where r.sealed_index = of_sealed) then
      return 'not_now';
    end if;
    insert into overview.review_decision (sealed_index, number, decision, decided_at, by, office, staff, expires_on)
      values (of_sealed, of_number, decide_review.decision, at,
        case when ${IS_SUPERVISOR} then 'supervision' else 'officer' end,
        case when not ${IS_SUPERVISOR} then ${OFFICE} end, ${STAFF}, noted.expires_on)
      on conflict do nothing;
    return case when found then 'done' else 'not_now' end;
  end $$;
  comment on function overview.decide_review(bigint, int, text, timestamptz) is 'Confirms or refuses, as the second person, a review that found no obstacle: done, own (noted by the same person), not_now (decided, reviewed again or shown), unknown';
`

const calling = ({ web_staff: staff, reporting, reporting_owner: owner }: Roles) => `
  revoke all on function overview.decide_review(bigint, int, text, timestamptz), overview.is_security_body(int)
    from public;
  grant execute on function overview.decide_review(bigint, int, text, timestamptz) to ${staff};
  grant execute on function overview.is_security_body(int) to ${reporting}, ${owner};
`

const LAST = (column: string) => `(select r.${column} from overview.review r
      where r.sealed_index = event.leaf_index order by r.number desc limit 1)`
const REVIEWED = `rule.code in ${BY_A_BODY} or rule.code in ${BY_A_REGISTER}`

/** What the second person is told of a review: no person, no file number. */
const COLUMNS = {
  sealed_index: 'The sealed entry',
  number: 'Number of the review',
  rule: 'Code of the disclosure rule',
  reason: 'Why nothing stands against it any more',
  day: 'Since when',
  noted_at: 'When it was noted',
  office: 'The office whose officer noted it (catalogue number)',
  is_own: 'Whether the member of staff of the scope noted it',
  occurred_at: 'When the access happened, as reported',
  source: 'Where the data came from',
  recipient: 'Who received or holds the data',
  purpose: 'Purpose',
} as const

const HELD = `
  create or replace view reporting.held_access with (security_barrier) as
    select event.leaf_index, event.expires_on, event.recorded_at, event.occurred_at, event.source, event.recipient,
      event.purpose, event.release_due, rule.code as rule, rule.code <> 'dis.delay' as is_reviewed,
      (select count(*) from overview.review r where r.sealed_index = event.leaf_index)::int as reviews,
      ${LAST('finding')} as finding, ${LAST('reason')} as reason, ${LAST('day')} as day,
      ${LAST('alone')} as alone,
      (select d.decision from overview.review_decision d where d.sealed_index = event.leaf_index
        and d.number = ${LAST('number')}) as decision,
      ${alone((codes) => `rule.code in ${codes}`)} as decides_alone
    from overview.sealed_event event
    join catalogue.term rule on rule.kind = 'rule' and rule.id = event.rule
    where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient)
      and (rule.code = 'dis.delay' or ${REVIEWED})
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index);
  comment on column reporting.held_access.alone is 'Whether the body whose word counts noted the last review itself';
  comment on column reporting.held_access.decision is 'What a second person said of the last review; absent before';
  comment on column reporting.held_access.decides_alone is 'Whether the word of the office of the scope counts by itself';
`

const waiting = ({ reporting: role }: Roles) => `
  create view reporting.review_to_confirm with (security_barrier) as
    select noted.sealed_index, noted.number, rule.code as rule, noted.reason, noted.day, noted.noted_at, noted.office,
      coalesce(identity.is_me(noted.staff), false) as is_own, event.occurred_at, event.source, event.recipient, event.purpose
    from overview.review noted
    join overview.sealed_event event on event.leaf_index = noted.sealed_index and event.expires_on = noted.expires_on
    join catalogue.term rule on rule.kind = 'rule' and rule.id = event.rule
    where noted.finding = 'ended' and not noted.alone and noted.expires_on > current_date
      and (${IS_SUPERVISOR} or (${IS_OFFICER} and ${OFFICE} in (event.source, event.recipient)))
      and not exists (select from overview.review later
        where later.sealed_index = noted.sealed_index and later.number > noted.number)
      and not exists (select from overview.review_decision d
        where d.sealed_index = noted.sealed_index and d.number = noted.number)
      and not exists (select from overview.release r where r.sealed_index = noted.sealed_index);
  comment on view reporting.review_to_confirm is 'Reviews that found no obstacle and wait for a second person: for officers of both sides and for supervisors, whom mirat.staff names';
${Object.entries(COLUMNS)
  .map(([name, text]) => `  comment on column reporting.review_to_confirm.${name} is '${text}';`)
  .join('\n')}
  grant select on reporting.review_to_confirm to ${role};
`
