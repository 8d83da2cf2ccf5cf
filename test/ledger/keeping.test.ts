import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compose } from '../../server/compose.js'
import { runCommand } from '../../server/compose/commands.js'
import { openInstallation, type Installation } from '../../server/compose/installation.js'
import type { Config } from '../../server/config.js'
import { signCheckpoint } from '../../server/ledger/checkpoint.js'
import { auditLedger, compareOutside } from '../../server/ledger/index.js'
import { signerFromSeed } from '../../server/ledger/note-keys.js'
import { readHead } from '../../server/ledger/store.js'
import { StartError, type DomainError } from '../../server/platform/kernel/errors.js'
import { createLog } from '../../server/platform/log.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { testPages } from '../support/pages.js'
import { runTool } from '../tools/program.js'
import { openInsider } from './insider.js'
import { entriesOf, INGEST, liveLog, type LiveLog } from './log.js'

let app: TestApp
let log: LiveLog

beforeAll(async () => {
  app = await startTestApp()
  log = liveLog(app)
  await log.append(600)
  await app.portal.ledger.tick()
})

afterAll(() => app?.close())

const ours = () => {
  const { logOrigin, logKey } = app.installation.secrets
  return signerFromSeed(logOrigin, logKey)
}

/** A checkpoint that this log could have signed, had its tree been so. */
function signed(size: number, root: Buffer, signer = ours()): string {
  const origin = app.portal.ledger.origin
  return signCheckpoint({ origin, size, root, extensions: [] }, [signer])
}

async function notes(): Promise<string[]> {
  const rows = await app.installation.admin
    .selectFrom('ledger.checkpoint')
    .select('note')
    .orderBy('size')
    .execute()
  return rows.map(({ note }) => note)
}

const compare = (note: string) => {
  const { origin, vkey } = app.portal.ledger
  return compareOutside(app.installation.admin, { note, origin, vkey })
}

describe('a checkpoint kept outside', () => {
  it('agrees with every tree that grew out of its own', async () => {
    for (const note of await notes()) expect(await compare(note)).toEqual({ state: 'agrees' })
  })

  it('that is ahead of the database says by how much', async () => {
    const { size } = await readHead(app.installation.admin)
    const ahead = signed(size + 64, Buffer.alloc(32, 7))
    expect(await compare(ahead)).toEqual({
      state: 'behind',
      size,
      known: size + 64,
      root: Buffer.alloc(32, 7),
    })
  })

  it('tells a tree that was rewritten under it', async () => {
    const rewritten = compare(signed(64, Buffer.alloc(32, 7)))
    await expect(rewritten).rejects.toThrow(StartError)
    await expect(rewritten).rejects.toThrow('The log under checkpoint 64 was rewritten')
  })

  it('tells a tree of which a tile is gone', async () => {
    const insider = await openInsider(app.adminUrl, ['ledger.tile'])
    const first = (await notes())[0] ?? ''
    await insider.whileAltered('ledger.tile', 'delete from ledger.tile', async () => {
      await expect(compare(first)).rejects.toThrow('was rewritten')
    })
    await insider.close()
  })

  it.each([
    ['another key', () => signed(64, Buffer.alloc(32), signerFromSeed('x', Buffer.alloc(32, 3)))],
    ['nobody', () => 'the file was emptied by hand\n'],
  ])('of %s is refused in a sentence', async (_whose, note) => {
    const refusal = compare(note())
    await expect(refusal).rejects.toThrow(StartError)
    await expect(refusal).rejects.toThrow('not signed by this log')
  })
})

