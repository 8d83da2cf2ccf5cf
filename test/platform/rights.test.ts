import pg from 'pg'
import type { Login, RoleName } from '../../server/platform/db/roles.js'
import { liveLog } from '../ledger/log.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { answersTo, notRefused, REFUSED } from './answers.js'
import { eventRow, fillPartitions, LOG_TABLES, TREE_TABLES, type LogTable } from './rows.js'

/** Every way in which the application may come to the database: its logins, and the roles they take. */
const WAYS: readonly (readonly [RoleName, Login])[] = [
  ['web', 'web'],
  ['web_public', 'web'],
  ['web_resident', 'web'],
  ['web_staff', 'web'],
  ['ingest', 'ingest'],
  ['worker', 'worker'],
  ['reporting', 'reporting'],
  ['watch', 'watch'],
  ['retention', 'retention'],
]
const SOMEBODY = '11111111-1111-4111-8111-111111111111'

let app: TestApp
let superuser: pg.Client
let tables: LogTable[]

beforeAll(async () => {
  app = await startTestApp()
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
  tables = (await superuser.query<LogTable>(LOG_TABLES)).rows
  await liveLog(app).append(300)
  await fillPartitions(superuser)
  const zeroes = `\\x${'00'.repeat(32)}`
  await superuser.query(`insert into ledger.head_epoch values (1, now(), 0, '${zeroes}', 0)`)
  await superuser.query(`insert into ledger.head_tile values (1, 0, 0, '')`)
})

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

/** Works on a connection of a login, as one of its roles. */
async function as<Value>(
  [role, login]: (typeof WAYS)[number],
  work: (client: pg.ClientBase) => Promise<Value>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Value> {
  const client = await app.installation.pools[login].connect()
  try {
    await client.query(`set role ${app.installation.roles[role]}`)
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [name, value])
    }
    return await work(client)
  } finally {
    client.release(true)
  }
}

const CHANGE: Readonly<Record<string, string>> = {
  'ledger.tile': 'data = data',
  'ledger.bundle': 'data = data',
  'ledger.checkpoint': 'note = note',
  'ledger.head': 'edge = edge',
  'ledger.fingerprint': 'sha256 = sha256',
  'ledger.head_epoch': 'root = root',
  'ledger.head_tile': 'data = data',
  'ingestion.batch': 'answer = answer',
}
const update = (name: string) => `update ${name} set ${CHANGE[name] ?? 'class = class'}`
const truncate = (name: string) => `truncate ${name} cascade`
const remove = (name: string) => `delete from ${name}`
const changes = (name: string) => [update(name), remove(name), truncate(name)]

describe.each(WAYS)('the role %s of the login %s', (role, login) => {
  const tries = (statements: readonly string[]) =>
    as([role, login], (client) => notRefused(client, statements))

  it('makes tables of a transaction where it counts in windows, and nowhere else', async () => {
    const made = await tries(['create temporary table mine (a int) on commit drop'])
    expect(made).toHaveLength(role === 'worker' ? 1 : 0)
  })

  it('changes, deletes and empties nothing of the log', async () => {
    const parents = tables.filter(({ isPartition }) => !isPartition).map(({ name }) => name)
    expect(parents).toEqual(['overview.access_event', 'overview.sealed_event'])
    const statements = [...parents, 'ingestion.batch'].flatMap((name) =>
      role === 'retention' ? [update(name), truncate(name)] : changes(name),
    )
    expect(await tries(statements)).toEqual([])
  })

  it('reaches no partition past the log, not even to read or to add', async () => {
    const partitions = tables.filter(({ isPartition }) => isPartition)
    expect(partitions.length).toBeGreaterThan(20)
    const statements = partitions.flatMap(({ name }) => [
      ...changes(name),
      `select from ${name} limit 1`,
      `insert into ${name} default values`,
    ])
    expect(await tries(statements)).toEqual([])
  })

  it('writes nothing into the tree but through its functions', async () => {
    const statements = TREE_TABLES.flatMap((name) => [
      ...changes(name),
      `insert into ${name} default values`,
    ])
    expect(await tries(statements)).toEqual([])
  })

  it('reaches no job', async () => {
    if (role === 'worker') return
    const statements = [
      `select graphile_worker.add_job('ledger.forget')`,
      'select from graphile_worker._private_jobs',
    ]
    expect(await tries(statements)).toEqual([])
  })

  it('becomes nobody else and turns no guard off', async () => {
    const { roles } = app.installation
    const strangers = (
      ['owner', 'reporting_owner', 'ingest', 'worker', 'watch', 'retention'] as const
    )
      .filter((name) => name !== login)
      .map((name) => `set local role ${roles[name]}`)
    const statements = [
      ...strangers,
      'alter table overview.access_event disable trigger no_change',
      'alter table overview.access_event disable row level security',
      'alter table ledger.tile disable trigger no_change',
      'drop table ledger.tile',
      'set session_replication_role = replica',
      'create table public.planted (one int)',
    ]
    expect(await tries(statements)).toEqual([])
  })
})

