import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Blocks as a data protection officer lists and opens them (GDPR Article 39 (1) (b)): the list has references and
 * nobody in it, opening one is a look at its person. What guards a witness is in neither (AZRG § 4 (2)).
 */
export const blocksOfficers: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(LISTED + OPENED).execute(db)
    await sql.raw(`grant select on reporting.opened_block to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** Neither account, nor words, nor who at the office did what. */
const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (reference, field, grounds, form_met_at, until) on blocks.block to ${owner};
`

const LISTED = `
  create or replace view reporting.block with (security_barrier) as
    select b.kind, b.state, b.filed_at, b.due_on, b.reference, b.from_at, b.ended_at
    from blocks.block b
    where b.office = ${OFFICE} and not b.is_guarded and b.state <> 'draft';
  comment on column reporting.block.reference is 'Eight characters by which people and offices name it';
  comment on column reporting.block.from_at is 'Since when it is in force';
  comment on column reporting.block.ended_at is 'When it was over, in whatever way';
`

const OPENED = `
  create view reporting.opened_block with (security_barrier) as
    select b.reference, b.subject, b.kind, b.state, b.field, b.grounds, b.filed_at, b.form_met_at, b.due_on,
      b.from_at, b.until, b.ended_at
    from blocks.block b
    where (select identity.is_officer()) and b.office = ${OFFICE} and not b.is_guarded and b.state <> 'draft';
  comment on view reporting.opened_block is 'Blocks of the office with whose they are, for its data protection officer, whom mirat.staff names: opening one is a look';
  comment on column reporting.opened_block.reference is 'Eight characters by which people and offices name it';
  comment on column reporting.opened_block.subject is 'Keyed hash of the person''s number';
  comment on column reporting.opened_block.kind is 'transmission, information, restriction or objection';
  comment on column reporting.opened_block.state is 'Where it stands';
  comment on column reporting.opened_block.field is 'Field that a restriction is about (catalogue number)';
  comment on column reporting.opened_block.grounds is 'Codes of the grounds; no free text';
  comment on column reporting.opened_block.filed_at is 'When it was filed; absent for what came with another block';
  comment on column reporting.opened_block.form_met_at is 'When the signed letter or the record was there';
  comment on column reporting.opened_block.due_on is 'Day by which an answer is due; absent until the form is met';
  comment on column reporting.opened_block.from_at is 'Since when it is in force';
  comment on column reporting.opened_block.until is 'Last day on which it is in force; absent where it has no end';
  comment on column reporting.opened_block.ended_at is 'When it was over, in whatever way';
`
