import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Questions of a data protection officer to the unit of a finding, and the answers (GDPR Articles 38 (2), 39 (1) (b)).
 * Codes alone: no free words that could name a member of staff. A question is about a visible access, and dies with it.
 */
export const oversightQuestions: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      QUESTION,
      STEP,
      functions(roles),
      STEPS,
      TELLING,
      rights(roles),
      retention(roles),
    ]
    for (const part of parts) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const comments = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, text]) => `comment on column oversight.${table}.${column} is '${text}';`)
    .join('\n  ')

const QUESTION = `
  create table oversight.question (
    question uuid primary key,
    reference text not null constraint question_reference_is_unique unique,
    leaf_index bigint not null,
    rule text not null constraint no_unit_is_asked_about_a_member_of_staff check (rule not like 'staff%'),
    office int not null,
    unit int not null,
    evidence jsonb not null,
    wants text[] not null constraint a_question_wants_something check (cardinality(wants) between 1 and 5
      and wants <@ array['case', 'purpose', 'fields', 'time', 'amount']),
    state text not null constraint question_state_is_known check (state in ('open', 'answered', 'withdrawn')),
    asked_at timestamptz(3) not null,
    due_on date not null,
    is_reminded boolean not null default false,
    answer text constraint answer_is_known check (answer in ('case_here', 'other_office', 'ordered',
      'wrong_purpose', 'mistake', 'machine', 'unexplained')),
    case_ref text constraint case_reference_is_plain check (case_ref ~ '^[A-Za-z0-9 ./_-]{1,40}$'),
    steps int not null,
    changed_at timestamptz(3) not null,
    expires_on date not null,
    constraint what_is_answered_has_an_answer check ((state = 'answered') = (answer is not null)),
    constraint a_case_comes_with_an_answer check (case_ref is null or answer is not null)
  );
  comment on table oversight.question is 'Questions of officers to the unit of a finding; one row each, as it stands now';
  ${comments('question', {
    question: 'Random id',
    reference: 'Eight characters by which people name it',
    leaf_index: 'The entry of the finding',
    rule: 'The rule of the finding',
    office: 'The office that acted, which asks and answers (catalogue number)',
    unit: 'Kind of unit that is asked; 0 where none was reported',
    evidence: 'What the finding rests on, in codes and numbers',
    wants: 'What is asked: codes of server/oversight/flags/questions.ts; no free text',
    state: 'Whether an answer is waited for',
    asked_at: 'When it was asked',
    due_on: 'Day by which an answer is due',
    is_reminded: 'Whether both sides were reminded that it is overdue: once',
    answer: 'The answer: a code; who gave it is the unit, never a name',
    case_ref: 'File number that the unit names; shown only on pages that are a look',
    steps: 'How many steps it has taken',
    changed_at: 'When it took the last',
    expires_on: "The entry''s own expiry: the question dies with it",
  })}
  create unique index one_open_question_for_each_finding on oversight.question (leaf_index, rule)
    where state = 'open';
  create index questions_of_a_finding on oversight.question (leaf_index, rule, asked_at);
  create index questions_of_an_office on oversight.question (office, state, due_on, reference);
  create index questions_by_expiry on oversight.question (expires_on);
  alter table oversight.question enable row level security;
  alter table oversight.question force row level security;
`

const STEP = `
  create table oversight.question_step (
    question uuid not null,
    number int not null,
    kind text not null constraint question_step_is_known check (kind in ('asked', 'reminded', 'answered',
      'withdrawn')),
    office int not null,
    made_at timestamptz(3) not null,
    expires_on date not null,
    primary key (question, number)
  );
  comment on table oversight.question_step is 'What happened to questions, step by step: append-only; who did it is office and unit, never a name';
  ${comments('question_step', {
    question: 'The question',
    number: 'Place among its steps, from 1',
    kind: 'What happened',
    office: 'The office (catalogue number)',
    made_at: 'When',
    expires_on: "The entry''s own expiry",
  })}
  create index question_steps_by_expiry on oversight.question_step (expires_on);
  create trigger no_change before update on oversight.question_step
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on oversight.question_step
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on oversight.question_step
    for each statement execute function ledger.refuse_change();
  alter table oversight.question_step enable always trigger no_change;
  alter table oversight.question_step enable always trigger no_early_delete;
  alter table oversight.question_step enable always trigger no_truncate;
  alter table oversight.question_step enable row level security;
  alter table oversight.question_step force row level security;
`

/** Whoever works for the unit answers; where nobody does, or none was reported, any caseworker of the office. */
const functions = ({ owner, web_staff: staff, worker }: Roles) => `
  create policy functions_of_the_room on oversight.question to ${owner} using (true) with check (true);
  create policy functions_of_the_room on oversight.question_step to ${owner} using (true) with check (true);

  create function oversight.answerers(of_office int, of_unit int) returns setof uuid
    language sql stable ${HEAD}
    select m.staff from identity.staff m
      where m.office = of_office and m.role = 'caseworker' and m.state = 'active'
        and (of_unit = 0 or m.unit = of_unit or not exists (select from identity.staff other
          where other.office = of_office and other.role = 'caseworker' and other.state = 'active'
            and other.unit = of_unit))
  $$;
  comment on function oversight.answerers(int, int) is 'Caseworkers who answer for a unit: its own, or where it has none those of the office';

  create function oversight.may_answer(of_unit int) returns boolean
    language sql stable ${HEAD}
    select exists (select from oversight.answerers(${OFFICE}, of_unit) one where one = ${STAFF})
  $$;
  comment on function oversight.may_answer(int) is 'Whether the member of staff of the scope answers for a unit of its office';

  create function oversight.somebody_answers() returns boolean
    language sql stable ${HEAD}
    select exists (select from oversight.answerers(${OFFICE}, 0))
  $$;
  comment on function oversight.somebody_answers() is 'Whether the office of the scope has anybody who can answer in the portal';

  create function oversight.remind_overdue(at timestamptz) returns bigint
    language sql volatile ${HEAD}
    with overdue as (
      update oversight.question q set is_reminded = true, steps = q.steps + 1, changed_at = remind_overdue.at
        where q.question in (select o.question from oversight.question o
          where o.state = 'open' and not o.is_reminded
            and o.due_on < (remind_overdue.at at time zone 'Europe/Berlin')::date
          order by o.due_on limit 200)
        returning 1
    )
    select count(*) from overdue
  $$;
  comment on function oversight.remind_overdue(timestamptz) is 'Reminds once of questions whose day has passed, of 200 at a time; returns of how many';

  revoke all on function oversight.answerers(int, int), oversight.may_answer(int), oversight.somebody_answers(),
    oversight.remind_overdue(timestamptz) from public;
  grant execute on function oversight.may_answer(int), oversight.somebody_answers() to ${staff};
  grant execute on function oversight.remind_overdue(timestamptz) to ${worker};
`

