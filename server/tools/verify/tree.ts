import { createHash } from 'node:crypto'

/** Bytes of a SHA-256 digest. */
export const HASH_BYTES = 32

/** The hash of a leaf: SHA-256(0x00 || entry) (RFC 6962 section 2.1). */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest()
}

const LEAF = Buffer.from([0x00])
const NODE = Buffer.from([0x01])

/** A tree that takes leaf after leaf and keeps no more than it needs for its root and its upper tiles. */
export interface Tree {
  readonly size: number
  add(leaf: Uint8Array): void
  /** The root of all leaves so far (RFC 6962 section 2.1). */
  root(): Buffer
  /** Roots of whole subtrees of 256^level leaves, from level 1 on: what the tiles above hold. */
  above(level: number): readonly Buffer[]
}

const TILE_HEIGHT = 8

/** Makes a tree without leaves. */
export function createTree(): Tree {
  const peaks: { height: number; hash: Buffer }[] = []
  const levels: Buffer[][] = []
  let size = 0
  const push = (height: number, hash: Buffer) => {
    if (height > 0 && height % TILE_HEIGHT === 0) (levels[height / TILE_HEIGHT] ??= []).push(hash)
    const last = peaks.at(-1)
    if (last?.height !== height) {
      peaks.push({ height, hash })
      return
    }
    peaks.pop()
    push(height + 1, nodeHash(last.hash, hash))
  }
  return {
    get size() {
      return size
    },
    add: (leaf) => {
      push(0, Buffer.from(leaf))
      size += 1
    },
    root: () => {
      const [last, ...larger] = peaks.map(({ hash }) => hash).reverse()
      if (last === undefined) return createHash('sha256').digest()
      return larger.reduce((right, left) => nodeHash(left, right), last)
    },
    above: (level) => levels[level] ?? [],
  }
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}