describe('the triggers', () => {
  it.each(['origin', 'replica'])(
    'refuse even the superuser, in the log and every partition, while replication is %s',
    async (replication) => {
      await superuser.query(`set session_replication_role = ${replication}`)
      const passed = await notRefused(
        superuser,
        tables.flatMap(({ name }) => changes(name)),
      )
      await superuser.query('reset session_replication_role')
      expect(passed).toEqual([])
    },
  )

  it('refuse even the superuser in the tree, whose head may grow alone', async () => {
    const statements = [
      ...TREE_TABLES.flatMap(changes),
      'update ledger.head set size = size - 1, edge = edge',
    ]
    expect(await notRefused(superuser, statements)).toEqual([])
  })

  it('and row-level security leave the owner without power over a single row', async () => {
    await superuser.query(`set role ${app.installation.roles.owner}`)
    const names = tables.map(({ name }) => name)
    const passed = await notRefused(superuser, [
      ...names.map(truncate),
      ...TREE_TABLES.flatMap(changes),
    ])
    const changed = await answersTo(
      superuser,
      names.flatMap((name) => [update(name), remove(name)]),
    )
    await superuser.query('reset role')
    expect(passed).toEqual([])
    expect(new Set(changed)).toEqual(new Set(['0 rows']))
  })
})

describe('the retention role', () => {
  const due = { subject: SOMEBODY, expiresOn: 'current_date' }
  const young = { subject: SOMEBODY, expiresOn: 'current_date + 1' }
  const asRetention = (...statements: string[]) =>
    as(['retention', 'retention'], (client) => answersTo(client, statements))
  /** For good, unlike `answersTo`. */
  const deleteAll = (table: string) =>
    as(['retention', 'retention'], (client) => client.query(`delete from overview.${table}`))
  const left = async (table: string) => {
    const { rows } = await superuser.query<{ at: number }>(
      `select leaf_index::int as at from overview.${table} where subject = $1 order by 1`,
      [SOMEBODY],
    )
    return rows.map(({ at }) => at)
  }
  const ask = async (statement: string, values: readonly unknown[] = []) =>
    (await superuser.query<Record<string, unknown>>(statement, [...values])).rows
  const tree = () => ask('select (select count(*) from ledger.tile), * from ledger.head')

  it.each(['access_event', 'sealed_event'] as const)(
    'deletes from %s what is due and nothing else, and leaves the tree as it was',
    async (table) => {
      await superuser.query(eventRow({ table, ...due, index: 10 }))
      await superuser.query(eventRow({ table, ...young, index: 11 }))
      const before = await tree()
      // Without a condition: what may go is decided by the database, not by the statement.
      await deleteAll(table)
      expect(await left(table)).toEqual([11])
      expect(await tree()).toEqual(before)
    },
  )

  it('is stopped by the trigger where a policy is missing', async () => {
    const { retention } = app.installation.roles
    await superuser.query(eventRow({ ...young, index: 12 }))
    await superuser.query('begin')
    await superuser.query(
      `create policy planted on overview.access_event to ${retention} using (true)`,
    )
    await superuser.query(`set local role ${retention}`)
    const answers = await answersTo(superuser, ['delete from overview.access_event'])
    await superuser.query('rollback')
    expect(answers).toEqual([REFUSED])
  })

  it('reads nothing but the day on which a row expires', async () => {
    expect(await asRetention('select expires_on from overview.access_event')).toEqual(['0 rows'])
    const more = ['subject', 'salt', 'leaf_index', '*'].map(
      (columns) => `select ${columns} from overview.access_event`,
    )
    expect(await asRetention(...more)).toEqual(more.map(() => REFUSED))
  })

  it('drops a partition of the past only once it is empty', async () => {
    const past = `(current_date - interval '7 months')::date`
    await superuser.query(`select ledger.ensure_partitions(${past}, '0 days')`)
    const { rows } = await superuser.query<{ partition: string }>(
      `${eventRow({ ...due, expiresOn: past, index: 13 })} returning tableoid::regclass::text as partition`,
    )
    const isThere = () => ask('select to_regclass($1) is not null as there', [rows[0]?.partition])
    const dropEmpty = () =>
      as(['retention', 'retention'], (client) =>
        client.query('select ledger.drop_empty_partitions(current_date)'),
      )
    await dropEmpty()
    expect(await isThere()).toEqual([{ there: true }])
    expect(await left('access_event')).toContain(13)
    await deleteAll('access_event')
    await dropEmpty()
    expect(await isThere()).toEqual([{ there: false }])
  })
})

describe('a look by staff', () => {
  const asStaff = (office: string, statement: string) =>
    as(['web_staff', 'web'], (client) => answersTo(client, [statement]), {
      'mirat.office': office,
    })

  it('is written for the own office, and for no other', async () => {
    const look = eventRow({ subject: SOMEBODY, index: 20, office: 2 })
    expect(await asStaff('2', look)).toEqual(['1 rows'])
    expect(await asStaff('3', look)).toEqual([REFUSED])
    expect(await asStaff('', look)).toEqual([REFUSED])
  })

  it('is never read back, and sealed by the officer of the office alone', async () => {
    const sealed = eventRow({ table: 'sealed_event', subject: SOMEBODY, index: 21 })
    expect(await asStaff('2', sealed)).toEqual([REFUSED])
    const { rows } = await superuser.query<{ staff: string }>(
      `insert into identity.staff (staff, role, office, assurance) values (gen_random_uuid(), 'dpo', 2, 'high')
        returning staff`,
    )
    const seeing = (office: string, staff: string) =>
      as(['web_staff', 'web'], (client) => answersTo(client, [sealed]), {
        'mirat.office': office,
        'mirat.staff': staff,
      })
    const [{ staff: officer } = { staff: '' }] = rows
    expect(await seeing('2', officer)).toEqual(['1 rows'])
    expect(await seeing('3', officer)).toEqual([REFUSED])
    expect(await seeing('2', '')).toEqual([REFUSED])
    expect(await asStaff('2', 'select class from overview.sealed_event')).toEqual([REFUSED])
    expect(await asStaff('2', 'select class from overview.access_event')).toEqual([REFUSED])
  })
})
