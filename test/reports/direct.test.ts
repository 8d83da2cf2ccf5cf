import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Notification } from 'pg'
import { mending } from '../../migrations/0121_reports_directly.js'
import { makingParts } from '../../server/compose/oversight.js'
import { startJobs, type RunningJobs } from '../../server/platform/jobs.js'
import { createLog } from '../../server/platform/log.js'
import { createMaking, type MakingParts } from '../../server/reports/index.js'
import { canRead, faultsOf } from '../platform/pdf/reader.js'
import { testPages } from '../support/pages.js'
import { officerOf, REPORTS, sha256, type Officer } from './officer.js'

let officer: Officer
let running: RunningJobs | undefined

beforeAll(async () => {
  officer = await officerOf()
}, 60_000)

beforeEach(async () => {
  while ((await officer.work()) > 0);
})

afterEach(async () => {
  await running?.stop()
  running = undefined
})

afterAll(async () => officer?.room.close())

const ask = async (statement: string, values: readonly unknown[] = []) =>
  (await officer.room.superuser.query<Record<string, unknown>>(statement, [...values])).rows

/** Turns that were asked for and are not worked yet. */
const turns = () => ask(`select from graphile_worker.jobs where key = 'asked reports.make'`)

/** A real worker whose every job comes round on New Year alone. */
async function startWorker(): Promise<void> {
  const { jobs } = officer.room.app.portal
  running = await startJobs({
    jobs: jobs.map((job) => ({ ...job, cron: '0 0 1 1 *' })),
    pool: officer.room.app.installation.pools.worker,
    log: createLog('silent'),
  })
}

describe('a report', () => {
  it('is asked of the worker in the transaction that lets it be made, and not before', async () => {
    const heard: (string | undefined)[] = []
    const hear = ({ payload }: Notification) => heard.push(payload)
    const { superuser } = officer.room
    superuser.on('notification', hear)
    await ask('listen mirat_asked')
    const reference = await officer.unreleased()
    await ask('select')
    expect(heard).toEqual([])
    const { releases } = officer.room.app.portal
    await releases.decide(officer.supervisor, { reference, decision: 'released' })
    await ask('select')
    expect(heard).toEqual(['reports.make'])
    await ask('unlisten mirat_asked')
    superuser.off('notification', hear)
  })

  it('is ready within seconds of its release, whatever time it is', async () => {
    await startWorker()
    const reference = await officer.asked('ar')
    const began = performance.now()
    while ((await officer.read(reference)).state !== 'ready') {
      expect(performance.now() - began).toBeLessThan(20_000)
      await sleep(50)
    }
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(body).toContain('Der Bericht ist fertig.')
    await running?.stop()
    expect(await turns()).toEqual([])
  }, 30_000)

  it('is made anew where its process was killed in the middle of a file', async () => {
    const reference = await officer.asked('ar', 'operation=query')
    const path = fileURLToPath(new URL('dying.ts', import.meta.url))
    const args = ['--import', 'tsx', path, officer.room.app.adminUrl]
    const child = spawn(process.execPath, args, { env: process.env, stdio: 'ignore' })
    expect(await once(child, 'close')).toEqual([null, 'SIGKILL'])
    const before = await officer.read(reference)
    expect([before.state, before.written]).toEqual(['working', 2])
    expect(await officer.work()).toBe(0)
    const { clock, installation, portal } = officer.room.app
    clock.moveTo(new Date(Date.now() + 3 * 60_000))
    const parts = makingParts(installation, portal, testPages().texts)
    expect(await createMaking({ ...parts, rowsOfAPart: 2 }).work()).toBe(1)
    const { state, found, written, parts: files } = await officer.read(reference)
    expect([state, written]).toEqual(['ready', found])
    expect(files.length).toBe(Math.ceil(found / 2))
    for (const { part, sha256: sum, bytes } of files) {
      const file = await officer.fileOf(reference, part)
      expect([sha256(file), file.length]).toEqual([sum, bytes])
      if (canRead) expect(faultsOf(file)).toEqual([])
    }
  }, 60_000)
})

