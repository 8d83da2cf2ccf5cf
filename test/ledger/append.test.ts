import { leafHash, verifyConsistency, verifyInclusion } from '../../server/ledger/merkle.js'
import { createLedger } from '../../server/ledger/index.js'
import type { InclusionProof } from '../../server/ledger/index.js'
import { signerFromSeed } from '../../server/ledger/note-keys.js'
import { advance, readHead } from '../../server/ledger/store.js'
import { consistencyProof } from '../../server/ledger/tile-proofs.js'
import { extend } from '../../server/ledger/tiles.js'
import { codeOf } from '../../server/platform/db/faults.js'
import { DomainError } from '../../server/platform/kernel/errors.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { verifyBySigstore } from './foreign.js'
import { entriesOf, INGEST, liveLog, PUBLIC, type LiveLog } from './log.js'
import { naiveRoots } from './tree.js'

let app: TestApp
let log: LiveLog

beforeAll(async () => {
  app = await startTestApp()
  log = liveLog(app)
})

afterAll(() => app?.close())

afterEach(async () => {
  expect(await log.faults()).toEqual([])
})

/** Everything that an append writes. */
async function everything() {
  const { admin } = app.installation
  const count = async (table: 'ledger.tile' | 'ledger.bundle' | 'ledger.checkpoint') =>
    admin
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
  return {
    head: await readHead(admin),
    tiles: await count('ledger.tile'),
    bundles: await count('ledger.bundle'),
    checkpoints: await count('ledger.checkpoint'),
  }
}

describe('an append', () => {
  it('gives each entry a leaf of its own, in another order than theirs', async () => {
    const before = await log.size()
    const { indices, prepared } = await log.append(200)
    const sorted = [...indices].sort((one, other) => one - other)
    expect(sorted).toEqual(Array.from({ length: 200 }, (_, at) => before + at))
    expect(indices).not.toEqual(sorted)
    const entries = await log.entries()
    expect(indices.map((index) => entries[index])).toEqual(prepared.entries)
  })

  it('hides its entries behind salts of their own, so that equal ones look different', () => {
    const [entry] = entriesOf(1)
    if (entry === undefined) throw new Error('no entry')
    const { salts, entries } = app.portal.ledger.prepare([entry, entry, entry])
    expect(salts.map((salt) => salt.length)).toEqual([32, 32, 32])
    expect(new Set(salts.map((salt) => salt.toString('hex', 0, 16))).size).toBe(3)
    expect(new Set(salts.map((salt) => salt.toString('hex', 16))).size).toBe(3)
    expect(new Set(entries.map((bytes) => bytes.toString('hex'))).size).toBe(3)
  })

  it('answers a signed checkpoint that covers it, with the root that RFC 6962 demands', async () => {
    const { indices, size, checkpoint } = await log.append(300)
    const opened = log.open(checkpoint)
    expect(opened.size).toBe(size)
    expect(Math.max(...indices)).toBe(size - 1)
    const entries = await log.entries()
    expect(entries).toHaveLength(size)
    expect(opened.root).toEqual(naiveRoots(entries)(0, size))
  })

  it('never gives two simultaneous senders the same leaf', async () => {
    const before = await log.size()
    const sender = async () => {
      const indices: number[] = []
      for (const count of [1, 40, 3, 100, 1, 7]) indices.push(...(await log.append(count)).indices)
      return indices
    }
    const all = (await Promise.all([sender(), sender(), sender()])).flat()
    expect(all).toHaveLength(456)
    expect(new Set(all).size).toBe(456)
    expect([Math.min(...all), Math.max(...all)]).toEqual([before, before + 455])
    expect(await log.size()).toBe(before + 456)
  })

  it('leaves nothing behind when its transaction fails, and holds nobody up', async () => {
    const before = await everything()
    const prepared = app.portal.ledger.prepare(entriesOf(700))
    const failing = log.inTransaction(INGEST, async (trx) => {
      const { size } = await app.portal.ledger.append(trx, prepared)
      expect(size).toBe(before.head.size + 700)
      throw new Error('the row could not be written')
    })
    await expect(failing).rejects.toThrow('the row could not be written')
    expect(await everything()).toEqual(before)
    expect((await log.append(1)).indices).toEqual([before.head.size])
  })

  it('is refused where it was not made for the head as it stands', async () => {
    const before = await everything()
    const { head: stale } = before
    await log.append(1)
    const moved = await everything()
    const work = log.inTransaction(INGEST, (trx) => {
      const grown = extend(stale, [Buffer.alloc(33, 1)])
      return advance(trx, stale.size, { grown, note: 'a note', at: new Date(0), isPublic: false })
    })
    const refusal = await work.catch((error: unknown) => error)
    expect(codeOf(refusal as Error)).toBe('40001')
    expect(await everything()).toEqual(moved)
  })
})

