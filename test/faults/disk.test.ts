import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../server/platform/db/embedded.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { expectProblem } from '../ingestion/problems.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { runFolder } from '../support/run.js'
import { visitor, type Visitor } from '../support/visitor.js'

const SIZE_MB = 320

/** A small disk of its own, which only root can make; undefined where it cannot be had. */
function smallDisk(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(runFolder(), 'disk-'))
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=755`, 'x', folder])
  return made.status === 0 ? folder : undefined
}

const disk = smallDisk()
if (disk === undefined) {
  process.stderr.write('SKIPPED: the test of a full disk needs root and the right to mount.\n')
}

const describeOnDisk = disk === undefined ? describe.skip : describe

describeOnDisk('a data disk that is full', () => {
  const folder = disk ?? ''
  let app: TestApp
  let office: TestAuthority
  let person: Visitor
  let stop: () => Promise<void>

  beforeAll(async () => {
    const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false })
    stop = () => server.stop()
    const admin = new pg.Client(server.url)
    await admin.connect()
    await admin.query('create database mirat_disk')
    await admin.end()
    const url = new URL(server.url)
    url.pathname = '/mirat_disk'
    app = await startTestApp({ database: { url: url.href, drop: async () => undefined } })
    office = await authorityOf(app)
    person = visitor(app)
    const numbers = [{ scheme: 'azr', value: '123456789012' } as const]
    await app.portal.enrolment.createDemoAccount({ name: 'resident-en', language: 'en', numbers })
    await person.signIn('resident-en')
  })

  afterAll(async () => {
    await app?.close()
    await stop?.()
    spawnSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })

  it('refuses writes, still shows pages and the public log, and resumes by itself', async () => {
    let seq = 1
    const next = () => office.events(seq, 50)
    expect((await office.deliver(next())).status).toBe(201)
    seq += 50
    const filler = join(folder, 'filler')
    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 16 * 1024))
    let answer = await office.deliver(next())
    for (let tries = 0; answer.status === 201 && tries < 100; tries++) {
      seq += 50
      app.clock.moveTo(new Date(app.clock.now().getTime() + 1000))
      answer = await office.deliver(next())
    }
    expectProblem(answer, 503, 'unavailable')
    expect((await visitor(app).get('/en/sign-in')).status).toBe(200)
    for (const path of ['/log/checkpoint', '/en/me', '/en/me/accesses']) {
      expect([path, (await person.get(path)).status]).toEqual([path, 200])
    }
    rmSync(filler)
    expect((await office.deliver(next())).status).toBe(201)
    expect(await office.lastSeq()).toBe(seq + 49)
  })
})