describe('a small report', () => {
  /** One that nobody would wait for: what it held when it was asked for says so. */
  const large = async () => {
    const reference = await officer.asked('de', '', 'csv')
    await ask('update reports.report set expected = 2000 where reference = $1', [reference])
    return reference
  }
  const parts = () => {
    const { app } = officer.room
    return makingParts(app.installation, app.portal, testPages().texts)
  }

  it('is made before a large one goes on, also where it is asked for in between', async () => {
    const slow = await large()
    const second = await large()
    const first = await officer.asked('de', 'operation=query', 'csv')
    const drawn: string[] = []
    let late = ''
    const draw: MakingParts['draw'] = (request, survey, part) => {
      drawn.push(request.reference)
      const file = parts().draw(request, survey, part)
      if (request.reference !== slow || late !== '') return file
      return { ...file, bytes: askedMeanwhile(file.bytes) }
    }
    async function* askedMeanwhile(bytes: AsyncIterable<Uint8Array>) {
      late = await officer.asked('de', 'operation=query', 'csv')
      yield* bytes
    }
    expect(await createMaking({ ...parts(), draw, rowsOfAPart: 2 }).work()).toBe(4)
    const order = drawn.filter((one, at) => one !== drawn[at - 1])
    expect(order).toEqual([first, slow, late, slow, second])
    for (const reference of [first, late, slow, second]) {
      const { state, parts: files } = await officer.read(reference)
      expect(state).toBe('ready')
      for (const { part, sha256: sum } of files) {
        expect(sha256(await officer.fileOf(reference, part))).toBe(sum)
      }
    }
  })

  it('that fails does not take the large one with it', async () => {
    const slow = await large()
    const small = await officer.asked('de', 'operation=query', 'csv')
    const draw: MakingParts['draw'] = (request, survey, part) => {
      if (request.reference === small) throw new Error('no file')
      return parts().draw(request, survey, part)
    }
    await expect(createMaking({ ...parts(), draw }).work()).rejects.toThrow('some reports failed')
    expect((await officer.read(slow)).state).toBe('ready')
    expect((await officer.read(small)).state).toBe('working')
    const end = `update reports.report set state = 'failed', ended_at = now() where reference = $1`
    await ask(end, [small])
  })
})

describe('a report that waited from before a second person was needed', () => {
  /** As the application left it before: to be made, though nobody has released it. */
  const old = async (state: 'waiting' | 'working') => {
    const reference = await officer.unreleased()
    await ask('update reports.report set state = $2, worked_at = $3 where reference = $1', [
      ...[reference, state, state === 'working' ? new Date(0) : null],
    ])
    return reference
  }

  it('is not made, and waits for one after all, who is told', async () => {
    const waiting = await old('waiting')
    const begun = await old('working')
    const released = await officer.asked()
    expect(await officer.work()).toBe(1)
    expect((await officer.read(released)).state).toBe('ready')
    const again = await officer.asked()
    const { roles } = officer.room.app.installation
    await ask(`delete from tidings.tiding`)
    await ask(`begin; set local role ${roles.owner}; ${mending(roles)} commit`)
    for (const [reference, state] of [
      [waiting, 'unreleased'],
      [begun, 'unreleased'],
      [again, 'waiting'],
      [released, 'ready'],
    ] as const) {
      expect([reference, (await officer.read(reference)).state]).toEqual([reference, state])
    }
    const told = await ask('select distinct reference, code from tidings.tiding')
    expect(told.map(({ reference, code }) => [reference, code]).sort()).toEqual(
      [waiting, begun].sort().map((reference) => [reference, 'release_waits']),
    )
    const decision = 'released'
    const { releases } = officer.room.app.portal
    expect(await releases.decide(officer.supervisor, { reference: begun, decision })).toBe('done')
    expect(await officer.work()).toBe(2)
    expect((await officer.read(begun)).state).toBe('ready')
  })
})
