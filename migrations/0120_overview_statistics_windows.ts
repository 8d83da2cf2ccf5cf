import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A month of accesses is read window by window, so that no statement grows with the log. What was read lies in tables of
 * the owner that live as long as the transaction: the worker that publishes reads counts alone, as before, and nobody.
 */
export const overviewStatisticsWindows: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [OURS, BEGINNING, READING, COUNTING, rights(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

/** A table of the same name that somebody else made before would show them whom the functions read. */
const OURS = `
  create function overview.month_is_ours() returns boolean
    language sql stable ${HEAD}
    select count(*) = 2 from pg_class c where c.relowner = current_user::regrole
      and c.oid in (to_regclass('pg_temp.month_entry'), to_regclass('pg_temp.month_person'))
  $$;
  comment on function overview.month_is_ours() is 'Whether the tables of a month that is counted belong to the owner, so that nobody else reads them';
`

const BEGINNING = `
  create function overview.begin_month() returns bigint
    language plpgsql volatile ${HEAD}
  begin
    create temporary table month_person (subject uuid primary key, account uuid) on commit drop;
    create temporary table month_entry (person uuid, operation smallint, fields smallint[]) on commit drop;
    insert into pg_temp.month_person
      select s.subject, min(s.account::text)::uuid from identity.account_subject s
        where s.account in (select several.account from identity.account_subject several
          group by several.account having count(*) > 1)
        group by s.subject;
    analyze pg_temp.month_person;
    return (select h.size from ledger.head h);
  end $$;
  comment on function overview.begin_month() is 'Begins counting a month in this transaction; returns how many leaves the log has';
`

const READING = `
  create function overview.read_month(month date, bottom bigint, top bigint) returns void
    language plpgsql volatile ${HEAD}
  begin
    if not overview.month_is_ours() then
      raise exception 'this month was not begun' using errcode = '42501';
    end if;
    insert into pg_temp.month_entry
      select coalesce(p.account, e.subject), e.operation, e.fields
        from overview.access_event e left join pg_temp.month_person p on p.subject = e.subject
        where e.leaf_index >= bottom and e.leaf_index < top
          and e.occurred_at >= (month + interval '0') at time zone 'Europe/Berlin'
          and e.occurred_at < (month + interval '1 month') at time zone 'Europe/Berlin';
  end $$;
  comment on function overview.read_month(date, bigint, bigint) is 'Reads the visible accesses of a month in German time between two leaves, for the counts of this transaction';
`

/** Numbers that one account joins are one person; what no account joins counts for each number. */
const COUNTING = `
  create function overview.month_in_counts(what text, key text)
    returns table (amount int, people int)
    language plpgsql volatile ${HEAD}
  declare
    of_kind smallint[] := array(select t.id::smallint from catalogue.term t
      where t.kind = 'field' and t.definition ->> 'category' = month_in_counts.key);
  begin
    if not overview.month_is_ours() then
      raise exception 'this month was not begun' using errcode = '42501';
    end if;
    return query select coalesce(sum(one.accesses), 0)::int, count(*)::int from (
      select count(*) as accesses from pg_temp.month_entry e
        where case month_in_counts.what when 'accesses' then true
          when 'operation' then e.operation::text = month_in_counts.key
          when 'kind' then e.fields && of_kind else false end
        group by e.person) one;
  end $$;
  comment on function overview.month_in_counts(text, text) is 'How many accesses were read of a month, and how many people they are about: together, of an operation, or with a kind of data';
  drop function overview.month_in_counts(date);
`

const rights = ({ worker }: Roles) =>
  `
  revoke all on function overview.month_is_ours() from public;` +
  ['begin_month()', 'read_month(date, bigint, bigint)', 'month_in_counts(text, text)']
    .map(
      (signature) => `
  revoke all on function overview.${signature} from public;
  grant execute on function overview.${signature} to ${worker};`,
    )
    .join('')
