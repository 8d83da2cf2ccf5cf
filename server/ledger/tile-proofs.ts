import { LogError } from './log-error.js'
import { emptyRoot, nodeHash } from './merkle.js'
import { checkedSize } from './tile-shape.js'
import { nodeReader, type ReadNode, type ReadTile } from './tile-reading.js'

/** The leaves [start, end); wherever RFC 6962 splits a tree, `start` is a multiple of the parts' sizes. */
interface Span {
  readonly start: number
  readonly end: number
}

/**
 * The inclusion proof of a leaf in the tree of `size`, which may be older than the tiles: hashes from
 * the leaf's sibling up (RFC 6962 section 2.1.1). Refuses a leaf outside the tree.
 */
export async function inclusionProof(
  index: number,
  size: number,
  readTile: ReadTile,
): Promise<Buffer[]> {
  const [proof] = await inclusionProofs([index], size, readTile)
  return proof ?? []
}

/** Inclusion proofs of many leaves in one tree; tiles that they share are read and hashed once. */
export async function inclusionProofs(
  indices: readonly number[],
  size: number,
  readTile: ReadTile,
): Promise<Buffer[][]> {
  const node = nodeReader(readTile)
  return Promise.all(
    indices.map((index) =>
      Promise.all(inclusionSpans(index, size).map((span) => spanRoot(span, node))),
    ),
  )
}

/**
 * The proof that the tree of `size1` is a prefix of the tree of `size2` (RFC 6962 section 2.1.2), both
 * no younger than the tiles; empty for equal sizes. Refuses size1 = 0, which proves nothing.
 */
export async function consistencyProof(
  size1: number,
  size2: number,
  readTile: ReadTile,
): Promise<Buffer[]> {
  const node = nodeReader(readTile)
  return Promise.all(consistencySpans(size1, size2).map((span) => spanRoot(span, node)))
}

/** The root of the tree as it was at `size` (RFC 6962 section 2.1). */
export async function rootAt(size: number, readTile: ReadTile): Promise<Buffer> {
  return spanRoot({ start: 0, end: checkedSize(size) }, nodeReader(readTile))
}

/** PATH(m, D[n]) as spans, nearest first: at each split the side without the leaf. */
function inclusionSpans(index: number, size: number): Span[] {
  if (checkedSize(index) >= checkedSize(size)) {
    throw new LogError('OUT_OF_RANGE', `leaf ${index} in a tree of ${size}`)
  }
  const spans: Span[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const split = splitOf(start, end)
    spans.unshift(index < split ? { start: split, end } : { start, end: split })
    if (index < split) end = split
    else start = split
  }
  return spans
}

/** SUBPROOF(m, D[n], true) as spans: the old tree's last peak unless it is the whole, then the rest. */
function consistencySpans(size1: number, size2: number): Span[] {
  if (checkedSize(size1) === 0 || size1 > checkedSize(size2)) {
    throw new LogError('OUT_OF_RANGE', `no consistency from ${size1} to ${size2}`)
  }
  const spans: Span[] = []
  let [start, end] = [0, size2]
  while (size1 !== end) {
    const split = splitOf(start, end)
    spans.unshift(size1 <= split ? { start: split, end } : { start, end: split })
    if (size1 <= split) end = split
    else start = split
  }
  return start === 0 ? spans : [{ start, end }, ...spans]
}

/** Where RFC 6962 splits the leaves: after the largest power of two smaller than their number. */
function splitOf(start: number, end: number): number {
  let half = 1
  while (half * 2 < end - start) half *= 2
  return start + half
}

async function spanRoot(span: Span, node: ReadNode): Promise<Buffer> {
  const parts: Promise<Buffer>[] = []
  let at = span.start
  for (let height = heightBelow(span); at < span.end; height--) {
    if (at + 2 ** height > span.end) continue
    parts.push(node(height, at / 2 ** height))
    at += 2 ** height
  }
  const hashes = await Promise.all(parts)
  const last = hashes.pop()
  return last === undefined
    ? emptyRoot
    : hashes.reduceRight((root, left) => nodeHash(left, root), last)
}

/** The greatest height whose subtree fits into the span. */
function heightBelow({ start, end }: Span): number {
  let height = 0
  while (2 ** (height + 1) <= end - start) height++
  return height
}
