import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '../support/database.js'
import { dumpSchema } from './schema-dump.js'
import { SCHEMA_LAWS } from './schema-laws.js'

let database: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})

afterAll(async () => {
  await client?.end()
  await database?.drop()
})

async function faultsOf(law: string): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(SCHEMA_LAWS[law]?.faults ?? '')
  return rows.map(({ fault }) => fault)
}

describe('the migrated schema', () => {
  it.each(Object.keys(SCHEMA_LAWS))('%s', async (law) => {
    expect(await faultsOf(law)).toEqual([])
  })

  it.each([
    ['connect to', 'CONNECT', ['ingest', 'reporting', 'retention', 'watch', 'web', 'worker']],
    ['make temporary tables in', 'TEMPORARY', ['owner', 'worker']],
    ['make schemas in', 'CREATE', []],
  ])('lets only some roles %s the database', async (_, may, roles) => {
    const { rows } = await client.query<{ grantee: string }>(
      `select coalesce(role.rolname, 'public') as grantee from pg_database
        cross join aclexplode(datacl) acl left join pg_roles role on role.oid = acl.grantee
        where datname in ('mirat_template', current_database()) and acl.grantee <> datdba
          and acl.privilege_type = $1 and role.rolname is distinct from current_user
        group by 1 order by 1`,
      [may],
    )
    expect(rows.map(({ grantee }) => grantee)).toEqual(roles.map((name) => `mirat_test_${name}`))
  })
})

describe('a planted fault', () => {
  const planted = Object.entries(SCHEMA_LAWS).flatMap(([law, { planted: statements }]) =>
    statements.map((statement) => [law, statement] as const),
  )

  it.each(planted)('breaks the law "%s": %s', async (law, statement) => {
    await client.query('begin')
    try {
      await client.query(statement)
      expect(await faultsOf(law)).not.toEqual([])
    } finally {
      await client.query('rollback')
    }
  })
})

describe('the net schema', () => {
  it.each([
    'catalogue',
    'ledger',
    'overview',
    'ingestion',
    'identity',
    'registers',
    'notices',
    'rectification',
    'inquiries',
    'blocks',
    'appointments',
    'emergencies',
    'reports',
    'oversight',
    'tidings',
    'reporting',
  ])('of %s is the one that was reviewed', async (schema) => {
    expect(await dumpSchema(client, schema)).toMatchSnapshot()
  })
})
