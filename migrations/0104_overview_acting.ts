import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Who acted, for rules under a service agreement alone: still encrypted, so that the database tells no two members of
 * staff apart. Looks through this portal get a pseudonym as well, under an agreement alone.
 */
export const overviewActing: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(noting(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw(`grant select on reporting.acting to ${roles.watch}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

const readable = ({ reporting_owner: views }: Roles) => `
  grant select (leaf_index, ref) on overview.operator_ref to ${views};
  create policy for_reports on overview.operator_ref for select to ${views} using (true);
`

/** The role of staff is one for a whole office: it may note who looked, never read it. */
const noting = ({ owner, web_staff: staff }: Roles) => `
  create policy looks_noted on overview.operator_ref for insert to ${owner} with check (true);
  create function overview.note_looker(entry bigint, ref bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    insert into overview.operator_ref (leaf_index, ref, expires_on)
      select event.leaf_index, note_looker.ref, event.expires_on from overview.access_event event
        where event.leaf_index = entry and event.stream is null and event.operation = 2
          and event.recipient = ${OFFICE}
          and event.occurred_at >= oversight.staff_rules_since(event.recipient)
      on conflict do nothing
  $$;
  comment on function overview.note_looker(bigint, bytea) is 'Notes the encrypted pseudonym of whoever looked through this portal, where a service agreement of the own office covers it';
  revoke all on function overview.note_looker(bigint, bytea) from public;
  grant execute on function overview.note_looker(bigint, bytea) to ${staff};
`

/** Visible accesses alone: what is withheld is in no count that others are compared with. */
const VIEW = `
  create view reporting.acting with (security_barrier) as
    select event.leaf_index, ref.leaf_index as ref_index, ref.ref
    from overview.access_event event
    left join overview.release opened on opened.leaf_index = event.leaf_index
    join overview.operator_ref ref on ref.leaf_index = coalesce(opened.sealed_index, event.leaf_index)
    where case when event.operation = 2 then event.recipient else event.source end = ${OFFICE}
      and event.occurred_at >= (select oversight.staff_rules_since(${OFFICE}));
  comment on view reporting.acting is 'Who acted in visible accesses of the office in the setting mirat.office, encrypted: for the login of the rules, and where a service agreement stands alone';
  comment on column reporting.acting.leaf_index is 'The entry';
  comment on column reporting.acting.ref_index is 'The entry at which the pseudonym was encrypted: the sealed one where this one opens it';
  comment on column reporting.acting.ref is 'AES-256-GCM: nonce (12), ciphertext, tag (16)';
`
