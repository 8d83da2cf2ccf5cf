import { createHash } from 'node:crypto'
import { emptyHead, extend, type HeadState } from '../../server/ledger/tiles.js'
import { readerOf, type ReadTile } from '../../server/ledger/tile-reading.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

/** MTH(D[start:end]) for entries from `start` up to `end`. */
export type NaiveRoot = (start: number, end: number) => Buffer

/** RFC 6962 section 2.1 word for word, with code of its own: the tests' measure. Remembers its answers. */
export function naiveRoots(entries: readonly Uint8Array[]): NaiveRoot {
  const known = new Map<string, Buffer>()
  const compute: NaiveRoot = (start, end) => {
    if (start === end) return sha256()
    if (end - start === 1) return sha256(Buffer.from([0]), entries[start] ?? Buffer.alloc(0))
    let half = 1
    while (half * 2 < end - start) half *= 2
    return sha256(Buffer.from([1]), root(start, start + half), root(start + half, end))
  }
  const root: NaiveRoot = (start, end) => {
    const key = `${start}-${end}`
    const answer = known.get(key) ?? compute(start, end)
    known.set(key, answer)
    return answer
  }
  return root
}

function sha256(...parts: Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}

/** A log in memory: what the database would hold, and the entries themselves. */
export interface TestLog {
  readonly head: HeadState
  readonly root: Buffer
  readonly entries: readonly Buffer[]
  readonly tiles: ReadonlyMap<string, Buffer>
  readonly bundles: ReadonlyMap<number, Buffer>
  readonly readTile: ReadTile
}

/** Grows a log from nothing by batches of these lengths. */
export function growLog(batches: readonly number[], seed = 'log'): TestLog {
  const random = seededRandom(seed)
  const tiles = new Map<string, Buffer>()
  const bundles = new Map<number, Buffer>()
  const entries: Buffer[] = []
  let head = emptyHead
  let root = sha256()
  for (const length of batches) {
    const batch = Array.from({ length }, (_, i) =>
      i % 17 === 3
        ? random.bytes(1 + (i % 90))
        : Buffer.concat([Buffer.from([1]), random.bytes(32)]),
    )
    const grown = extend(head, batch)
    for (const { level, idx, data } of grown.newTiles) put(tiles, `${level}/${idx}`, data)
    for (const { idx, data } of grown.newBundles) put(bundles, idx, data)
    entries.push(...batch)
    head = { size: grown.size, edge: grown.edge, bundleEdge: grown.bundleEdge }
    root = grown.root
  }
  const readTile = readerOf(head, async (level, idx) => tiles.get(`${level}/${idx}`))
  return { head, root, entries, tiles, bundles, readTile }
}

/** Full tiles are insert-only: a second one under the same number would be an error in the database. */
function put<Key>(map: Map<Key, Buffer>, key: Key, data: Buffer): void {
  if (map.has(key)) throw new Error(`stored twice: ${String(key)}`)
  map.set(key, data)
}
