import type { Db } from '../../database.js'
import { HASH_BYTES } from '../hash.js'
import { countFull, readTile } from '../store.js'
import { hashesAt, TILE_WIDTH, levelsOf } from '../tile-shape.js'
import { emptyHead, extendTree, type GrownTree, type HeadState, type TreeState } from '../tiles.js'
import type { Gap } from '../typed-entries.js'
import type { AuditFault } from './fault.js'
import type { CheckpointAudit } from './checkpoints.js'
import type { ReadLeaves } from './leaves.js'

/**
 * Makes the tree again from its leaves and compares every tile and the head with it. The right one of
 * two copies carries the comparison on, so that one alteration is one fault and hides no other.
 */
export async function auditTree(
  db: Db,
  head: HeadState,
  { readLeaves, checkpoints }: { readLeaves: ReadLeaves; checkpoints: CheckpointAudit },
): Promise<{ faults: AuditFault[]; gaps: Gap[] }> {
  const sentences: string[] = []
  const gaps: Gap[] = []
  let state: TreeState = emptyHead
  for (let idx = 0; idx * TILE_WIDTH < head.size; idx++) {
    const { leaves, faults, gaps: told } = await readLeaves(idx)
    sentences.push(...faults)
    gaps.push(...told)
    if (leaves === undefined || leaves.length % HASH_BYTES !== 0) {
      sentences.push(`Nothing beyond leaf ${state.size} can be checked.`)
      return { faults: treeFaults(sentences), gaps }
    }
    await checkpoints.pass(state, leaves)
    const grown = extendTree(state, leaves)
    sentences.push(...(await alteredAbove(db, grown)))
    state = grown
  }
  if (state.size !== head.size || !state.edge.equals(head.edge)) {
    sentences.push('The head is not what the entries make.')
  }
  sentences.push(...(await strays(db, head.size)))
  return { faults: treeFaults(sentences), gaps }
}

function treeFaults(sentences: readonly string[]): AuditFault[] {
  return sentences.map((sentence) => ({ where: 'tree', sentence }))
}

/** Those of level 0 were judged with their bundles already. */
async function alteredAbove(db: Db, { newTiles }: GrownTree): Promise<string[]> {
  const sentences: string[] = []
  for (const { level, idx, data } of newTiles.filter((tile) => tile.level > 0)) {
    const stored = await readTile(db, level, idx)
    if (stored?.equals(data)) continue
    sentences.push(`Tile ${level}/${idx} ${stored ? 'was altered' : 'is missing'}.`)
  }
  return sentences
}

/** What lies beyond the tree was written by nobody who appends, and would stop the next append. */
async function strays(db: Db, size: number): Promise<string[]> {
  const levels = Array.from({ length: levelsOf(size) }, (_, level) => level)
  const tiles = levels.reduce((sum, level) => sum + hashesAt(size, level + 1), 0)
  const stored = await countFull(db)
  return [
    ...(stored.tiles > tiles ? [`There are ${stored.tiles - tiles} tiles beyond the tree.`] : []),
    ...(stored.bundles > hashesAt(size, 1)
      ? [`There are ${stored.bundles - hashesAt(size, 1)} bundles beyond the tree.`]
      : []),
  ]
}
