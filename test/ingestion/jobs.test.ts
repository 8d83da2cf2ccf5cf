import pg from 'pg'
import { ingestionJobs } from '../../server/ingestion/jobs.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { authorityOf, keptBatches } from './authority.js'

let app: TestApp
let insider: pg.Client

beforeAll(async () => {
  app = await startTestApp()
  insider = new pg.Client({ connectionString: app.adminUrl })
  await insider.connect()
})

afterAll(async () => {
  await insider?.end()
  await app?.close()
})

describe('the daily job', () => {
  const work = () => Promise.all(ingestionJobs(app.portal).map((job) => job.work()))

  it('deletes what is due, and nothing before its day', async () => {
    const office = await authorityOf(app)
    await office.deliver(office.events(1, 2))
    await office.deliver(office.events(3, 2))
    expect(await work()).toEqual([0])
    await insider.query(
      `insert into ingestion.batch
       select stream, 101, 102, events_hash, jws, answer, received_at, current_date from ingestion.batch
       where first_seq = 1`,
    )
    app.clock.moveTo(new Date(app.clock.now().getTime() + 66_000))
    expect(await work()).toEqual([3])
    const kept = await keptBatches(app, office.stream)
    expect(kept.map(({ first }) => first)).toEqual([1, 3])
    const { rows } = await insider.query('select jti from ingestion.assertion')
    expect(rows).toEqual([])
  })

  it('is not let near what is not yet due, even if its clock runs ahead', async () => {
    app.clock.moveTo(new Date(app.clock.now().getTime() + 20 * 365 * 86_400_000))
    await work()
    const { rows } = await insider.query('select first_seq from ingestion.batch')
    expect(rows).toHaveLength(2)
  })
})
