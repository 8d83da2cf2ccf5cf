import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'

/** A log's public key, read from its text `name+id+key` (c2sp.org/signed-note). */
export interface LogKey {
  readonly name: string
  /** Four bytes, as hexadecimal digits. */
  readonly id: string
  readonly key: KeyObject
}

/** A checkpoint whose signature was checked (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  readonly size: number
  /** 32 bytes. */
  readonly root: Buffer
}

const ED25519 = 0x01
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Reads a verifier key; nothing where it is none of Ed25519, or its id is not its own. */
export function readKey(text: string): LogKey | undefined {
  const [, name = '', id = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? []
  const typed = Buffer.from(encoded, 'base64')
  if (typed.length !== 33 || typed[0] !== ED25519) return undefined
  const hash = createHash('sha256').update(`${name}\n`).update(typed).digest('hex')
  if (hash.slice(0, 8) !== id) return undefined
  const der = Buffer.concat([ED25519_PREFIX, typed.subarray(1)])
  return { name, id, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

/** Opens a signed checkpoint; nothing where this key did not sign it, or it is not one of this log. */
export function openCheckpoint(note: string, { name, id, key }: LogKey): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const [origin, size = '', root = ''] = text.split('\n')
  const signatures = signaturesIn(note.slice(end + 2), `${name} `, id)
  // A false signature of the key spoils the note, even beside a good one (signed-note).
  const isSigned =
    signatures.length > 0 &&
    signatures.every((signature) => verify(null, Buffer.from(text), key, signature))
  const isForm = /^(0|[1-9][0-9]{0,15})$/.test(size) && Number.isSafeInteger(Number(size))
  const hash = Buffer.from(root, 'base64')
  if (end < 0 || !isSigned || !isForm || origin !== name) return undefined
  return hash.length === 32 && hash.toString('base64') === root
    ? { size: Number(size), root: hash }
    : undefined
}

/** Signatures of one key among the lines `— name base64(id || signature)`; those of others are passed over. */
function signaturesIn(lines: string, name: string, id: string): Buffer[] {
  return lines.split('\n').flatMap((line) => {
    if (!line.startsWith(`\u2014 ${name}`)) return []
    const bytes = Buffer.from(line.slice(2 + name.length), 'base64')
    return bytes.toString('hex', 0, 4) === id ? [bytes.subarray(4)] : []
  })
}
