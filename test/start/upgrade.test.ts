import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrations } from '../../migrations/index.js'
import { migrate, type RoledMigration } from '../../server/platform/db/migrate.js'
import { rolesOf } from '../../server/platform/db/roles.js'
import { serverUrl } from '../support/run.js'
import { openTestInstallation } from '../support/template.js'

const roles = rolesOf('mirat_test')
const name = `mirat_test_${randomBytes(8).toString('hex')}`
const url = new URL(serverUrl())
url.pathname = `/${name}`
let server: pg.Client

beforeAll(async () => {
  server = new pg.Client(serverUrl())
  await server.connect()
})

beforeEach(() => server.query(`create database ${name}`))
afterEach(() => server.query(`drop database if exists ${name} with (force)`))
afterAll(() => server?.end())

const older = Object.fromEntries(Object.entries(migrations).slice(0, -1))
const bring = (list: Readonly<Record<string, RoledMigration>>) =>
  migrate({ adminUrl: url.href, migrations: list, roles })

async function applied(): Promise<string[]> {
  const client = new pg.Client(url.href)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    'select name from mirat_migration order by 1',
  )
  await client.end()
  return rows.map((row) => row.name)
}

describe('a database of the version before', () => {
  it('is brought up to date by the start of this one', async () => {
    await bring(older)
    expect(await applied()).toEqual(Object.keys(older))
    const installation = await openTestInstallation(url.href, { clock: { now: () => new Date() } })
    await installation.close()
    expect(await applied()).toEqual(Object.keys(migrations))
  })

  it('can still be started after a migration was killed half-way', async () => {
    await bring(older)
    const killed: RoledMigration = () => ({
      up: async (db) => {
        await db.schema.createTable('half_done').addColumn('x', 'integer').execute()
        await server.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
        )
        await db.schema.createTable('other_half').addColumn('x', 'integer').execute()
      },
    })
    await expect(bring({ ...migrations, '9999_killed': killed })).rejects.toThrow(/left as it was/)
    expect(await applied()).toEqual(Object.keys(older))
    const installation = await openTestInstallation(url.href, { clock: { now: () => new Date() } })
    await installation.close()
    expect(await applied()).toEqual(Object.keys(migrations))
  })
})
