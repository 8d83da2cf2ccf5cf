import { HASH_BYTES } from './hash.js'
import { malformed } from './log-error.js'
import type { NoteSigner, NoteVerifier } from './note-keys.js'
import { signNote, verifyNote, type VerifiedNote } from './note.js'
import { checkedSize } from './tile-shape.js'
import { isUnicode, parseBase64, parseDecimal } from './wire.js'

/** A log's tree head (tlog-checkpoint). */
export interface Checkpoint {
  /** The log's name, a schema-less address by custom; it need not lead anywhere. */
  readonly origin: string
  /** Leaves in the tree, at most 2^53 - 1. */
  readonly size: number
  /** 32 bytes. */
  readonly root: Buffer
  /** Further lines of the body, opaque; this log writes none. */
  readonly extensions: readonly string[]
}

/** The body of a checkpoint: origin, size and root, a line each, then the extension lines. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint
  if (root.length !== HASH_BYTES) throw malformed('a root has 32 bytes')
  const lines = [origin, String(checkedSize(size)), root.toString('base64'), ...extensions]
  if (!lines.every(isLine)) throw malformed('a checkpoint line is empty or broken')
  return lines.map((line) => `${line}\n`).join('')
}

/** Reads the body of a checkpoint, strictly: nothing that `formatCheckpoint` would write otherwise. */
export function parseCheckpoint(body: string): Checkpoint {
  if (!body.endsWith('\n')) throw malformed('a checkpoint ends with a newline')
  const lines = body.slice(0, -1).split('\n')
  const [origin, size, root, ...extensions] = lines
  if (origin === undefined || size === undefined || root === undefined || !lines.every(isLine)) {
    throw malformed('a checkpoint has three lines or more, none of them empty')
  }
  const hash = parseBase64(root)
  if (hash.length !== HASH_BYTES) throw malformed('a root has 32 bytes')
  return { origin, size: parseDecimal(size), root: hash, extensions }
}

/** The checkpoint as a signed note. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  return signNote(formatCheckpoint(checkpoint), signers)
}

/** Whose checkpoints are believed: one log's, by the keys that are known for it. */
export interface LogIdentity {
  readonly origin: string
  readonly verifiers: readonly NoteVerifier[]
}

/** A checkpoint whose signatures were checked. */
export interface VerifiedCheckpoint extends Checkpoint {
  readonly note: VerifiedNote
}

/** Checks a signed checkpoint and reads it. Refuses as `verifyNote` does, and another log's origin. */
export function openCheckpoint(note: string, log: LogIdentity): VerifiedCheckpoint {
  const verified = verifyNote(note, log.verifiers)
  const checkpoint = parseCheckpoint(verified.text)
  if (checkpoint.origin !== log.origin) throw malformed('a checkpoint of another log')
  return { ...checkpoint, note: verified }
}

function isLine(line: string): boolean {
  return line !== '' && isUnicode(line) && !/\p{Cc}/u.test(line)
}
