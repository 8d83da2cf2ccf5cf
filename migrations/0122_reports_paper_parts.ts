import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** A long paper comes in files that can be checked; papers of before were one file each. */
export const reportsPaperParts: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(PARTS).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const PARTS = `
  alter table reports.paper add column part int not null default 1;
  alter table reports.paper add column parts int not null default 1;
  alter table reports.paper alter column part drop default;
  alter table reports.paper alter column parts drop default;
  alter table reports.paper add constraint part_is_one_of_all_parts check (part between 1 and parts);
  comment on column reports.paper.part is 'Number of the file, from 1';
  comment on column reports.paper.parts is 'How many files the paper has';
`
