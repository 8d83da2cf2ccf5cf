import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startTestApp, type TestApp } from '../support/app.js'
import { deskOf, run, start, type Desk } from './sender-run.js'

/** A test that starts programs, which takes its time on a busy machine. */
const slowly = (name: string, work: () => Promise<void>) => it(name, work, 120_000)

let app: TestApp
let desk: Desk
let ticking: NodeJS.Timeout

beforeAll(async () => {
  app = await startTestApp()
  // The sender is a program of its own, with the machine's clock: the portal's must keep up with it.
  ticking = setInterval(() => app.clock.moveTo(new Date()), 20)
})

beforeEach(async () => {
  desk = await deskOf(app)
})

afterEach(() => desk.close())

afterAll(async () => {
  clearInterval(ticking)
  await app?.close()
})

const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => `L ${from + at}`)

describe('after a crash', () => {
  slowly('delivers every event exactly once, however often it is killed', async () => {
    const input = desk.input('killed.jsonl', 300)
    const args = [...desk.args, '--batch', '3', input]
    for (const reached of [1, 60, 61, 150]) {
      const running = start(args)
      while ((await desk.recorded()).length < reached) await sleep(5)
      running.kill()
      expect((await running.ended).signal).toBe('SIGKILL')
    }
    expect((await desk.recorded()).length).toBeLessThan(300)
    expect((await run(args)).code).toBe(0)
    expect(await desk.recorded()).toEqual(numbered(300))
  })

  slowly('learns the fate of a batch that was recorded without its knowing', async () => {
    const input = desk.input('lost.jsonl', 4)
    await run([...desk.args, '--batch', '2', input])
    const done = desk.state(input)
    const [firstBatch] = await stateAfter(2)
    const pending = { firstSeq: 3, events: 2, digest: done['digest'] }
    writeFileSync(`${input}.state.json`, JSON.stringify({ ...firstBatch, pending }))
    const { code, out } = await run([...desk.args, '--batch', '1', input])
    expect([code, out.slice(0, 23)]).toEqual([0, '0 sent, 4 already known'])
    expect(await desk.recorded()).toEqual(numbered(4))

    async function stateAfter(lines: number): Promise<Record<string, unknown>[]> {
      const other = await deskOf(app)
      const part = other.input('part.jsonl', lines)
      writeFileSync(part, readFileSync(input, 'utf8').split('\n').slice(0, lines).join('\n') + '\n')
      await run([...other.args, part])
      const state = { ...other.state(part), stream: desk.office.stream }
      other.close()
      return [state]
    }
  })

  slowly(
    'numbers a batch anew that was never recorded, when others have used its numbers',
    async () => {
      const input = desk.input('late.jsonl', 2)
      await run([...desk.args, input])
      const { digest, ...rest } = desk.state(input)
      const pending = { firstSeq: 1, events: 2, digest }
      const fresh = { ...rest, acknowledged: 0, lastSeq: 0, digest: '', pending }
      const other = await deskOf(app)
      const state = { ...fresh, stream: other.office.stream }
      await other.office.deliver(other.office.events(1, 3, { caseRef: 'other' }))
      writeFileSync(`${input}.state.json`, JSON.stringify(state))
      const { code, out, err } = await run([...other.args, input])
      expect([code, out.slice(0, 6)]).toEqual([0, '2 sent'])
      expect(err).toContain('numbering anew')
      expect(await other.recorded()).toEqual(['other', 'other', 'other', ...numbered(2)])
      other.close()
    },
  )

  slowly('waits while the portal is away, and goes on when it is back', async () => {
    const insider = new pg.Client({ connectionString: app.adminUrl })
    await insider.connect()
    const limit = (most: number) =>
      insider.query(`alter database ${insider.database} connection limit ${most}`)
    await limit(0)
    await insider.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and usename = $1`,
      [app.installation.roles.ingest],
    )
    const running = start([...desk.args, desk.input('patient.jsonl', 5)])
    await sleep(3_000)
    await limit(-1)
    await insider.end()
    const { code, out, err } = await running.ended
    expect([code, out.slice(0, 23)]).toEqual([0, '5 sent, 0 already known'])
    expect(out).not.toContain(' 0 retries')
    expect(err).toMatch(/The portal answered 503; trying again in \d+\.\d s\./)
    expect(await desk.recorded()).toEqual(numbered(5))
  })
})