describe('a start', () => {
  const open = (config: Config): Promise<Installation> =>
    openInstallation(config, {
      clock: app.clock,
      log: createLog('silent'),
      progress: () => undefined,
      besideRunning: true,
    })
  const outsidePath = () => join(app.installation.config.dataDir, 'checkpoint')
  const withOutside = async (note: string, work: () => Promise<void>) => {
    const kept = readFileSync(outsidePath(), 'utf8')
    writeFileSync(outsidePath(), note)
    try {
      await work()
    } finally {
      writeFileSync(outsidePath(), kept)
    }
  }

  it('goes on where the outside checkpoint and the database agree', async () => {
    const installation = await open(app.installation.config)
    expect(installation.verdict).toEqual({ state: 'agrees' })
    await installation.close()
  })

  it('signs nothing where published leaves are missing, but still shows the log', async () => {
    const { size } = await readHead(app.installation.admin)
    await withOutside(signed(size + 64, Buffer.alloc(32, 7)), async () => {
      const installation = await open(app.installation.config)
      const { ledger, publicLog } = compose(installation, testPages())
      const { inTransaction } = liveLog({ ...app, installation })
      const prepared = ledger.prepare(entriesOf(1))
      const append = inTransaction(INGEST, (trx) => ledger.append(trx, prepared))
      const refusal = await append.catch((error: unknown) => error)
      expect((refusal as DomainError).code).toBe('UNAVAILABLE')
      expect((await publicLog.checkpoint())?.size).toBe(size)
      expect((await readHead(installation.admin)).size).toBe(size)
      await installation.close()
    })
  })

  it('goes on after a restore once an operator has had the loss written into the log', async () => {
    const { config, secrets } = app.installation
    const { size } = await readHead(app.installation.admin)
    const lines: string[] = []
    const run = (command: string) =>
      runCommand(config, {
        command,
        args: [],
        log: createLog('silent'),
        print: (line) => lines.push(line),
      })
    await expect(run('ledger:resume')).rejects.toThrow('there is nothing to resume')
    writeFileSync(outsidePath(), signed(size + 640, Buffer.alloc(32, 7)))
    await run('ledger:resume')
    expect(lines[0]).toContain(
      `after ${size} leaves and says that it lost those up to ${size + 640}`,
    )

    const installation = await open(config)
    expect(installation.verdict).toEqual({ state: 'agrees' })
    const resumed = liveLog({ ...app, installation, portal: compose(installation, testPages()) })
    await resumed.append(3)
    const { faults, gaps } = await auditLedger(installation.admin, {
      origin: secrets.logOrigin,
      vkey: ours().vkey,
      readers: [],
    })
    expect(faults).toEqual([])
    expect(gaps).toMatchObject([
      { restoredSize: size, lostSize: size + 640, lostRoot: Buffer.alloc(32, 7) },
    ])
    await installation.close()

    lines.length = 0
    await run('ledger:verify')
    expect(lines.join('\n')).toMatch(
      new RegExp(`restored at ${size} leaves; ${size + 640} had been signed before`),
    )
    const program = await runTool('verify-log', ['--url', app.url])
    expect(program.out).toMatch(new RegExp(`restored at ${size} entries; ${size + 640} had been`))
    expect(program.code).toBe(0)
  })

  it('is refused where the log was rewritten', async () => {
    await withOutside(signed(64, Buffer.alloc(32, 7)), async () => {
      await expect(open(app.installation.config)).rejects.toThrow('was rewritten')
    })
  })

  it.each([
    ['subjectKey', 'subject key'],
    ['logKey', 'log key'],
    ['logOrigin', 'origin'],
  ])('is refused with another %s', async (name, words) => {
    const { config } = app.installation
    const path = join(config.dataDir, 'secrets.json')
    const secrets = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    const other =
      name === 'logOrigin' ? 'log.test/other' : Buffer.alloc(32, 9).toString('base64url')
    const secretsFile = join(config.dataDir, 'other-secrets.json')
    writeFileSync(secretsFile, JSON.stringify({ ...secrets, [name]: other }))
    const refusal = open({ ...config, secretsFile })
    await expect(refusal).rejects.toThrow(StartError)
    await expect(refusal).rejects.toThrow(`belongs to another ${words}`)
  })
})
