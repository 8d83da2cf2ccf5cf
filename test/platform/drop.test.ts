import pg from 'pg'
import { dropSchemas } from '../../server/platform/db/drop.js'
import { freshDatabase } from '../support/database.js'

test('a reset leaves nothing of what migrations made, whatever room made it', async () => {
  const database = await freshDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  const left = async () => {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema)'
        union all select tablename from pg_tables where schemaname = 'public' order by name`,
    )
    return rows.map(({ name }) => name)
  }
  expect(await left()).toContain('oversight')
  await dropSchemas(database.url)
  expect(await left()).toEqual(['public'])
  await client.end()
  await database.drop()
}, 60_000)
