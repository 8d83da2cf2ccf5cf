import type { Trx } from '../database.js'

/** One entry to append: `body` is its committed text, canonical JSON without subject, class and salt. */
export interface NewEntry {
  /** Retention class (1 to 65535). */
  readonly class: number
  /** Keyed subject as UUID text. */
  readonly subject: string
  readonly body: string
}

/** Entries whose commitments are made, ready for the lock; in the order they were given. */
export interface PreparedEntries {
  /** sa and sb of each entry, 32 bytes. */
  readonly salts: readonly Buffer[]
  /** `0x01 || c` of each entry, 33 bytes. */
  readonly entries: readonly Buffer[]
  /** Their leaf hashes, 32 bytes each, in one buffer. */
  readonly leaves: Buffer
}

/** What an append gave. */
export interface Appended {
  /** Leaf index of each entry, in the order they were given; shuffled within the batch. */
  readonly indices: readonly number[]
  /** Size of the tree after it. */
  readonly size: number
  /** Signed checkpoint that covers all of them (C2SP tlog-checkpoint). */
  readonly checkpoint: string
}

/** Everything that opens one commitment, and where its leaf is. */
export interface Opening {
  readonly index: number
  readonly class: number
  readonly body: string
  /** sa || sb, 32 bytes. */
  readonly salt: Buffer
}

/** Proof that a leaf is in the tree of a public checkpoint. */
export interface InclusionProof {
  readonly index: number
  /** Sibling hashes from the leaf up, 32 bytes each. */
  readonly path: readonly Buffer[]
  /** The public checkpoint that it leads to. */
  readonly checkpoint: string
  /** When that checkpoint was signed. */
  readonly at: Date
}

/** The log as other rooms use it. */
export interface Ledger {
  /** Hashes everything that does not need the index; runs before any lock. */
  prepare(entries: readonly NewEntry[]): PreparedEntries
  /** Takes the append lock, extends the tree and signs a checkpoint, all in the caller's transaction. */
  append(trx: Trx, prepared: PreparedEntries): Promise<Appended>
  /** Inclusion in the latest public checkpoint, or nothing while the next tick is still to come. */
  prove(trx: Trx, index: number): Promise<InclusionProof | undefined>
  /** The latest public checkpoint, or nothing before the first tick. */
  publicCheckpoint(trx: Trx): Promise<{ note: string; size: number; at: Date } | undefined>
  /** Pads to a multiple of 64 and publishes a checkpoint; false where nothing is new. */
  tick(): Promise<boolean>
  /** The verifier key of this log (C2SP signed-note vkey). */
  readonly vkey: string
  /** The log's origin: a name, not an address. */
  readonly origin: string
  /** Milliseconds between two public checkpoints. */
  readonly tickMs: number
}
