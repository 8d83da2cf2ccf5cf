import type { Db } from '../../database.js'
import { openCheckpoint, type LogIdentity } from '../checkpoint.js'
import { HASH_BYTES } from '../hash.js'
import { readCheckpoints, type StoredCheckpoint } from '../store.js'
import { extendTree, type TreeState } from '../tiles.js'
import type { AuditFault } from './fault.js'

/** Compares every stored checkpoint with the tree while that is made again, leaf by leaf. */
export interface CheckpointAudit {
  /** Takes the next leaves (32 bytes each) behind a tree of this state. */
  pass(state: TreeState, leaves: Buffer): Promise<void>
  /** What is left lies beyond the tree; the newest must be the head's. */
  end(headSize: number): Promise<{ count: number; faults: AuditFault[] }>
}

/** Begins with the oldest checkpoint. */
export function auditCheckpoints(db: Db, log: LogIdentity): CheckpointAudit {
  const sentences: string[] = []
  const stored = allCheckpoints(db)
  let count = 0
  let newest = 0
  let next: Promise<StoredCheckpoint | undefined> | undefined
  const peek = () => (next ??= stored.next().then(({ value }) => value ?? undefined))
  const judge = ({ size, note }: StoredCheckpoint, root: Buffer | undefined) => {
    const signed = opened(note, log)
    if (signed === undefined) sentences.push(`Checkpoint ${size} is not signed by this log.`)
    else if (signed.size !== size || !root?.equals(signed.root)) {
      sentences.push(`Checkpoint ${size} does not fit the tree.`)
    }
    count += 1
    newest = size
    next = undefined
  }
  return {
    pass: async (state, leaves) => {
      const end = state.size + leaves.length / HASH_BYTES
      for (let one = await peek(); one !== undefined && one.size <= end; one = await peek()) {
        const fresh = leaves.subarray(0, Math.max(0, one.size - state.size) * HASH_BYTES)
        judge(one, extendTree(state, fresh).root)
      }
    },
    end: async (headSize) => {
      for (let one = await peek(); one !== undefined; one = await peek()) judge(one, undefined)
      if (newest !== headSize) {
        sentences.push(`The head has ${headSize} leaves, the newest checkpoint ${newest}.`)
      }
      return { count, faults: sentences.map((sentence) => ({ where: 'checkpoint', sentence })) }
    },
  }
}

async function* allCheckpoints(db: Db): AsyncGenerator<StoredCheckpoint, undefined> {
  let page = await readCheckpoints(db, -1)
  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
    yield* page
    page = await readCheckpoints(db, last.size)
  }
}

function opened(note: string, log: LogIdentity) {
  try {
    return openCheckpoint(note, log)
  } catch {
    return undefined
  }
}
