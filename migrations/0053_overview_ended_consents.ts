import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What the access log knows of consents that have ended: who received under them, and what came after. */
export const overviewEndedConsents: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [CITING, RECEIVED, flagging(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

const CITING = ['access_event', 'sealed_event']
  .map(
    (table) => `
  create index ${table}_citing on overview.${table} (consent_id) where consent_id is not null;`,
  )
  .join('')

/** Nobody but other functions of the owner may ask, because the answer tells of withheld accesses. */
const RECEIVED = `
  create function overview.received_under(of_consent uuid)
    returns table (recipient int, subject uuid, last_at timestamptz, sealed boolean)
    language sql stable ${HEAD}
    select event.recipient, event.subject, event.occurred_at, false
      from overview.access_event event
      where event.consent_id = of_consent and event.operation in (1, 2, 3)
    union all
    select event.recipient, event.subject, event.occurred_at, true
      from overview.sealed_event event
      where event.consent_id = of_consent and event.operation in (1, 2, 3)
  $$;
  comment on function overview.received_under(uuid) is 'Who received data under a consent, visible and withheld; for functions of the owner alone';
  revoke all on function overview.received_under(uuid) from public;
`

const flag = (event: string, flags: string) => `
    insert into overview.${flags} (leaf_index, rule, subject, fields, flagged_at, expires_on)
      select event.leaf_index, 'consent.not_valid', event.subject, '{}', flag_ended.at, event.expires_on
        from overview.${event} event
        where event.consent_id = of_consent and event.occurred_at >= since
      on conflict do nothing`

/**
 * An end counts from its receipt, which may lie before accesses that were recorded already. The entry of the
 * access stays as it is; the flag is derived, stands beside it and dies with it.
 */
const flagging = ({ owner }: Roles) => `
  create policy ended_consents on overview.access_flag for insert to ${owner}
    with check (rule = 'consent.not_valid');
  create policy ended_consents on overview.sealed_flag for insert to ${owner}
    with check (rule = 'consent.not_valid');

  create function overview.flag_ended(of_consent uuid, since timestamptz, at timestamptz) returns void
    language sql volatile ${HEAD}
    ${flag('access_event', 'access_flag').trim()};
    ${flag('sealed_event', 'sealed_flag').trim()};
  $$;
  comment on function overview.flag_ended(uuid, timestamptz, timestamptz) is 'Flags accesses that cite a consent which had ended by then; for functions of the owner alone';
  revoke all on function overview.flag_ended(uuid, timestamptz, timestamptz) from public;
`
