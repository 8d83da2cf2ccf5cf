import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** What an office says of accesses that it delivered is judged by what it delivered: ingestion learns it of its own stream. */
export const overviewDeclarable: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(DELIVERED).execute(db)
    await sql
      .raw(
        `grant execute on function overview.delivered_accesses(int, bigint[], bigint[]) to ${roles.ingest}`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const of = (table: string, isSealed: boolean) => `
    select event.stream_seq, event.leaf_index, event.expires_on, event.occurred_at, event.subject,
        event.channel = 2, case when event.operation = 2 then event.recipient else event.source end, event.unit,
        ${isSealed}
      from asked join overview.${table} event on event.leaf_index = asked.at_index
      where event.stream = of_stream and event.stream_seq = asked.of_seq`

const DELIVERED = `
  create function overview.delivered_accesses(of_stream int, seqs bigint[], at_indices bigint[])
    returns table (seq bigint, leaf_index bigint, expires_on date, occurred_at timestamptz, subject uuid,
      is_manual boolean, actor int, unit int, is_sealed boolean)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with asked as (
      select * from unnest(delivered_accesses.seqs, delivered_accesses.at_indices) as one (of_seq, at_index)
    )
    ${of('access_event', false).trim()}
    union all
    ${of('sealed_event', true).trim()}
  $$;
  comment on function overview.delivered_accesses(int, bigint[], bigint[]) is 'Accesses of one stream by their numbers and leaves, sealed or not, for what their office says of them afterwards';
  revoke all on function overview.delivered_accesses(int, bigint[], bigint[]) from public;
`
