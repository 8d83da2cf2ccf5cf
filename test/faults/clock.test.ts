import { auditInstallation } from '../../server/compose/audit.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { expectProblem } from '../ingestion/problems.js'
import { startTestApp, type TestApp } from '../support/app.js'

let app: TestApp
let office: TestAuthority

beforeAll(async () => {
  app = await startTestApp()
})

beforeEach(async () => {
  // A key counts from when it was registered: here long before any jump.
  jump(-24 * HOUR)
  office = await authorityOf(app)
  jump(24 * HOUR)
})

afterAll(() => app?.close())

const HOUR = 3_600_000
const jump = (ms: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + ms))

async function recorded(): Promise<{ seq: number | null; at: number }[]> {
  const rows = await app.installation.admin
    .selectFrom('overview.access_event as event')
    .innerJoin('ingestion.stream as stream', 'stream.stream', 'event.stream')
    .select(['event.stream_seq', 'event.recorded_at'])
    .where('stream.name', '=', office.stream)
    .orderBy('event.leaf_index')
    .execute()
  return rows.map((row) => ({ seq: row.stream_seq, at: row.recorded_at.getTime() }))
}

describe('a clock that jumps', () => {
  it('back does not change the order: that is the sequence of the log', async () => {
    // One by one: inside a batch the order is shuffled.
    for (const [at, ahead] of [0, -HOUR, 0, HOUR].entries()) {
      jump(ahead)
      expect((await office.deliver(office.events(at + 1, 1))).status).toBe(201)
      await app.portal.ledger.tick()
    }
    const rows = await recorded()
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(rows[1]?.at).toBeLessThan(rows[0]?.at ?? 0)
  })

  it('back makes an access of just now one of the future, which is refused and may come again', async () => {
    const events = office.events(1, 1)
    jump(-HOUR)
    const refused = await office.deliver(events)
    expect(refused.status).toBe(422)
    expect(JSON.stringify(refused.body)).toContain('occurred_in_future')
    jump(HOUR)
    expect((await office.deliver(events)).status).toBe(201)
  })

  it('ahead refuses what was signed before, and takes it signed anew', async () => {
    const events = office.events(1, 1)
    const old = await office.sign(office.claims(events))
    jump(HOUR)
    expectProblem(await office.post(old), 401, 'bad-time')
    expect((await office.deliver(events)).status).toBe(201)
    jump(-HOUR)
  })

  it('leaves a log that is whole', async () => {
    await app.portal.ledger.tick()
    const report = await auditInstallation(app.installation)
    expect(report.faults).toEqual([])
  })
})

describe('a noisy authority', () => {
  it('is slowed down, and another one is served meanwhile', async () => {
    const quiet = await authorityOf(app)
    const noise = Array.from({ length: 250 }, () => office.deliver(office.events(1, 1)))
    const served: number[] = []
    for (let seq = 1; seq <= 5; seq++) {
      served.push((await quiet.deliver(quiet.events(seq, 1))).status)
    }
    const answers = (await Promise.all(noise)).map(({ status }) => status)
    expect(served).toEqual([201, 201, 201, 201, 201])
    expect(answers.filter((status) => status === 201)).toHaveLength(1)
    expect(new Set(answers).has(429) || new Set(answers).has(503)).toBe(true)
    expect(answers.filter((status) => status >= 500 && status !== 503)).toEqual([])
  })
})
