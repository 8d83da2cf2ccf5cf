import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signCheckpoint } from '../../server/ledger/checkpoint.js'
import { signerFromSeed } from '../../server/ledger/note-keys.js'
import { verifyLog, type Report } from '../../server/tools/verify/log.js'
import { openCheckpoint, readKey } from '../../server/tools/verify/note.js'
import { createSource } from '../../server/tools/verify/source.js'
import { openInsider, type Insider } from '../ledger/insider.js'
import { liveLog, type LiveLog } from '../ledger/log.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { runFolder } from '../support/run.js'
import { runTool, type Ending } from './program.js'

let app: TestApp
let log: LiveLog
let insider: Insider
let folder: string
let size: number

const TREE = ['ledger.tile', 'ledger.bundle', 'ledger.checkpoint', 'ledger.head'] as const
const FLIP = 'data = set_byte(data, 100, get_byte(data, 100) # 1)'

beforeAll(async () => {
  app = await startTestApp()
  log = liveLog(app)
  for (const count of [100, 300, 1, 500]) {
    await log.append(count)
    await app.portal.ledger.tick()
  }
  size = await log.size()
  insider = await openInsider(app.adminUrl, TREE)
  folder = mkdtempSync(join(runFolder(), 'verify-'))
}, 60_000)

afterAll(async () => {
  await insider?.close()
  await app?.close()
})

/** The program, as anybody runs it. */
const run = (...args: string[]): Promise<Ending> =>
  runTool('verify-log', ['--url', app.url, ...args])

/** What it finds, without starting a program. */
async function faults(older?: string): Promise<readonly string[]> {
  const source = createSource(app.url)
  const key = readKey(await source.text('vkey'))
  const opened = (note: string) => key && openCheckpoint(note, key)
  const checkpoint = opened(await source.text('checkpoint'))
  const kept = older === undefined ? undefined : opened(older)
  if (checkpoint === undefined) throw new Error('the checkpoint is not signed')
  const report: Report = await verifyLog({
    source,
    checkpoint,
    ...(kept ? { older: kept } : {}),
    onProgress: () => undefined,
  })
  return report.faults
}

const faultsAfter = (table: (typeof TREE)[number], statement: string) =>
  insider.whileAltered(table, statement, () => faults())

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function signed(atSize: number, root: Buffer): string {
  const { logOrigin, logKey } = app.installation.secrets
  const signer = signerFromSeed(logOrigin, logKey)
  return signCheckpoint({ origin: logOrigin, size: atSize, root, extensions: [] }, [signer])
}

describe('a log that nobody touched', () => {
  it('is whole, says the program, and ends with 0', async () => {
    const { code, out, err } = await run()
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`shows ${size} entries`)
    expect(out).toContain('The key is the one that the log shows')
    expect(out).toContain('The log is whole')
  }, 60_000)

  it('is whole under a key that was given, and continues every checkpoint that was kept', async () => {
    const kept = file('kept', await (await fetch(`${app.url}/log/checkpoint`)).text())
    const saved = join(folder, 'saved')
    const { vkey } = app.portal.ledger
    const { code, out } = await run('--vkey', vkey, '--older-checkpoint', kept, '--save', saved)
    expect(code).toBe(0)
    expect(out).not.toContain('The key is the one that the log shows')
    expect(out).toContain(`the continuation of the ${size} entries`)
    expect(readFileSync(saved, 'utf8')).toBe(readFileSync(kept, 'utf8'))
  }, 60_000)

  it('continues every checkpoint that it ever signed, public or not', async () => {
    const rows = await insider.query<{ note: string }>('select note from ledger.checkpoint')
    expect(rows.length).toBeGreaterThan(6)
    for (const { note } of rows) expect(await faults(note)).toEqual([])
  }, 60_000)

  it('is whole while it grows beyond its public size', async () => {
    await log.append(300)
    expect(await faults()).toEqual([])
    await app.portal.ledger.tick()
    size = await log.size()
    expect(await faults()).toEqual([])
  })
})

