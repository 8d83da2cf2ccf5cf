import pg from 'pg'
import { leafHash, verifyInclusion } from '../../server/ledger/merkle.js'
import { authorityOf } from '../ingestion/authority.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { liveLog, PUBLIC, type LiveLog } from './log.js'

let app: TestApp
let log: LiveLog
let superuser: pg.Client
let old: readonly number[]
let young: readonly number[]

beforeAll(async () => {
  app = await startTestApp()
  log = liveLog(app)
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
  old = await deliverAt(await whatIsDue())
  young = await deliverAt(app.clock.now())
  await app.portal.ledger.tick()
})

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

/**
 * When an access happened whose time is over today (AZRG section 13: half a year); a few days earlier at
 * the end of a month, since not every month has them.
 */
async function whatIsDue(): Promise<Date> {
  const { rows } = await superuser.query<{ day: string }>('select current_date::text as day')
  const [year = 0, month = 0, day = 0] = (rows[0]?.day ?? '').split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - 6, Math.min(day, 28), 12))
}

/** Delivers five accesses as if it were then, two of them withheld; gives their leaves. */
async function deliverAt(then: Date): Promise<readonly number[]> {
  const now = app.clock.now()
  app.clock.moveTo(then)
  const office = await authorityOf(app)
  const details = { operatorRef: 'operator-7', caseRef: 'PF-1' }
  const events = [
    ...office.events(1, 3, details),
    ...office.events(4, 2, { ...details, disclosure: 'withheld' }),
  ]
  const { status, body } = await office.deliver(events)
  app.clock.moveTo(now)
  expect(status).toBe(201)
  return body['indices'] as number[]
}

const TABLES = ['access_event', 'sealed_event', 'operator_ref'] as const

/** How many rows of each table tell of these leaves. */
async function rowsOf(indices: readonly number[]): Promise<number[]> {
  const counts: number[] = []
  for (const table of TABLES) {
    const statement = `select from overview.${table} where leaf_index = any ($1)`
    counts.push((await superuser.query(statement, [indices])).rowCount ?? 0)
  }
  return counts
}

describe('an entry whose time is over', () => {
  it('is gone after the daily job, with salt and pseudonym; a younger one stays', async () => {
    expect([await rowsOf(old), await rowsOf(young)]).toEqual([
      [3, 2, 5],
      [3, 2, 5],
    ])
    const job = app.portal.jobs.find(({ name }) => name === 'overview.retention')
    expect(await job?.work()).toBe(5)
    expect([await rowsOf(old), await rowsOf(young)]).toEqual([
      [0, 0, 0],
      [3, 2, 5],
    ])
  })

  it('leaves its leaf and every proof as they were', async () => {
    const entries = await log.entries()
    for (const index of old) {
      const proof = await log.inTransaction(PUBLIC, (trx) => app.portal.ledger.prove(trx, index))
      const { size, root } = log.open(proof?.checkpoint ?? '')
      const leaf = leafHash(entries[index] ?? Buffer.alloc(0))
      expect(verifyInclusion({ index, size, root, leafHash: leaf, proof: proof?.path ?? [] })).toBe(
        true,
      )
    }
  })

  it('is no fault to the audit', async () => {
    expect(await log.faults()).toEqual([])
  })
})
