import pg from 'pg'
import { migrations } from '../../migrations/index.js'
import { migrate } from '../../server/platform/db/migrate.js'
import { rolesOf } from '../../server/platform/db/roles.js'

/** The roles of all test databases on one server. */
export const TEST_PREFIX = 'mirat_test'

/** Makes the migrated database that every test file clones. */
export async function prepareTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('drop database if exists mirat_template with (force)')
    await client.query('create database mirat_template')
  } finally {
    await client.end()
  }
  const adminUrl = new URL(url)
  adminUrl.pathname = '/mirat_template'
  await migrate({ adminUrl: adminUrl.href, migrations, roles: rolesOf(TEST_PREFIX) })
}