/** No step is without its line, and deciding a finding ends its question, whoever does either. */
const STEPS = `
  create function oversight.note_question_step() returns trigger
    language plpgsql ${HEAD}
  begin
    insert into oversight.question_step (question, number, kind, office, made_at, expires_on)
      values (new.question, new.steps,
        case when tg_op = 'INSERT' then 'asked' when new.state <> old.state then new.state else 'reminded' end,
        new.office, new.changed_at, new.expires_on);
    return null;
  end $$;
  comment on function oversight.note_question_step() is 'Writes down what happened to a question';

  create function oversight.withdraw_question() returns trigger
    language plpgsql ${HEAD}
  begin
    update oversight.question q set state = 'withdrawn', steps = q.steps + 1, changed_at = new.changed_at
      where q.leaf_index = new.leaf_index and q.rule = new.rule and q.state = 'open';
    return null;
  end $$;
  comment on function oversight.withdraw_question() is 'Ends the open question of a finding that its officer has decided';

  revoke all on function oversight.note_question_step(), oversight.withdraw_question() from public;
  create trigger note_step after insert or update on oversight.question
    for each row execute function oversight.note_question_step();
  alter table oversight.question enable always trigger note_step;
  create trigger withdraw_question after update on oversight.finding
    for each row when (new.state <> 'asked') execute function oversight.withdraw_question();
  alter table oversight.finding enable always trigger withdraw_question;
`

/** Staff are told in the transaction in which a question changes, whoever changes it. */
const TELLING = `
  create function oversight.tell_of_question() returns trigger
    language plpgsql ${HEAD}
  begin
    if tg_op = 'INSERT' then
      perform tidings.tell(one, 'question_came', new.reference, new.changed_at, new.expires_on)
        from oversight.answerers(new.office, new.unit) one;
    elsif new.state <> 'open' then
      perform tidings.settle(array['question_came', 'question_overdue', 'answer_overdue'], new.reference);
      if new.state = 'answered' then
        perform tidings.tell_officers(new.office, 'question_answered', new.reference, new.changed_at,
          new.expires_on);
      end if;
    else
      perform tidings.tell(one, 'question_overdue', new.reference, new.changed_at, new.expires_on)
        from oversight.answerers(new.office, new.unit) one;
      perform tidings.tell_officers(new.office, 'answer_overdue', new.reference, new.changed_at, new.expires_on);
    end if;
    return null;
  end $$;
  comment on function oversight.tell_of_question() is 'Tells the unit of a question, and officers of its answer; both once where it is overdue';
  revoke all on function oversight.tell_of_question() from public;
  create trigger tell after insert or update on oversight.question
    for each row execute function oversight.tell_of_question();
  alter table oversight.question enable always trigger tell;
`

const OF_THE_OFFICER = `office = ${OFFICE} and (select identity.is_officer())`
const OF_THE_UNIT = `office = ${OFFICE} and oversight.may_answer(unit) and state <> 'withdrawn'`

/** A question stands beside a visible finding alone: of a withheld access caseworkers must not learn. */
const rights = ({ web_staff: staff }: Roles) => `
  grant select, insert, update (state, answer, case_ref, steps, changed_at) on oversight.question to ${staff};
  create policy questions_of_the_officer on oversight.question for select to ${staff}
    using (${OF_THE_OFFICER} and expires_on > current_date);
  create policy questions_of_the_unit on oversight.question for select to ${staff}
    using (${OF_THE_UNIT} and expires_on > current_date);
  create policy asking on oversight.question for insert to ${staff}
    with check (${OF_THE_OFFICER} and state = 'open' and steps = 1 and not is_reminded
      and exists (select from oversight.finding f where f.leaf_index = question.leaf_index
        and f.rule = question.rule and f.office = question.office and f.expires_on = question.expires_on
        and f.state = 'asked' and f.reason = 'portal'));
  create policy answering on oversight.question for update to ${staff}
    using (${OF_THE_UNIT} and state = 'open') with check (${OF_THE_UNIT} and state = 'answered');

  grant select on oversight.question_step to ${staff};
  create policy steps_of_what_one_sees on oversight.question_step for select to ${staff}
    using (exists (select from oversight.question q where q.question = question_step.question));
`

const retention = ({ retention: role }: Roles) =>
  ['question', 'question_step']
    .map(
      (table) => `
  grant select (expires_on), delete on oversight.${table} to ${role};
  create policy what_is_due_seen on oversight.${table} for select to ${role}
    using (expires_on <= current_date);
  create policy what_is_due on oversight.${table} for delete to ${role}
    using (expires_on <= current_date);`,
    )
    .join('\n')
