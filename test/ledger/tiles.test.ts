import fc from 'fast-check'
import { bundlePrefix, encodeEntries, parseBundle } from '../../server/ledger/bundles.js'
import { parseEdge } from '../../server/ledger/edge.js'
import { leafHashes } from '../../server/ledger/merkle.js'
import { rootOf } from '../../server/ledger/peaks.js'
import { emptyHead, extend, extendTree } from '../../server/ledger/tiles.js'
import { tilesOf, type Tile } from '../../server/ledger/tile-shape.js'
import { growLog, naiveRoots, type NaiveRoot } from './tree.js'

const batches = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 })

/** Tile n of level l is the roots of 256 spans of 256^l entries each (tlog-tiles). */
function naiveTile(root: NaiveRoot, { level, idx, width }: Tile): Buffer {
  const span = 256 ** level
  const starts = Array.from({ length: width }, (_, i) => (idx * 256 + i) * span)
  return Buffer.concat(starts.map((start) => root(start, start + span)))
}

test('growing in any batches gives the root and the tiles that the RFC and tlog-tiles define', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (lengths) => {
      const log = growLog(lengths)
      const root = naiveRoots(log.entries)
      expect(log.root).toEqual(root(0, log.head.size))
      const tiles = [...tilesOf(log.head.size)]
      expect(log.tiles.size).toBe(tiles.filter(({ width }) => width === 256).length)
      for (const tile of tiles) {
        const data = await log.readTile(tile.level, tile.idx)
        expect(data?.equals(naiveTile(root, tile))).toBe(true)
      }
    }),
    { numRuns: 30 },
  )
})

test('one batch and many single appends end in the same bytes', () => {
  const single = growLog(Array.from({ length: 300 }, () => 1))
  let whole = emptyHead
  whole = extend(whole, single.entries)
  expect(whole.edge).toEqual(single.head.edge)
  expect(whole.bundleEdge).toEqual(single.head.bundleEdge)
})

test('a level fills: 65,536 leaves make one full tile of level 1', async () => {
  const log = growLog([65_000, 535, 1])
  expect(log.head.edge.length).toBe(2 * 32)
  expect(log.tiles.get('1/0')?.length).toBe(8192)
  expect(await log.readTile(2, 0)).toEqual(log.root)
  expect(await log.readTile(0, 256)).toBeUndefined()
})

test('leaf hashes made before the lock give the same head as none', () => {
  const { entries } = growLog([300])
  expect(extend(emptyHead, entries, leafHashes(entries))).toEqual(extend(emptyHead, entries))
  expect(() => extend(emptyHead, entries, leafHashes(entries.slice(1)))).toThrow('one leaf hash')
})

test('a tree without entries grows to the same edge', () => {
  const { entries, head } = growLog([1000])
  expect(extendTree(emptyHead, leafHashes(entries)).edge).toEqual(head.edge)
})

test('appending nothing changes nothing', () => {
  const { head, root } = growLog([300])
  const same = extend(head, [])
  expect(same).toEqual({ ...head, root, newTiles: [], newBundles: [] })
})

test('the edge of another size is refused', () => {
  const { head } = growLog([300])
  expect(() => parseEdge(301, head.edge)).toThrow('edge of 301')
  expect(() => extend({ ...head, size: 298 }, [])).toThrow('edge of 298')
  expect(() => rootOf(Buffer.alloc(32), 3)).toThrow('a tree of 3')
})

test('sizes beyond 2^31 keep exact arithmetic', () => {
  const size = 2 ** 40 + 2 ** 32
  const peaks = Buffer.from([...Buffer.alloc(32, 1), ...Buffer.alloc(32, 2)])
  const partials = [0, 0, 0, 0, 1, 1].map((n, i) => Buffer.alloc(n * 32, i === 5 ? 1 : 2))
  const state = { size, edge: Buffer.concat([...partials, peaks]) }
  const grown = extendTree(state, Buffer.alloc(32, 3))
  expect(grown.size).toBe(size + 1)
  expect(grown.edge.subarray(0, 32)).toEqual(Buffer.alloc(32, 3))
  expect(grown.edge.subarray(-96)).toEqual(Buffer.concat([peaks, Buffer.alloc(32, 3)]))
})

test('bundles hold every entry in order behind its length, and serve older widths as prefixes', () => {
  const log = growLog([100, 400, 60])
  const served = [...log.bundles.values(), log.head.bundleEdge].flatMap(parseBundle)
  expect(served).toEqual(log.entries)
  const first = log.bundles.get(0) ?? Buffer.alloc(0)
  expect(bundlePrefix(first, 100)).toEqual(encodeEntries(log.entries.slice(0, 100)))
  expect(bundlePrefix(first, 256)).toEqual(first)
})

test('a bundle that is cut short, too long or asked for too much is refused', () => {
  const { head } = growLog([5])
  expect(() => parseBundle(head.bundleEdge.subarray(0, -1))).toThrow('inside an entry')
  expect(() => parseBundle(Buffer.from([0]))).toThrow('inside an entry')
  expect(() => parseBundle(Buffer.alloc(2 * 257))).toThrow('257 entries')
  expect(() => bundlePrefix(head.bundleEdge, 6)).toThrow('inside an entry')
  expect(() => encodeEntries([Buffer.alloc(65_536)])).toThrow('65536 bytes')
})