describe('an insider', () => {
  it('who alters a tile is betrayed: the program names it and ends with 1', async () => {
    const statement = `update ledger.tile set ${FLIP} where level = 0 and idx = 1`
    const { code, out } = await insider.whileAltered('ledger.tile', statement, () => run())
    expect(code).toBe(1)
    expect(out).toContain('tile/0/001 is not what its entries make.')
    expect(out).toContain('THE LOG IS NOT WHOLE')
  }, 60_000)

  it('who alters a bundle is betrayed: the program names it, ends with 1, and keeps nothing', async () => {
    const statement = `update ledger.bundle set ${FLIP} where idx = 1`
    const saved = join(folder, 'not-saved')
    const { code, out } = await insider.whileAltered('ledger.bundle', statement, () =>
      run('--save', saved),
    )
    expect(code).toBe(1)
    expect(out).toContain('tile/entries/001 does not hold the entries that the log signed.')
    expect(() => readFileSync(saved)).toThrow('ENOENT')
  }, 60_000)

  it('who alters the open tile or bundle is betrayed', async () => {
    const flip = (column: string) =>
      `update ledger.head set ${column} = set_byte(${column}, 3, get_byte(${column}, 3) # 1)`
    expect(await faultsAfter('ledger.head', flip('edge'))).toEqual([
      expect.stringMatching(/^tile\/0\/00\d\.p\/\d+ is not what its entries make\.$/),
    ])
    expect(await faultsAfter('ledger.head', flip('bundle_edge'))).toEqual([
      expect.stringMatching(/^tile\/entries\/00\d\.p\/\d+ does not hold the entries/),
    ])
  })

  it.each([
    ['ledger.tile', 'delete from ledger.tile where level = 0 and idx = 1', 'tile/0/001'],
    ['ledger.bundle', 'delete from ledger.bundle where idx = 1', 'tile/entries/001'],
    ['ledger.bundle', `update ledger.bundle set data = '' where idx = 1`, 'tile/entries/001'],
  ] as const)('who removes from %s by "%s" is betrayed', async (table, statement, path) => {
    expect(await faultsAfter(table, statement)).toEqual([`${path} is missing or cannot be read.`])
  })

  it('who rewrites entries, tiles and head without the key is betrayed by the root', async () => {
    const entries = await log.entries()
    await insider.rewriteTree(entries.with(300, Buffer.alloc(33, 1)))
    const found = await faults()
    await insider.rewriteTree(entries)
    expect(found).toEqual(['The entries do not make the root that the log signed.'])
    expect(await faults()).toEqual([])
  })
})

describe('the operator with the key', () => {
  it('who rewrites the log and signs it anew is betrayed by a checkpoint that somebody kept', async () => {
    const kept = await (await fetch(`${app.url}/log/checkpoint`)).text()
    const older = file('before', kept)
    const entries = await log.entries()
    await insider.rewriteTree(entries.with(5, Buffer.alloc(33, 1)))
    await log.append(1)
    await app.portal.ledger.tick()
    expect(await faults()).toEqual([])
    const { code, out } = await run('--older-checkpoint', older)
    expect(code).toBe(1)
    expect(out).toContain(`The first ${size} entries are not those of the older checkpoint`)
    const now = await log.entries()
    await insider.rewriteTree(now.with(5, entries[5] as Buffer))
    await log.append(1)
    await app.portal.ledger.tick()
    size = await log.size()
    expect(await faults(kept)).toEqual([])
  }, 60_000)

  it('who shows fewer entries than before is betrayed by it, too', async () => {
    expect(await faults(signed(size + 64, Buffer.alloc(32, 4)))).toEqual([
      expect.stringContaining(`shows ${size} entries, but has signed ${size + 64} before`),
    ])
  })

  it('cannot pass for another log: the wrong key ends with 1', async () => {
    const other = signerFromSeed(app.portal.ledger.origin, Buffer.alloc(32, 8))
    const { code, err } = await run('--vkey', other.vkey)
    expect(code).toBe(1)
    expect(err).toContain('is not signed with the key')
  }, 60_000)
})

describe('what cannot be checked', () => {
  it('ends with 2: arguments, keys and files that cannot be used', async () => {
    const foreign = file('foreign', signed(64, Buffer.alloc(32)).replace('\n64\n', '\n65\n'))
    const endings = await Promise.all([
      run('--vkey', 'none'),
      run('--older-checkpoint', join(folder, 'absent')),
      run('--older-checkpoint', foreign),
      run('--unknown'),
      runTool('verify-log', ['--url', 'file:///etc']),
    ])
    expect(endings.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
    for (const { err } of endings) expect(err).toMatch(/^[^\n]+\.\n$/)
  }, 60_000)

  it('ends with 2: a portal that cannot be reached', async () => {
    const { code, err } = await runTool('verify-log', ['--url', 'http://127.0.0.1:9'])
    expect(code).toBe(2)
    expect(err).toContain('cannot be read')
  }, 60_000)

  it('is told in its help, with the meaning of every exit code', async () => {
    const { code, out } = await runTool('verify-log', ['--help'])
    expect(code).toBe(0)
    for (const text of ['--vkey', '--older-checkpoint', '--save', '0 the log is whole']) {
      expect(out).toContain(text)
    }
  }, 60_000)
})

describe('npm run ledger:verify -- --public', () => {
  it('is the same program', async () => {
    const { code, out } = await runTool('ledger-verify', ['--public', '--url', app.url])
    expect(code).toBe(0)
    expect(out).toContain('The log is whole')
  }, 60_000)
})

describe('a log with tiles of tiles', () => {
  it('is checked up to its highest tile', async () => {
    await log.append(66_000)
    await app.portal.ledger.tick()
    expect(await faults()).toEqual([])
    const altered = `update ledger.tile set ${FLIP} where level = 1`
    expect(await faultsAfter('ledger.tile', altered)).toEqual([
      'tile/1/000 is not what its entries make.',
    ])
  }, 120_000)
})
