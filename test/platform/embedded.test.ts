import { once } from 'node:events'
import { chownSync, cpSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { accountFor } from '../../server/platform/db/embedded-account.js'
import { findBinaries } from '../../server/platform/db/embedded-binaries.js'
import { openCluster } from '../../server/platform/db/embedded-cluster.js'
import { launch } from '../../server/platform/db/embedded-process.js'
import { StartError } from '../../server/platform/kernel/errors.js'
import { binariesOf15 } from '../support/cluster.js'
import { ask, isAlive, NOBODY, place, removeAll, start, stopAll } from '../support/embedded.js'

/** Filled by the first test that starts a server in it; the others find the data. */
let made = ''

beforeAll(() => {
  made = place()
})
afterEach(stopAll)
afterAll(removeAll)

/** The sentence with which a start is refused. */
async function refusal(starting: Promise<unknown>): Promise<string> {
  const error = await starting.catch((fault: unknown) => fault)
  expect(error).toBeInstanceOf(StartError)
  const { message } = error as StartError
  expect(message).not.toContain('\n')
  return message
}

describe('the embedded server', () => {
  it('answers on the loopback address alone, keeps its data, and says what it does', async () => {
    const dataDir = join(place(), 'made', 'on', 'the', 'way')
    const lines: string[] = []
    const progress = (line: string) => lines.push(line)
    const first = await start(dataDir, { durable: true, progress })
    const settings = `select string_agg(setting, '|' order by name) as found from pg_settings
      where name in ('listen_addresses', 'unix_socket_directories', 'fsync', 'data_checksums')`
    expect(await ask(first.url, settings)).toEqual([{ found: 'on|on|127.0.0.1|' }])
    await ask(first.url, 'create table kept (word text)', `insert into kept values ('ja')`)
    await Promise.all([first.stop(), first.stop()])
    expect(isAlive(first.pid)).toBe(false)

    const second = await start(dataDir, { progress })
    expect(await ask(second.url, 'select word from kept')).toEqual([{ word: 'ja' }])
    expect(second.version).toMatch(/^18\.\d+$/)
    expect(lines).toEqual([
      `Making the database in ${dataDir} (first start)`,
      `Starting PostgreSQL ${first.version} in ${dataDir}`,
      `Starting PostgreSQL ${first.version} in ${dataDir}`,
    ])
  })

  it('closes password and data to other users, and refuses a wrong password', async () => {
    const server = await start(made)
    const names = ['postgres', 'postgres/password', 'postgres/cluster']
    const modes = names.map((name) => lstatSync(join(made, name)).mode & 0o777)
    expect(modes).toEqual([0o700, 0o600, 0o700])
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong@')
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  it('takes another port when someone was quicker', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken.unref(), 'listening')
    const { port } = taken.address() as AddressInfo
    const before = await start(made)
    await before.stop()
    const account = accountFor(join(made, 'postgres'))
    const installation = { dataDir: made, account, binaries: findBinaries(account), durable: false }
    const cluster = await openCluster(installation, () => undefined)
    const ports = [port, port, before.port]
    const server = await launch({
      installation,
      cluster,
      revives: false,
      nextPort: async () => ports.shift() ?? 0,
    })
    await server.stop()
    expect(server.port).toBe(before.port)
    expect(ports).toEqual([])
  })

  it('runs several times at once, even on first starts in the same folder', async () => {
    const [own, shared] = [place(), place()]
    const outcomes = await Promise.allSettled([start(own), start(shared), start(shared)])
    const running = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(running).toHaveLength(2)
    const refused = outcomes.find(({ status }) => status === 'rejected')
    expect(String((refused as PromiseRejectedResult).reason)).toContain('already running')
    expect(readdirSync(shared)).toEqual(['postgres'])
  }, 60_000)
})

describe('the embedded server refuses, in one sentence,', () => {
  it('a second start on the same folder, naming folder and process', async () => {
    const first = await start(made)
    const sentence = await refusal(start(made))
    expect(sentence).toContain(made)
    expect(sentence).toContain(`process ${first.pid}`)
    expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('a folder that cannot be made or written', async () => {
    const file = join(place(), 'file')
    writeFileSync(file, '')
    expect(await refusal(start(join(file, 'data')))).toContain(join(file, 'data'))
    expect(await refusal(start(file))).toContain(file)
    if (process.platform !== 'linux') return
    expect(await refusal(start('/proc/mirat'))).toContain('/proc/mirat')
  })

  it('data of another major version, and leaves them as they are', async () => {
    const newer = await start(made)
    await ask(newer.url, 'create table kept (word text)')
    await newer.stop()
    const sentence = await refusal(start(made, { binaries: binariesOf15() }))
    expect(sentence).toMatch(/PostgreSQL 18 .* 15\.\d+/)
    const again = await start(made)
    expect(await ask(again.url, 'select word from kept')).toEqual([])
  })

  it('a folder without programs, and a store without a database', async () => {
    const folder = place()
    expect(await refusal(start(join(folder, 'data'), { binaries: folder }))).toContain(folder)
    const store = join(folder, 'other', 'postgres')
    mkdirSync(store, { recursive: true })
    if (process.getuid?.() === 0) chownSync(store, NOBODY.uid, NOBODY.gid)
    expect(await refusal(start(join(folder, 'other')))).toContain(store)
  })

  it('to go on when the database cannot be made, and gives the reason', async () => {
    const folder = place()
    const { folder: original } = findBinaries(undefined)
    const parts = ['bin', 'lib'].map((name) => [join(original, name), join(folder, name)] as const)
    for (const [from, to] of parts) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    const dataDir = join(folder, 'data')
    expect(await refusal(start(dataDir, { binaries: folder }))).toContain('postgres.bki')
    expect(readdirSync(dataDir)).toEqual([])
  })
})
