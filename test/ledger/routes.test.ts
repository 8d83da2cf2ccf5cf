import { parseBundle } from '../../server/ledger/bundles.js'
import { leafHashes } from '../../server/ledger/merkle.js'
import { verifierOf } from '../../server/ledger/note-keys.js'
import { formatTilePath } from '../../server/ledger/tile-path.js'
import { tilesOf } from '../../server/ledger/tile-shape.js'
import { rootAt } from '../../server/ledger/tile-proofs.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { liveLog, type LiveLog } from './log.js'

let app: TestApp
let log: LiveLog
let publicSize: number

beforeAll(async () => {
  app = await startTestApp()
  log = liveLog(app)
  await log.append(66_000)
  await app.portal.ledger.tick()
  publicSize = await log.size()
  // Beyond the public size there is more, which nobody may see yet.
  await log.append(300)
}, 120_000)

afterAll(() => app?.close())

const get = (path: string, init: RequestInit = {}) => fetch(`${app.url}/log/${path}`, init)

async function bytesOf(path: string): Promise<Buffer> {
  const answer = await get(path)
  expect([path, answer.status]).toEqual([path, 200])
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  return Buffer.from(await answer.arrayBuffer())
}

async function expectNotFound(path: string): Promise<void> {
  const answer = await get(path)
  expect([path, answer.status]).toEqual([path, 404])
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toMatchObject({ type: 'urn:mirat:problem:not-found', status: 404 })
}

describe('/log/checkpoint and /log/vkey', () => {
  it('are a signed note and the key that opens it', async () => {
    const note = await get('checkpoint')
    const vkey = await get('vkey')
    for (const answer of [note, vkey]) {
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    const text = await vkey.text()
    expect(text).toBe(`${app.portal.ledger.vkey}\n`)
    expect(() => verifierOf(text.trimEnd())).not.toThrow()
    expect(log.open(await note.text()).size).toBe(publicSize)
  })

  it('are kept by caches for no longer than a tick', async () => {
    const control = (await get('checkpoint')).headers.get('cache-control') ?? ''
    const seconds = Number(/^public, max-age=(\d+)$/.exec(control)?.[1])
    expect(seconds * 1000).toBeLessThanOrEqual(app.portal.ledger.tickMs)
  })

  it('answer the newest public checkpoint, not the newest one', async () => {
    expect(await log.size()).toBe(publicSize + 300)
    expect(log.open(await (await get('checkpoint')).text()).size).toBe(publicSize)
    expect(publicSize % 64).toBe(0)
  })
})

describe('/log/tile', () => {
  it('serves every tile of the public tree, whole, and all of them make its root', async () => {
    const served = new Map<string, Buffer>()
    for (const tile of tilesOf(publicSize)) {
      const data = await bytesOf(formatTilePath(tile))
      expect(data).toHaveLength(tile.width * 32)
      served.set(`${tile.level}/${tile.idx}`, data)
    }
    expect(served.has('2/0')).toBe(true)
    const { root } = log.open(await (await get('checkpoint')).text())
    const made = await rootAt(publicSize, async (level, idx) => served.get(`${level}/${idx}`))
    expect(made).toEqual(root)
  }, 120_000)

  it('serves the entries whose hashes the tiles hold', async () => {
    const last = Math.floor(publicSize / 256)
    for (const idx of [0, 1, 255, 256, last]) {
      const width = Math.min(256, publicSize - idx * 256)
      const entries = parseBundle(await bytesOf(formatTilePath({ level: 'entries', idx, width })))
      expect(leafHashes(entries)).toEqual(await bytesOf(formatTilePath({ level: 0, idx, width })))
    }
  }, 60_000)

  it('lets caches keep full tiles for ever and partial ones for a while', async () => {
    const control = async (path: string) => (await get(path)).headers.get('cache-control')
    for (const full of ['tile/0/000', 'tile/entries/000', 'tile/1/000']) {
      expect(await control(full)).toBe('public, max-age=31536000, immutable')
    }
    for (const partial of ['tile/0/000.p/7', 'tile/entries/000.p/255', 'tile/2/000.p/1']) {
      expect(await control(partial)).toBe('public, max-age=3600')
    }
  })

  it('serves every width below the full one as the same prefix', async () => {
    const full = await bytesOf('tile/0/003')
    for (const width of [1, 100, 255]) {
      expect(await bytesOf(`tile/0/003.p/${width}`)).toEqual(full.subarray(0, width * 32))
    }
  })

  it('shows nothing beyond the public size, although it is there', async () => {
    const idx = Math.floor(publicSize / 256)
    const open = publicSize % 256
    expect(open).toBeGreaterThan(0)
    for (const level of [0, 'entries'] as const) {
      await bytesOf(formatTilePath({ level, idx, width: open }))
      await expectNotFound(formatTilePath({ level, idx, width: open + 1 }))
      await expectNotFound(formatTilePath({ level, idx, width: 256 }))
      await expectNotFound(formatTilePath({ level, idx: idx + 1, width: 1 }))
    }
  })

  it.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/00/000',
    'tile/0/x000/000',
    'tile/0/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/000/',
    'tile/0/000.p/',
    'tile/-1/000',
    'tile/63/000',
    'tile/64/000',
    'tile/3/000.p/1',
    'tile/entries/999',
    'tile/entries/x999/x999/x999/x999/x999/x999/999',
    'tile/data/000',
    'tile/0/000%2Ep/1%00',
    'tile//000',
    'tile',
    'tile/',
    '',
    'checkpoint/1',
  ])('does not know the address /log/%s', async (path) => {
    await expectNotFound(path)
  })

  it('can be asked, and not written to', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await get('checkpoint', { method })
      expect([method, answer.status]).toEqual([method, 405])
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    }
  })
})
