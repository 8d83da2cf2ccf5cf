import { timingSafeEqual } from 'node:crypto'
import { HASH_BYTES, sha256, sha256Chars, writeChars } from './hash.js'
import { malformed } from './log-error.js'
import { leafHashes } from './merkle.js'
import { isUuid, uuidBytes, writeUuid } from '../platform/kernel/ids.js'
import { isUnicode, u16 } from './wire.js'

/** The type byte of a public entry that is a salted commitment, or padding. */
export const COMMITMENT_ENTRY = 0x01
/** Bytes of a commitment entry: the type byte and the commitment. */
export const ENTRY_BYTES = 1 + HASH_BYTES
/** Bytes of a salt: sa, which blinds the whole entry, and sb, which blinds the link to the person. */
export const SALT_BYTES = 32

const SALT_HALF = SALT_BYTES / 2
const LINK_LABEL = Buffer.from('mirat/link/v1\0')
const COMMIT_LABEL = Buffer.from('mirat/entry/v1\0')
const CHAIN_PREFIX = 0x02

/** Everything that a commitment hides; whoever holds it can check the entry. */
export interface EntryOpening {
  /** sa || sb, 32 random bytes. */
  readonly salt: Uint8Array
  /** The person's pseudonym, as UUID text (`subject.ts`). */
  readonly subject: string
  /** The class's number in `ledger.class`. */
  readonly class: number
  /** Body v1: canonical JSON. */
  readonly body: string
}

/** L = SHA256("mirat/link/v1\0" || sb || subject (16 bytes) || u16be class). */
export function linkOf({ salt, subject, class: number }: Omit<EntryOpening, 'body'>): Buffer {
  const sb = checkedSalt(salt).subarray(SALT_HALF)
  return sha256(Buffer.concat([LINK_LABEL, sb, subjectBytes(subject), u16(number)]))
}

/** c = SHA256("mirat/entry/v1\0" || sa || SHA256(body) || L). */
export function commitmentOf(opening: EntryOpening): Buffer {
  const sa = checkedSalt(opening.salt).subarray(0, SALT_HALF)
  return sha256(Buffer.concat([COMMIT_LABEL, sa, sha256(opening.body), linkOf(opening)]))
}

/** The public entry of a commitment: 0x01 || c. */
export function entryOf(commitment: Uint8Array): Buffer {
  if (commitment.length !== HASH_BYTES) throw malformed('a commitment has 32 bytes')
  return Buffer.concat([Buffer.from([COMMITMENT_ENTRY]), commitment])
}

/** Whether an opening belongs to a public entry; false, never an error, for nonsense. */
export function verifyOpening(opening: EntryOpening, entry: Uint8Array): boolean {
  const { salt, subject, class: number, body } = opening
  const isSound = salt.length === SALT_BYTES && isUuid(subject) && isClass(number)
  if (!isSound || !isUnicode(body) || entry.length !== ENTRY_BYTES) return false
  return timingSafeEqual(entryOf(commitmentOf(opening)), entry)
}

/** Public entries and their leaf hashes (32 bytes each), in the order of their openings. */
export interface CommittedBatch {
  readonly entries: readonly Buffer[]
  readonly leaves: Buffer
}

/**
 * Commits to a batch before the append lock is taken: `entryOf(commitmentOf(opening))` and the leaf hash
 * for each, twice as fast, because digests stay strings until they are written where they belong.
 */
export function commitAll(openings: readonly EntryOpening[]): CommittedBatch {
  const packed = Buffer.alloc(openings.length * ENTRY_BYTES, COMMITMENT_ENTRY)
  const entries = openings.map((opening, i) => {
    const at = i * ENTRY_BYTES
    writeChars(packed, at + 1, commitmentChars(opening))
    return packed.subarray(at, at + ENTRY_BYTES)
  })
  return { entries, leaves: leafHashes(entries) }
}

const linkScratch = Buffer.concat([LINK_LABEL, Buffer.alloc(SALT_HALF + 16 + 2)])
const commitScratch = Buffer.concat([COMMIT_LABEL, Buffer.alloc(SALT_HALF + 2 * HASH_BYTES)])

function commitmentChars({ salt, subject, class: number, body }: EntryOpening): string {
  if (salt.length !== SALT_BYTES) throw malformed('a salt has 32 bytes')
  const saAt = COMMIT_LABEL.length
  const sbAt = LINK_LABEL.length
  for (let i = 0; i < SALT_HALF; i++) {
    commitScratch[saAt + i] = salt[i] as number
    linkScratch[sbAt + i] = salt[SALT_HALF + i] as number
  }
  writeUuid(linkScratch, sbAt + SALT_HALF, checkedSubject(subject))
  linkScratch.writeUInt16BE(checkedClass(number), linkScratch.length - 2)
  writeChars(commitScratch, saAt + SALT_HALF, sha256Chars(body))
  writeChars(commitScratch, saAt + SALT_HALF + HASH_BYTES, sha256Chars(linkScratch))
  return sha256Chars(commitScratch)
}

const chainScratch = Buffer.alloc(1 + 2 * HASH_BYTES, CHAIN_PREFIX)

/** One more link of a chain: h_n = SHA256(0x02 || h_(n-1) || c_n), 32 bytes each. */
export function chainNext(previous: Uint8Array, commitment: Uint8Array): Buffer {
  if (previous.length !== HASH_BYTES || commitment.length !== HASH_BYTES) {
    throw malformed('a chain is made of 32-byte hashes')
  }
  chainScratch.set(previous, 1)
  chainScratch.set(commitment, 1 + HASH_BYTES)
  return sha256(chainScratch)
}

/** The head of a chain after all these commitments, in order of leaf index, from its base on. */
export function foldChain(base: Uint8Array, commitments: readonly Uint8Array[]): Buffer {
  let head: Buffer = Buffer.from(base)
  for (const commitment of commitments) head = chainNext(head, commitment)
  return head
}

function checkedSalt(salt: Uint8Array): Buffer {
  if (salt.length !== SALT_BYTES) throw malformed('a salt has 32 bytes')
  return Buffer.from(salt.buffer, salt.byteOffset, salt.byteLength)
}

function checkedClass(number: number): number {
  if (!isClass(number)) throw malformed('a class is a number in two bytes')
  return number
}

function isClass(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= 0xffff
}

function subjectBytes(subject: string): Buffer {
  return uuidBytes(checkedSubject(subject))
}

function checkedSubject(subject: string): string {
  if (!isUuid(subject)) throw malformed('a subject is a UUID in lower case')
  return subject
}
