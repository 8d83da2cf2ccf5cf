import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What a data protection officer counts of blocks (GDPR Article 39 (1) (b)): kind, state and days, no person and
 * no number. Blocks that guard a witness are in no list (AZRG § 4 (2)), so they are in no count.
 */
export const blocksReporting: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(BLOCKS).execute(db)
    await sql.raw(`grant select on reporting.block to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant usage on schema blocks to ${owner};
  grant select (office, kind, state, filed_at, due_on, is_guarded) on blocks.block to ${owner};
`

const BLOCKS = `
  create view reporting.block with (security_barrier) as
    select b.kind, b.state, b.filed_at, b.due_on from blocks.block b
    where b.office = nullif(current_setting('mirat.office', true), '')::int and not b.is_guarded;
  comment on view reporting.block is 'Blocks, restrictions and objections at one office: at the office in the setting mirat.office';
  comment on column reporting.block.kind is 'transmission, information, restriction or objection';
  comment on column reporting.block.state is 'Where it stands';
  comment on column reporting.block.filed_at is 'When it was filed; absent for what came with another block';
  comment on column reporting.block.due_on is 'Day by which an answer is due; absent until the form is met';
`
