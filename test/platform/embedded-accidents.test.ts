import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { canReach } from '../../server/platform/db/embedded-account.js'
import {
  ask,
  CHECKOUT,
  isAlive,
  NOBODY,
  packageWithoutLinks,
  place,
  removeAll,
  spawnChild,
  start,
  startChild,
  stopAll,
  until,
  type Child,
} from '../support/embedded.js'

const isRoot = process.getuid?.() === 0
const onLinux = process.platform === 'linux' ? it : it.skip
const asRoot = isRoot ? it : it.skip
const asRootInTheOpen = isRoot && canReach(NOBODY, CHECKOUT) ? it : it.skip

/** A session that does not notice for two seconds that its server is gone. */
const BUSY = `do 'begin while clock_timestamp() < now() + interval ''2 s'' loop end loop; end'`
const OTHERS = `select from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()`

/** Filled by the first test that starts a server in it; the others find the data. */
let made = ''

beforeAll(() => {
  made = place()
})
afterEach(stopAll)
afterAll(removeAll)

async function finish({ child, pid }: Child): Promise<void> {
  child.stdin?.end()
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
  await until(() => !isAlive(pid))
}

describe('the embedded server after an accident', () => {
  it('recovers what was committed when the postmaster is killed', async () => {
    const first = await start(made, { durable: true })
    await ask(first.url, 'create table kept (n int)', 'insert into kept values (7)')
    const orphan = ask(first.url, BUSY).catch(() => undefined)
    while ((await ask(first.url, OTHERS)).length === 0);
    process.kill(first.pid, 'SIGKILL')
    const second = await start(made)
    await orphan
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('makes the database anew when the first start was killed half-way', async () => {
    const dataDir = place()
    const child = spawnChild({ dataDir })
    const halfDone = () => readdirSync(dataDir).filter((name) => name.includes('.new-'))
    await until(() => existsSync(join(dataDir, halfDone()[0] ?? '', 'cluster', 'PG_VERSION')))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(halfDone()).toHaveLength(1)
    const server = await start(dataDir)
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(dataDir)).toEqual(['postgres'])
  })

  it('has ended with a parent that forgot to stop it', async () => {
    await finish(await startChild({ dataDir: made }, { ending: 'forget' }))
  })

  onLinux('has ended with a parent that was killed, and the next start follows', async () => {
    const { child, pid } = await startChild({ dataDir: made })
    child.kill('SIGKILL')
    await once(child, 'exit')
    const next = await start(made)
    await until(() => !isAlive(pid))
    expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('the programs of the embedded server', () => {
  it('run when the package came without its symbolic links, which are restored', async () => {
    const folder = place()
    const { native, links } = packageWithoutLinks(folder)
    expect(links.length).toBeGreaterThan(5)
    const server = await start(join(folder, 'data'), { binaries: native })
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    for (const link of links) expect(readlinkSync(link)).not.toContain('/')
  })

  asRoot(
    'run from a closed home by a copy that is made once and that root alone can write',
    async () => {
      const [TMPDIR, home] = [place(), place()]
      const options = { dataDir: join(home, '.data'), binaries: packageWithoutLinks(home).native }
      chmodSync(home, 0o700)
      const copies = () => readdirSync(TMPDIR).filter((name) => name.startsWith('mirat-postgres-'))
      await finish(await startChild(options, { TMPDIR }))
      const [copy = ''] = copies()
      expect(lstatSync(join(TMPDIR, copy))).toMatchObject({ uid: 0, mode: 0o40755 })

      rmSync(join(TMPDIR, copy, 'share'), { recursive: true })
      await finish(await startChild(options, { TMPDIR }))
      expect(copies()).toEqual([copy])

      chownSync(join(TMPDIR, copy), NOBODY.uid, NOBODY.gid)
      await expect(startChild(options, { TMPDIR })).rejects.toThrow(/made by someone else/)
    },
    60_000,
  )

  asRootInTheOpen('run for a user without rights', async () => {
    const home = place()
    chownSync(home, NOBODY.uid, NOBODY.gid)
    const child = await startChild(
      { dataDir: join(home, 'data') },
      { uid: NOBODY.uid, gid: NOBODY.gid },
    )
    expect(await ask(child.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(lstatSync(`/proc/${child.pid}`).uid).toBe(NOBODY.uid)
    await finish(child)
  })
})
