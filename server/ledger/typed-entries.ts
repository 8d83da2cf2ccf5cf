import { HASH_BYTES } from './hash.js'
import { malformed } from './log-error.js'
import { parseVkey } from './note-keys.js'
import { readU64, u16, u32, u64 } from './wire.js'

/** 0x03: at `at` the heads of all chains, over the leaves below `coveredSize`, had this root. */
export interface HeadsEpoch {
  readonly type: 'heads-epoch'
  /** Epochs count from 1. */
  readonly epoch: number
  /** Milliseconds since 1970, UTC. */
  readonly at: number
  readonly coveredSize: number
  /** The root of the epoch's heads tree, 32 bytes. */
  readonly root: Buffer
}

/** 0x04: what a class held that expired before a day has been erased. */
export interface RetentionBoundary {
  readonly type: 'retention-boundary'
  readonly class: number
  /** Days since 1970-01-01 (UTC); entries that expire on an earlier day are gone. */
  readonly beforeDay: number
  /** The log's size when the boundary was drawn; no entry at or above it is touched. */
  readonly coveredSize: number
  /** The last epoch at or before the boundary, whose heads are the chains' bases now; 0 for none. */
  readonly baseEpoch: number
}

/** 0x05: from the first checkpoint that covers this entry on, the log signs with the new key. */
export interface KeyChange {
  readonly type: 'key-change'
  /** Eight lower-case hexadecimal digits. */
  readonly oldKeyId: string
  /** The new key in full; its id is written as well. */
  readonly vkey: string
}

/** 0x06: the content of one entry was removed before its time, under a named rule, by two people. */
export interface Redaction {
  readonly type: 'redaction'
  readonly leafIndex: number
  /** 1 to 64 characters: a letter or digit, then letters, digits, dot, underscore, hyphen. */
  readonly rule: string
}

/** 0x07: after a restore the log goes on from a size that is smaller than one it had signed. */
export interface Gap {
  readonly type: 'gap'
  /** Leaves that the restored log held; this entry's own index is at or above it. */
  readonly restoredSize: number
  /** Size of the newest checkpoint known from before the restore. */
  readonly lostSize: number
  /** That checkpoint's root, 32 bytes: who kept it finds it acknowledged here. */
  readonly lostRoot: Buffer
  /** Milliseconds since 1970, UTC. */
  readonly at: number
}

/** An entry that the log says aloud, unlike the commitments (0x01). */
export type TypedEntry = HeadsEpoch | RetentionBoundary | KeyChange | Redaction | Gap

const TYPE_BYTE = {
  'heads-epoch': 0x03,
  'retention-boundary': 0x04,
  'key-change': 0x05,
  redaction: 0x06,
  gap: 0x07,
} as const

/** The fixed part of each layout; heads epoch, retention boundary and gap are that and no more. */
const LEAST_BYTES: Readonly<Record<number, number>> = {
  0x03: 57,
  0x04: 23,
  0x05: 11,
  0x06: 10,
  0x07: 57,
}

const RULE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const KEY_ID = /^[0-9a-f]{8}$/

/** The bytes of a typed entry, as the README lays them out; all numbers are big-endian. */
export function encodeTypedEntry(entry: TypedEntry): Buffer {
  return Buffer.concat([Buffer.from([TYPE_BYTE[entry.type]]), ...fieldsOf(entry)])
}

/** Reads a typed entry. Refuses unknown types, and any bytes that `encodeTypedEntry` would not write. */
export function parseTypedEntry(bytes: Buffer): TypedEntry {
  const entry = readFields(bytes)
  if (!encodeTypedEntry(entry).equals(bytes)) throw malformed('a typed entry has foreign bytes')
  return entry
}

function fieldsOf(entry: TypedEntry): Buffer[] {
  switch (entry.type) {
    case 'heads-epoch':
      if (entry.root.length !== HASH_BYTES) throw malformed('a root has 32 bytes')
      return [u64(entry.epoch), u64(entry.at), u64(entry.coveredSize), entry.root]
    case 'retention-boundary':
      return [u16(entry.class), u32(entry.beforeDay), u64(entry.coveredSize), u64(entry.baseEpoch)]
    case 'key-change':
      return keyChangeFields(entry)
    case 'redaction':
      if (!RULE.test(entry.rule)) throw malformed('not a rule code')
      return [u64(entry.leafIndex), Buffer.from([entry.rule.length]), Buffer.from(entry.rule)]
    case 'gap':
      return gapFields(entry)
  }
}

function keyChangeFields({ oldKeyId, vkey }: KeyChange): Buffer[] {
  if (!KEY_ID.test(oldKeyId)) throw malformed('not a key id')
  const { keyId } = parseVkey(vkey)
  const text = Buffer.from(vkey)
  return [Buffer.from(oldKeyId, 'hex'), Buffer.from(keyId, 'hex'), u16(text.length), text]
}

function gapFields({ restoredSize, lostSize, lostRoot, at }: Gap): Buffer[] {
  if (lostRoot.length !== HASH_BYTES) throw malformed('a root has 32 bytes')
  if (restoredSize >= lostSize) throw malformed('a gap without a lost leaf')
  return [u64(restoredSize), u64(lostSize), lostRoot, u64(at)]
}

function readFields(bytes: Buffer): TypedEntry {
  const type = bytes[0] ?? 0
  if (bytes.length < (LEAST_BYTES[type] ?? 0)) throw malformed('a typed entry ends too soon')
  switch (type) {
    case TYPE_BYTE['heads-epoch']:
      return {
        type: 'heads-epoch',
        epoch: readU64(bytes, 1),
        at: readU64(bytes, 9),
        coveredSize: readU64(bytes, 17),
        root: bytes.subarray(25),
      }
    case TYPE_BYTE['retention-boundary']:
      return {
        type: 'retention-boundary',
        class: bytes.readUInt16BE(1),
        beforeDay: bytes.readUInt32BE(3),
        coveredSize: readU64(bytes, 7),
        baseEpoch: readU64(bytes, 15),
      }
    case TYPE_BYTE['key-change']:
      return {
        type: 'key-change',
        oldKeyId: bytes.toString('hex', 1, 5),
        vkey: bytes.toString('utf8', 11),
      }
    case TYPE_BYTE.redaction:
      return {
        type: 'redaction',
        leafIndex: readU64(bytes, 1),
        rule: bytes.toString('latin1', 10),
      }
    case TYPE_BYTE.gap:
      return {
        type: 'gap',
        restoredSize: readU64(bytes, 1),
        lostSize: readU64(bytes, 9),
        lostRoot: bytes.subarray(17, 49),
        at: readU64(bytes, 49),
      }
    default:
      throw malformed('an entry of unknown type')
  }
}
