import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '../support/database.js'
import { writeTestKeys } from '../support/template.js'
import { startProgram } from './program.js'

const dataDir = mkdtempSync(join(tmpdir(), 'mirat-services-'))
let database: FreshDatabase
let admin: pg.Client

beforeAll(async () => {
  writeTestKeys(dataDir)
  database = await freshDatabase()
  admin = new pg.Client(database.url)
  await admin.connect()
})

afterAll(async () => {
  await admin?.end()
  await database?.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const start = (command: string) =>
  startProgram(
    {
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, DB_ROLE_PREFIX: 'mirat_test' },
      ...{ PORT: '0', DEMO: 'false', TICK_SECONDS: '1' },
    },
    [command],
  )

async function checkpoints(): Promise<number> {
  const { rows } = await admin.query<{ n: number }>(
    'select max(at)::text as n from ledger.checkpoint',
  )
  return rows[0]?.n ?? 0
}

describe('pages and work in processes of their own', () => {
  it('web serves and never ticks, work ticks and never listens, both end in order', async () => {
    const web = start('web')
    const [, address = ''] = await web.says(/ready: (http:\S+)/)
    expect((await fetch(`${address}/livez`)).status).toBe(200)
    const before = await checkpoints()
    await sleep(1_500)
    expect(await checkpoints()).toBe(before)
    const work = start('work')
    await work.says(/Mirat works/)
    await sleep(200)
    expect(await checkpoints()).not.toBe(before)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    work.child.kill('SIGTERM')
    const worked = await work.ended
    expect([worked.code, worked.err]).toEqual([0, ''])
    expect(worked.out).not.toMatch(/http:/)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    web.child.kill('SIGTERM')
    expect((await web.ended).code).toBe(0)
  })
})

describe('a stop', () => {
  it('finishes the request in hand, refuses new ones, and ends with 0', async () => {
    const web = start('web')
    const [, port = ''] = await web.says(/ready: http:\/\/localhost:(\d+)/)
    const socket = connect(Number(port), '127.0.0.1')
    let said = ''
    socket.on('data', (data) => (said += data.toString()))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write('POST /de/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\na=')
    await sleep(200)
    web.child.kill('SIGTERM')
    await web.says(/Stopping/)
    await sleep(200)
    await expect(fetch(`http://localhost:${port}/livez`)).rejects.toThrow()
    expect(said).toBe('')
    socket.write('bc')
    await closed
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await web.ended).code).toBe(0)
  })
})
