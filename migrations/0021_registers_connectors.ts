import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Where offices answer with the values that they hold; no column could hold such a value. */
export const registersConnectors: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema registers authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [CONNECTORS, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const CONNECTORS = `
  comment on schema registers is 'Where offices answer with values, which are never kept';
  create table registers.connector (
    office int primary key,
    url text not null constraint connector_url_is_short check (length(url) <= 500),
    fields smallint[] not null constraint connector_answers_for_a_field check (cardinality(fields) > 0),
    connected_at timestamptz(3) not null
  );
  comment on table registers.connector is 'Offices whose register answers to signed requests, as the operator entered them';
  comment on column registers.connector.office is 'The office or authority (catalogue number)';
  comment on column registers.connector.url is 'Address of its values; names no person';
  comment on column registers.connector.fields is 'Fields that it answers for (catalogue numbers)';
  comment on column registers.connector.connected_at is 'When the operator connected it or changed it last';
`

const rights = ({ web_resident: resident }: Roles) => `
  grant usage on schema registers to ${resident};
  grant select (office, url, fields) on registers.connector to ${resident};
`
