import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { expectProblem } from '../ingestion/problems.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { openProxy, type Proxy } from '../support/proxy.js'
import { serverUrl } from '../support/run.js'
import { visitor } from '../support/visitor.js'

let app: TestApp
let proxy: Proxy
let office: TestAuthority

beforeAll(async () => {
  proxy = await openProxy(Number(new URL(serverUrl()).port))
  app = await startTestApp({ databasePort: proxy.port, demo: true })
})

beforeEach(async () => {
  office = await authorityOf(app)
})

afterAll(async () => {
  proxy?.swallow(false)
  await app?.close()
  await proxy?.close()
})

async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; ms: number }> {
  const began = performance.now()
  return { value: await work, ms: performance.now() - began }
}

const refused = (answer: { status: number; headers: Headers }) => {
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
}

describe('a database that says nothing', () => {
  it('is answered 503 within three seconds, whether a connection is open or not', async () => {
    const person = visitor(app)
    await person.signIn('resident-en')
    const events = office.events(1, 2)
    proxy.swallow(true)
    const [page, more, delivery, ready] = await Promise.all([
      timed(person.get('/en/me')),
      timed(person.get('/en/me/accesses')),
      timed(office.deliver(events)),
      timed(visitor(app).get('/readyz')),
    ])
    proxy.swallow(false)
    for (const { value, ms } of [page, more, delivery, ready]) {
      refused(value)
      expect(ms).toBeLessThan(3_000)
    }
    // What was swallowed is lost to its connection: the next requests must not meet it.
    proxy.cut()
    expect((await person.get('/en/me')).status).toBe(200)
    expect((await office.deliver(events)).status).toBe(201)
  })
})

describe('a connection that is cut', () => {
  it('loses and doubles nothing, wherever it is cut', async () => {
    for (let seq = 1; seq <= 20; seq++) {
      const events = office.events(seq, 1)
      const first = office.deliver(events)
      await sleep(seq)
      proxy.cut()
      for (let answer = await first; answer.status >= 300; answer = await office.deliver(events)) {
        expectProblem(answer, 503, 'unavailable')
        app.clock.moveTo(new Date(app.clock.now().getTime() + 1000))
      }
    }
    expect(await office.lastSeq()).toBe(20)
    const { admin } = app.installation
    const rows = await admin
      .selectFrom('overview.access_event as event')
      .innerJoin('ingestion.stream as stream', 'stream.stream', 'event.stream')
      .select('event.stream_seq')
      .where('stream.name', '=', office.stream)
      .orderBy('event.leaf_index')
      .execute()
    expect(rows.map((row) => row.stream_seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  })
})

describe('a slow connection', () => {
  it('makes pages slow, not wrong', async () => {
    const person = visitor(app)
    await person.signIn('resident-en')
    proxy.delay(60)
    const { value, ms } = await timed(person.get('/en/me'))
    const delivered = await office.deliver(office.events(1, 2))
    proxy.delay(0)
    expect([value.status, delivered.status]).toEqual([200, 201])
    expect(ms).toBeGreaterThan(120)
  })
})

describe('an exhausted pool', () => {
  it('is answered 503 at about 100 ms, and serves again when a connection is free', async () => {
    const { web } = app.installation.pools
    const held = await Promise.all(Array.from({ length: 8 }, () => web.connect()))
    const { value, ms } = await timed(visitor(app).get('/readyz'))
    refused(value)
    expect(ms).toBeGreaterThan(90)
    expect(ms).toBeLessThan(1_000)
    const patient = visitor(app).get('/readyz')
    await sleep(30)
    held.pop()?.release()
    expect((await patient).status).toBe(200)
    for (const client of held) client.release()
    expect((await visitor(app).get('/readyz')).status).toBe(200)
    expect(web.waitingCount).toBe(0)
  })

  it('does not take a pool whose connections are only being opened for an exhausted one', async () => {
    proxy.cut()
    await sleep(50)
    proxy.delay(60)
    const pages = Array.from({ length: 12 }, () => visitor(app).get('/readyz'))
    const statuses = (await Promise.all(pages)).map(({ status }) => status)
    proxy.delay(0)
    expect(statuses).toEqual(statuses.map(() => 200))
  })
})

describe('two transactions that wait for each other', () => {
  it('both succeed: the one that PostgreSQL ends is tried again', async () => {
    const { inTransaction } = app.portal
    const scope = { login: 'ingest', role: 'ingest' } as const
    const order = [
      [7001, 7002],
      [7002, 7001],
    ]
    let attempts = 0
    const done = await Promise.all(
      order.map((locks) =>
        inTransaction(scope, async (trx) => {
          attempts += 1
          for (const lock of locks) {
            await sql`select pg_advisory_xact_lock(${lock})`.execute(trx)
            await sleep(200)
          }
          return locks[0]
        }),
      ),
    )
    expect(done).toEqual([7001, 7002])
    expect(attempts).toBe(3)
  })
})
