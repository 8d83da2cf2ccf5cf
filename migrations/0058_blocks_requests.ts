import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Of what a person with a block is told at once: requests to the residents' register, and what happened in spite of it. */
export const blocksRequests: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(toTell(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/**
 * Visible entries alone: a message about one that is withheld would tell of it. Nothing is told of a block that
 * guards a witness, because whoever reads the messages may not know of it.
 */
const toTell = ({ owner, worker }: Roles) => `
  create policy warned_of on overview.access_flag for select to ${owner} using (rule = 'block.in_spite');

  create function blocks.to_tell(register_fields smallint[], since timestamptz)
    returns table (reference text, subject uuid, leaf_index bigint, recipient int, occurred_at timestamptz, what text)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with standing as (
      select b.reference, b.kind, b.subject as told, b.from_at,
          least(b.ended_at, ((b.until + 1)::text || ' 00:00 Europe/Berlin')::timestamptz) as to_at
        from blocks.block b
        where b.kind in ('information', 'transmission') and b.from_at is not null
          and not b.is_guarded and (b.ended_at is null or b.ended_at > since)
    ), known as (
      select standing.*, standing.told as subject from standing
      union select standing.*, other.subject from standing
        join identity.account_subject own on own.subject = standing.told
        join identity.account_subject other on other.account = own.account
    )
    select known.reference, known.told, event.leaf_index, event.recipient, event.occurred_at, 'requested'
      from known join overview.access_event event on event.subject = known.subject
      where known.kind = 'information' and event.recorded_at >= since
        and event.operation in (2, 3) and event.recipient <> event.source
        and event.fields && register_fields
        and event.occurred_at >= known.from_at and (known.to_at is null or event.occurred_at < known.to_at)
    union all
    select known.reference, known.told, event.leaf_index, event.recipient, event.occurred_at, 'in_spite'
      from known
        join overview.access_flag flag on flag.subject = known.subject and flag.rule = 'block.in_spite'
        join overview.access_event event
          on event.leaf_index = flag.leaf_index and event.expires_on = flag.expires_on
      where known.kind = 'transmission' and flag.flagged_at >= since
        and event.occurred_at >= known.from_at and (known.to_at is null or event.occurred_at < known.to_at)
  $$;
  comment on function blocks.to_tell(smallint[], timestamptz) is 'Visible requests to the residents'' register under an information block, and visible accesses in spite of a transmission block (BMG § 34 (5); AZRG § 4)';
  revoke all on function blocks.to_tell(smallint[], timestamptz) from public;
  grant execute on function blocks.to_tell(smallint[], timestamptz) to ${worker};
`
