import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { EmbeddedServer } from '../../server/platform/db/embedded.js'
import { prepareJobs } from '../../server/platform/jobs.js'
import { ask, isAlive, place, removeAll, start, stopAll } from '../support/embedded.js'
import { startWorker, type JobsWorker } from '../support/jobs-worker.js'
import { openProxy, type Proxy } from '../support/proxy.js'

const LOGIN = { username: 'jobs_worker', password: 'for this test alone' }

let dataDir: string
let server: EmbeddedServer
let proxy: Proxy
let worker: JobsWorker | undefined

beforeAll(async () => {
  dataDir = join(place(), 'data')
  server = await startServer()
  await ask(server.url, `create role ${LOGIN.username} login password '${LOGIN.password}'`)
  await prepareJobs(server.url, { worker: LOGIN.username })
  proxy = await openProxy(server.port)
})

beforeEach(async () => {
  if (!isAlive(server.pid)) await restartServer()
  await ask(server.url, 'truncate graphile_worker._private_jobs')
})

afterEach(async () => {
  proxy.swallow(false)
  proxy.delay(0)
  await worker?.kill()
})

afterAll(async () => {
  await proxy?.close()
  await stopAll()
  removeAll()
})

/** It writes everything down: what was committed must be there after it was killed. */
const startServer = () => start(dataDir, { durable: true })

async function killServer(): Promise<void> {
  process.kill(server.pid, 'SIGKILL')
  while (isAlive(server.pid)) await sleep(5)
  proxy.cut()
}

async function restartServer(): Promise<void> {
  server = await startServer()
  proxy.leadTo(server.port)
}

function begin(): JobsWorker {
  const url = Object.assign(new URL(server.url), { ...LOGIN, port: proxy.port })
  worker = startWorker(url.href)
  return worker
}

/** A worker that has a turn in hand. */
async function inTurn(): Promise<JobsWorker> {
  const started = begin()
  await started.says('ready')
  await addTurn()
  await started.says('working')
  return started
}

const addTurn = () => ask(server.url, `select graphile_worker.add_job('test.turn')`)
const turnsLeft = () => ask(server.url, 'select from graphile_worker._private_jobs')
const sessions = (condition: string) =>
  ask<{ pid: number }>(
    server.url,
    `select pid from pg_stat_activity where usename = '${LOGIN.username}' and ${condition}`,
  )

/** Waits for a session of the worker that does this. */
async function session(condition: string): Promise<number> {
  for (let tries = 0; tries < 1_000; tries++) {
    const [found] = await sessions(condition)
    if (found !== undefined) return found.pid
    await sleep(5)
  }
  throw new Error(`no session of the worker where ${condition}`)
}

/** The turn that was interrupted is worked again, and the next one after it. */
async function expectToGoOn(working: JobsWorker): Promise<void> {
  await working.says('working', 2)
  working.tell('complete')
  await addTurn()
  await working.says('working', 3)
  working.tell('complete')
  for (let tries = 0; (await turnsLeft()).length > 0; tries++) {
    expect(tries).toBeLessThan(400)
    await sleep(5)
  }
  await expectToEnd(working)
}

async function expectToEnd(working: JobsWorker): Promise<void> {
  working.tell('stop')
  expect(await working.ended).toBe(0)
}

const ENDS = [
  ['fail', 'job failed'],
  ['complete', 'job'],
] as const

describe('a process that works jobs', () => {
  it.each(ENDS)(
    'goes on after its database is killed before a turn can %s',
    async (order, told) => {
      const working = await inTurn()
      await killServer()
      working.tell(order)
      await working.says(told)
      await working.says('jobs interrupted')
      await restartServer()
      await expectToGoOn(working)
    },
  )

  it.each(ENDS)('goes on after its session is ended while a turn does %s', async (order) => {
    const working = await inTurn()
    const blocker = new pg.Client({ connectionString: server.url })
    await blocker.connect()
    await blocker.query('begin; lock table graphile_worker._private_jobs')
    working.tell(order)
    const pid = await session(`wait_event_type = 'Lock' and query not like '%attempts + 1%'`)
    await ask(server.url, `select pg_terminate_backend(${pid})`)
    await blocker.end()
    await working.says('jobs interrupted')
    await expectToGoOn(working)
  })

  it('works at once what a transaction asks for, once more what came while it worked, and nothing else', async () => {
    const askFor = (turn: string) => ask(server.url, `notify mirat_asked, '${turn}'`)
    const working = begin()
    await working.says('ready')
    const began = performance.now()
    await askFor('test.turn')
    await working.says('working')
    // Sooner than graphile-worker would look by itself.
    expect(performance.now() - began).toBeLessThan(4_000)
    for (const turn of ['test.unasked', 'test.turn', 'no.turn', 'test.turn']) await askFor(turn)
    while ((await turnsLeft()).length < 2) await sleep(20)
    working.tell('complete')
    await working.says('working', 2)
    working.tell('complete')
    await expectToEnd(working)
    expect(await turnsLeft()).toEqual([])
  })

  it('adds a turn a few times for thousands of asks, so that whoever asks without an end stops no other work', async () => {
    const working = await inTurn()
    const added = async () => {
      const [row] = await ask<{ last: string }>(
        server.url,
        `select pg_sequence_last_value(pg_get_serial_sequence('graphile_worker._private_jobs', 'id'))::text as last`,
      )
      return Number(row?.last)
    }
    const before = await added()
    const began = performance.now()
    // Of one transaction the database itself makes one ask.
    await ask(
      server.url,
      `do $$ begin for i in 1..3000 loop notify mirat_asked, 'test.turn'; commit; end loop; end $$`,
    )
    await sleep(500)
    const tenths = (performance.now() - began) / 100
    expect(await added()).toBeGreaterThan(before)
    expect((await added()) - before).toBeLessThanOrEqual(tenths + 2)
    expect(await turnsLeft()).toHaveLength(2)
    working.tell('complete')
    await working.says('working', 2)
    working.tell('complete')
    await expectToEnd(working)
  })

  it('stops while its database is gone, after the turn in hand', async () => {
    const working = await inTurn()
    await killServer()
    await working.says('jobs interrupted')
    working.tell('stop')
    await working.says('stopping')
    working.tell('complete')
    expect(await working.ended).toBe(0)
    await working.says('job')
  })

  it('stops while it waits for its database', async () => {
    const working = begin()
    await working.says('ready')
    await killServer()
    await working.says('jobs not resumed')
    await expectToEnd(working)
  })

  it('stops within ten seconds where its database says nothing', async () => {
    const working = begin()
    await working.says('ready')
    await session(`query like 'LISTEN%'`)
    proxy.swallow(true)
    const began = performance.now()
    working.tell('stop')
    await working.says('stopped')
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  // graphile-worker then gives that connection back twice, and nobody handles what the pool throws.
  it('stops where its connection is cut while it begins to listen', async () => {
    proxy.delay(400)
    const working = begin()
    await working.says('ready')
    await session(`query like 'LISTEN%'`)
    working.tell('stop')
    await working.says('stopping')
    proxy.cut()
    expect(await working.ended).toBe(0)
  })
})