describe('the tick', () => {
  const published = async () =>
    (await log.inTransaction(PUBLIC, (trx) => app.portal.ledger.publicCheckpoint(trx)))?.size

  it('pads to a multiple of 64 and publishes', async () => {
    const { size } = await log.append(3)
    expect(await published()).toBeLessThan(size)
    expect(await app.portal.ledger.tick()).toBe(true)
    expect(await log.size()).toBe(Math.ceil(size / 64) * 64)
    expect(await published()).toBe(await log.size())
    const padding = (await log.entries()).slice(size)
    expect(padding.every((entry) => entry.length === 33 && entry[0] === 1)).toBe(true)
    expect(new Set(padding.map(String)).size).toBe(padding.length)
  })

  it('does nothing where nothing is new', async () => {
    await app.portal.ledger.tick()
    const before = await everything()
    expect(await app.portal.ledger.tick()).toBe(false)
    expect(await everything()).toEqual(before)
  })

  it('adds a whole step where the size is a multiple already', async () => {
    await app.portal.ledger.tick()
    const { size } = await log.append(64)
    expect(size % 64).toBe(0)
    expect(await app.portal.ledger.tick()).toBe(true)
    expect(await published()).toBe(size + 64)
  })

  it('keeps what it published in a file outside the database', async () => {
    await log.append(1)
    await app.portal.ledger.tick()
    const kept = log.open(app.installation.outside.read() ?? '')
    expect(kept.size).toBe(await published())
  })

  it('publishes one checkpoint where two tick at once', async () => {
    await log.append(1)
    const ticks = await Promise.all([app.portal.ledger.tick(), app.portal.ledger.tick()])
    expect([...ticks].sort()).toEqual([false, true])
  })
})

describe('a proof', () => {
  const prove = (index: number) =>
    log.inTransaction(PUBLIC, (trx) => app.portal.ledger.prove(trx, index))

  const holds = (proof: InclusionProof, entry: Buffer): boolean => {
    const { size, root } = log.open(proof.checkpoint)
    const { index, path } = proof
    return verifyInclusion({ index, size, leafHash: leafHash(entry), proof: path, root })
  }

  it('exists from the next tick on, for each entry of a batch', async () => {
    const { indices, prepared } = await log.append(5)
    for (const index of indices) expect(await prove(index)).toBeUndefined()
    await app.portal.ledger.tick()
    for (const [at, index] of indices.entries()) {
      const proof = (await prove(index)) as InclusionProof
      const entry = prepared.entries[at] as Buffer
      expect(holds(proof, entry)).toBe(true)
      expect(() => verifyBySigstore(proof, entry, app.portal.ledger.vkey)).not.toThrow()
      const other = prepared.entries[(at + 1) % 5] as Buffer
      expect(holds(proof, other)).toBe(false)
      expect(() => verifyBySigstore(proof, other, app.portal.ledger.vkey)).toThrow()
    }
  })

  it('leads to the published checkpoint even while the log grows beyond it', async () => {
    await app.portal.ledger.tick()
    const before = await log.size()
    await log.append(1_000)
    const entries = await log.entries()
    for (const index of [0, 63, 64, 255, 256, before - 1]) {
      const proof = (await prove(index)) as InclusionProof
      expect(log.open(proof.checkpoint).size).toBe(before)
      expect(holds(proof, entries[index] as Buffer)).toBe(true)
    }
    expect(await prove(before)).toBeUndefined()
  })
})

describe('older checkpoints', () => {
  it('are consistent with every newer one', async () => {
    const rows = await app.installation.admin
      .selectFrom('ledger.checkpoint')
      .select('note')
      .orderBy('size')
      .execute()
    const opened = rows.map(({ note }) => log.open(note))
    expect(opened.length).toBeGreaterThan(20)
    const readTile = await log.tiles()
    for (const [at, newer] of opened.entries()) {
      for (const older of opened.slice(0, at)) {
        const proof = await consistencyProof(older.size, newer.size, readTile)
        const claim = { size1: older.size, size2: newer.size, root1: older.root, proof }
        expect(verifyConsistency({ ...claim, root2: newer.root })).toBe(true)
      }
    }
  })
})

describe('a log that may not sign', () => {
  const refusing = () => {
    const { clock, random, secrets } = app.installation
    return createLedger({
      inTransaction: log.inTransaction,
      signer: signerFromSeed(secrets.logOrigin, secrets.logKey),
      clock,
      random,
      tickMs: 60_000,
      keepOutside: () => {
        throw new Error('there is nothing to keep')
      },
      maySign: () => false,
    })
  }

  it('refuses to append and to publish, and changes nothing', async () => {
    await log.append(1)
    const before = await everything()
    const ledger = refusing()
    const prepared = ledger.prepare(entriesOf(2))
    const attempts = [
      log.inTransaction(INGEST, (trx) => ledger.append(trx, prepared)),
      ledger.tick(),
    ]
    for (const attempt of attempts) {
      const refusal = await attempt.catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(DomainError)
      expect((refusal as DomainError).code).toBe('UNAVAILABLE')
    }
    expect(await everything()).toEqual(before)
  })

  it('still proves what was published', async () => {
    const proof = await log.inTransaction(PUBLIC, (trx) => refusing().prove(trx, 0))
    expect(proof?.index).toBe(0)
  })
})
