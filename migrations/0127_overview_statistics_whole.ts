import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A month of accesses is counted as a whole or not at all. Until now the worker said from which leaf to which: whoever
 * has its login could have counted two accesses by themselves, and learned whether one account joins their numbers. No
 * step takes a bound now, nothing is told before the last step, and none reads more than a window, however many accounts
 * there are and however long the month is.
 */
export const overviewStatisticsWhole: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [DROPPED, OURS, BEGINNING, READING, COUNTING, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

/** People are counted in so many parts: a part of ten million is small. */
const PARTS = 64

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const DROPPED = `
  drop function overview.begin_month();
  drop function overview.read_month(date, bigint, bigint);
  drop function overview.month_in_counts(text, text);
`

/** A table of the same name that somebody else made before would show them whom the functions read. */
const OURS = `
  create function overview.month_window() returns bigint
    language sql immutable as 'select 16384::bigint';
  comment on function overview.month_window() is 'So many leaves of the log one step of counting a month reads';
  create or replace function overview.month_is_ours() returns boolean
    language sql stable ${HEAD}
    select count(*) = 3 from pg_class c where c.relowner = current_user::regrole
      and c.oid in (to_regclass('pg_temp.month_course'), to_regclass('pg_temp.month_person'),
        to_regclass('pg_temp.month_count'))
  $$;
`

/** A mark for each number that is published: 0 all accesses, 1 to 15 by operation, from 16 on kinds of data. */
const BEGINNING = `
  create function overview.begin_month(month date) returns void
    language plpgsql volatile ${HEAD}
  begin
    create temporary table month_course (bottom timestamptz, top timestamptz, leaf bigint, size bigint,
      part int, marks bigint[]) on commit drop;
    create temporary table month_person (person uuid not null, marks bigint not null) partition by hash (person)
      on commit drop;
    for part in 0 .. ${PARTS} - 1 loop
      execute format('create temporary table month_person_%s partition of pg_temp.month_person
        for values with (modulus ${PARTS}, remainder %s) on commit drop', part, part);
    end loop;
    create temporary table month_count (bit int primary key, what text not null, key text not null,
      amount bigint not null default 0, people bigint not null default 0) on commit drop;
    insert into pg_temp.month_count (bit, what, key)
      select 0, 'accesses', ''
      union all select operation, 'operation', operation::text from generate_series(1, 4) operation
      union all select 15 + row_number() over (order by kinds.kind), 'kind', kinds.kind from (
        select distinct t.definition ->> 'category' as kind from catalogue.term t where t.kind = 'field') kinds;
    insert into pg_temp.month_course select (month + interval '0') at time zone 'Europe/Berlin',
      (month + interval '1 month') at time zone 'Europe/Berlin', 0, h.size, 0,
      array(select 1::bigint << c.bit from generate_series(1, (select max(f.id) from catalogue.term f where f.kind = 'field')) id (id)
        left join catalogue.term t on t.kind = 'field' and t.id = id.id
        left join pg_temp.month_count c on c.what = 'kind' and c.key = t.definition ->> 'category' order by id.id)
      from ledger.head h;
  end $$;
  comment on function overview.begin_month(date) is 'Begins counting the month that begins on a day, in this transaction; whoever calls it says whether the month may be counted';
`

/**
 * Numbers that one account joins are one person; what no account joins counts for each number. Whoever a window is about
 * is kept in parts, by a hash of the person: so the same person is in the same part, and each part is counted by itself.
 */
const READING = `
  create function overview.read_month() returns boolean
    language plpgsql volatile ${HEAD}
  declare
    course record;
  begin
    if not overview.month_is_ours() then
      raise exception 'this month was not begun' using errcode = '42501';
    end if;
    select * into strict course from pg_temp.month_course;
    if course.leaf < course.size then
      with entry as materialized (
        select e.subject, e.operation, e.fields from overview.access_event e
          where e.leaf_index >= course.leaf and e.leaf_index < least(course.leaf + overview.month_window(), course.size)
            and e.occurred_at >= course.bottom and e.occurred_at < course.top
      ), known as materialized (
        select one.subject, coalesce((
            select s.account from identity.account_subject s where s.subject = one.subject
              order by exists (select from identity.account_subject other
                where other.account = s.account and other.subject <> s.subject) desc, s.account limit 1
          ), one.subject) as person
          from (select distinct entry.subject from entry) one
      ), marked as materialized (
        select known.person, 1::bigint | (1::bigint << e.operation::int) | coalesce((
            select bit_or(course.marks[field]) from unnest(e.fields) field), 0) as marks
          from entry e join known using (subject)
      ), kept as (
        insert into pg_temp.month_person select m.person, bit_or(m.marks) from marked m group by m.person
      ), amount as (
        select m.marks, count(*) as entries from marked m group by m.marks
      )
      update pg_temp.month_count c set amount = c.amount + coalesce((
        select sum(a.entries) from amount a where (a.marks >> c.bit) & 1 = 1), 0);
      update pg_temp.month_course c set leaf = c.leaf + overview.month_window();
    elsif course.part < ${PARTS} then
      execute format('with one as (
          select bit_or(p.marks) as marks from pg_temp.month_person_%s p group by p.person
        ), people as (
          select one.marks, count(*) as persons from one group by one.marks
        )
        update pg_temp.month_count c set people = c.people + coalesce((
          select sum(p.persons) from people p where (p.marks >> c.bit) & 1 = 1), 0)', course.part);
      update pg_temp.month_course c set part = c.part + 1;
    end if;
    return (select c.part < ${PARTS} from pg_temp.month_course c);
  end $$;
  comment on function overview.read_month() is 'The next step of counting the month that was begun in this transaction: a window of the log, then a part of its people; whether there are more';
`

const COUNTING = `
  create function overview.month_in_counts()
    returns table (what text, key text, amount int, people int)
    language plpgsql volatile ${HEAD}
  begin
    if not overview.month_is_ours() then
      raise exception 'this month was not begun' using errcode = '42501';
    end if;
    if (select c.part < ${PARTS} from pg_temp.month_course c) then
      raise exception 'this month was not read to its end' using errcode = '42501';
    end if;
    return query select c.what, c.key, c.amount::int, c.people::int from pg_temp.month_count c;
  end $$;
  comment on function overview.month_in_counts() is 'How many visible accesses a month has that was read to its end, and how many people they are about: together, by operation, by kind of data';
`

const rights = ({ worker }: Roles) => `
  revoke all on function overview.month_window() from public;
  revoke all on function overview.begin_month(date) from public;
  revoke all on function overview.read_month() from public;
  revoke all on function overview.month_in_counts() from public;
  grant execute on function overview.read_month() to ${worker};
  grant execute on function overview.month_in_counts() to ${worker};
`
