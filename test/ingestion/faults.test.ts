import pg from 'pg'
import { auditInstallation } from '../../server/compose/audit.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { authorityOf, treeSize, type TestAuthority } from './authority.js'
import { contractFaults, observations, observe, type OpenApi } from './observed.js'
import { expectProblem } from './problems.js'

let app: TestApp
let office: TestAuthority
let insider: pg.Client

beforeAll(async () => {
  app = await startTestApp()
  insider = new pg.Client({ connectionString: app.adminUrl })
  await insider.connect()
})

beforeEach(async () => {
  office = await authorityOf(app)
})

afterAll(async () => {
  await insider?.end()
  await app?.close()
})

describe('two batches that meet at the append lock', () => {
  it('cannot both use one request id, though neither sees the other yet', async () => {
    const sibling = await authorityOf(app)
    const jti = `twice-${office.stream}`
    await insider.query('select pg_advisory_lock(7239614)')
    const answers = Promise.all([
      office.deliver(office.events(1, 1), { jti }),
      sibling.deliver(sibling.events(1, 1), { jti }),
    ])
    while ((await waiting()) < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    await insider.query('select pg_advisory_unlock(7239614)')
    expect((await answers).map(({ status }) => status).sort()).toEqual([201, 401])
  })

  async function waiting(): Promise<number> {
    const { rows } = await insider.query(
      `select from pg_stat_activity
       where datname = current_database() and usename = $1 and wait_event_type = 'Lock'`,
      [app.installation.roles.ingest],
    )
    return rows.length
  }
})

describe('a database that is away', () => {
  it('makes the portal refuse, and nothing is lost or doubled afterwards', async () => {
    const events = office.events(1, 2)
    await office.deliver(events)
    const more = office.events(3, 2)
    const before = await treeSize(app)
    await admitConnections(false)
    const refused = await office.deliver(more)
    const unread = await office.read()
    await admitConnections(true)
    for (const answer of [refused, unread]) {
      expectProblem(answer, 503, 'unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await treeSize(app)).toBe(before)
    expect((await office.deliver(more)).status).toBe(201)
    expect((await office.deliver(events)).status).toBe(200)
    expect(await office.lastSeq()).toBe(4)
  })

  it('loses and doubles nothing while its connections die in the middle of batches', async () => {
    const statuses = new Set<number>()
    for (let seq = 1; seq <= 30; seq++) {
      const events = office.events(seq, 1)
      const first = office.deliver(events)
      await new Promise((resolve) => setTimeout(resolve, seq / 2))
      await endConnections()
      for (let answer = await first; ; answer = await office.deliver(events)) {
        statuses.add(answer.status)
        if (answer.status < 300) break
        expectProblem(answer, 503, 'unavailable')
        app.clock.moveTo(new Date(app.clock.now().getTime() + 1000))
      }
    }
    expect([...statuses]).toContain(503)
    expect(await office.lastSeq()).toBe(30)
    const { rows } = await insider.query<{ seq: number; leaves: number }>(
      `select stream_seq::int as seq, count(*)::int as leaves from overview.access_event
       where stream = (select stream from ingestion.stream where name = $1)
       group by stream_seq order by stream_seq`,
      [office.stream],
    )
    expect(rows).toEqual(Array.from({ length: 30 }, (_, at) => ({ seq: at + 1, leaves: 1 })))
  })

  async function admitConnections(admitted: boolean): Promise<void> {
    const { database } = insider
    await insider.query(`alter database ${database} connection limit ${admitted ? -1 : 0}`)
    if (!admitted) await endConnections()
  }

  async function endConnections(): Promise<void> {
    await insider.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = $1`,
      [app.installation.roles.ingest],
    )
  }
})

describe('what the faults left', () => {
  it('is nothing but answers of the OpenAPI document', async () => {
    const document = (await observe(app, '/api/openapi.json')).body as unknown as OpenApi
    expect(observations.flatMap((seen) => contractFaults(document, seen))).toEqual([])
  })

  it('is a log that is whole', async () => {
    const report = await auditInstallation(app.installation)
    expect(report.faults).toEqual([])
    expect(report.entries).toBeGreaterThan(0)
  })
})
