import type { Trx } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Database } from '../database.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { shuffled, type Random } from '../platform/kernel/random.js'
import { signCheckpoint } from './checkpoint.js'
import { commitAll } from './commitment.js'
import { HASH_BYTES } from './hash.js'
import { leafHashes } from './merkle.js'
import type { Appended, InclusionProof, Ledger, NewEntry, PreparedEntries } from './model.js'
import type { signerFromSeed } from './note-keys.js'
import { PADDING_STEP, paddingCount, paddingEntries } from './padding.js'
import { advance, latestPublic, lockHead, readHead, readTile } from './store.js'
import { inclusionProof } from './tile-proofs.js'
import { readerOf } from './tile-reading.js'
import { extend, type GrownHead, type HeadState } from './tiles.js'

/** What the ledger is made of. */
export interface LedgerParts {
  readonly inTransaction: InTransaction<Database>
  /** The log's key and name. */
  readonly signer: ReturnType<typeof signerFromSeed>
  readonly clock: Clock
  readonly random: Random
  readonly tickMs: number
  /** Sees every public checkpoint once it is committed, to keep the newest outside the database. */
  readonly keepOutside: (note: string) => void
  /** False after a restore behind an outside checkpoint: nothing is signed until an operator decides. */
  readonly maySign: () => boolean
}

const SALT_BYTES = 32
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes the ledger: one Merkle tree for every room's entries (RFC 6962; C2SP tlog-tiles, tlog-checkpoint). */
export function createLedger(parts: LedgerParts): Ledger {
  const { signer, random, tickMs } = parts
  return {
    vkey: signer.vkey,
    origin: signer.name,
    tickMs,
    prepare: (entries) => prepare(random, entries),
    append: (trx, prepared) => append(parts, trx, prepared),
    prove,
    publicCheckpoint: (trx) => latestPublic(trx),
    tick: () => tick(parts),
  }
}

function prepare(random: Random, entries: readonly NewEntry[]): PreparedEntries {
  const salts = entries.map(() => random.bytes(SALT_BYTES))
  const openings = entries.map(({ class: number, subject, body }, i) => {
    return { class: number, subject, body, salt: salts[i] as Buffer }
  })
  return { salts, ...commitAll(openings) }
}

/** Leaves are shuffled within the batch, so that a neighbour's index tells nothing about its order. */
async function append(parts: LedgerParts, trx: Trx, prepared: PreparedEntries): Promise<Appended> {
  const order = shuffled(
    parts.random,
    prepared.entries.map((_, i) => i),
  )
  const entries = order.map((i) => prepared.entries[i] as Buffer)
  const leaves = Buffer.concat(
    order.map((i) => prepared.leaves.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
  )
  const head = await lockHead(trx)
  const grown = extend(head, entries, leaves)
  const checkpoint = await sign(parts, trx, { head, grown, isPublic: false })
  const indices = new Array<number>(order.length)
  order.forEach((from, at) => {
    indices[from] = head.size + at
  })
  return { indices, size: grown.size, checkpoint }
}

async function sign(
  { signer, clock, maySign }: LedgerParts,
  trx: Trx,
  { head, grown, isPublic }: { head: HeadState; grown: GrownHead; isPublic: boolean },
): Promise<string> {
  if (!maySign()) {
    throw new DomainError('UNAVAILABLE', { detail: 'the log stands behind an outside checkpoint' })
  }
  const note = signCheckpoint(
    { origin: signer.name, size: grown.size, root: grown.root, extensions: [] },
    [signer],
  )
  await advance(trx, head.size, { grown, note, at: clock.now(), isPublic })
  return note
}

async function prove(trx: Trx, index: number): Promise<InclusionProof | undefined> {
  const latest = await latestPublic(trx)
  if (latest === undefined || index >= latest.size) return undefined
  const head = await readHead(trx)
  const reader = readerOf(head, (level, idx) => readTile(trx, level, idx))
  const path = await inclusionProof(index, latest.size, reader)
  return { index, path, checkpoint: latest.note, at: latest.at }
}

/**
 * Publishes: pads to a multiple of 64 with leaves that nobody can tell from entries. Where the size is a
 * multiple already, a whole step is added, because the checkpoint at that size was an append's.
 */
async function tick(parts: LedgerParts): Promise<boolean> {
  const published = await parts.inTransaction(WORKER, async (trx) => {
    const head = await lockHead(trx)
    const latest = await latestPublic(trx)
    if (latest?.size === head.size) return undefined
    const entries = paddingEntries(parts.random, paddingCount(head.size) || PADDING_STEP)
    const grown = extend(head, entries, leafHashes(entries))
    return sign(parts, trx, { head, grown, isPublic: true })
  })
  // Only now is it committed: a checkpoint kept outside must never be ahead of the log without cause.
  if (published !== undefined) parts.keepOutside(published)
  return published !== undefined
}
