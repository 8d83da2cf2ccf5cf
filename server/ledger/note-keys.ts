import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { HASH_BYTES, sha256 } from './hash.js'
import { malformed } from './log-error.js'
import { isUnicode, parseBase64 } from './wire.js'

/** Who signed: a key is known by its name and its id together (signed-note). */
export interface NoteKey {
  readonly name: string
  /** Four bytes as eight lower-case hexadecimal digits. */
  readonly keyId: string
}

/** Something that signs notes. */
export interface NoteSigner extends NoteKey {
  /** The signature over the note's text, its last newline included, without the key id. */
  sign(text: string): Buffer
}

/** Something that checks signatures on notes, of whichever type. */
export interface NoteVerifier extends NoteKey {
  verify(text: string, signature: Buffer): boolean
}

/** The type byte of a signature by Ed25519 over the note's text (signed-note). */
export const ED25519 = 0x01
/** The type byte of a witness's timestamped cosignature by Ed25519 (tlog-cosignature). */
export const COSIGNATURE_V1 = 0x04

const SIGNATURE_BYTES = 64
const TIME_BYTES = 8
/** PKCS #8 around an Ed25519 seed (RFC 8410 section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
/** SubjectPublicKeyInfo around an Ed25519 public key (RFC 8410 section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Whether a text can name a key: not empty, no white space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name !== '' && isUnicode(name) && !/[\p{White_Space}\p{Cc}+]/u.test(name)
}

/** Key id = first four bytes of SHA-256(name || 0x0A || type || public key) (signed-note). */
export function keyIdOf(name: string, typedKey: Uint8Array): string {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), typedKey])).toString('hex', 0, 4)
}

/** The public text of an Ed25519 log key: `name+id+base64(0x01 || 32 bytes)` (signed-note). */
export function vkeyOf(name: string, publicKey: Uint8Array): string {
  if (!isKeyName(name)) throw malformed('not a key name')
  if (publicKey.length !== HASH_BYTES) throw malformed('an Ed25519 public key has 32 bytes')
  const typedKey = Buffer.concat([Buffer.from([ED25519]), publicKey])
  return `${name}+${keyIdOf(name, typedKey)}+${typedKey.toString('base64')}`
}

/** The parts of a verifier key; the type stays open, so that keys of other types can be kept. */
export interface Vkey extends NoteKey {
  readonly type: number
  readonly publicKey: Buffer
}

/** Reads a verifier key. Refuses one whose id does not follow from its name and key. */
export function parseVkey(text: string): Vkey {
  const [, name = '', keyId, encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(text) ?? []
  const typedKey = parseBase64(encoded)
  const [type] = typedKey
  if (!isKeyName(name) || keyId === undefined || type === undefined) {
    throw malformed('not a verifier key')
  }
  if (keyIdOf(name, typedKey) !== keyId) throw malformed('verifier key with a foreign key id')
  return { name, keyId, type, publicKey: typedKey.subarray(1) }
}

/** The verifier that a vkey names: a log's Ed25519 key or a witness's. Refuses other types. */
export function verifierOf(vkey: string): NoteVerifier {
  const { name, keyId, type, publicKey } = parseVkey(vkey)
  if (publicKey.length !== HASH_BYTES) throw malformed('an Ed25519 public key has 32 bytes')
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    format: 'der',
    type: 'spki',
  })
  if (type === ED25519) {
    return { name, keyId, verify: (text, signature) => checks(text, key, signature) }
  }
  if (type === COSIGNATURE_V1) {
    return { name, keyId, verify: (text, signature) => cosignatureChecks(text, key, signature) }
  }
  throw malformed(`signature type ${type} is not known here`)
}

/** A log's signer from the 32 secret bytes of its key (RFC 8032 section 5.1.5), and its public text. */
export function signerFromSeed(
  name: string,
  seed: Uint8Array,
): NoteSigner & { readonly vkey: string } {
  if (seed.length !== HASH_BYTES) throw malformed('an Ed25519 seed has 32 bytes')
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const vkey = vkeyOf(name, spki.subarray(SPKI_PREFIX.length))
  const { keyId } = parseVkey(vkey)
  return { name, keyId, vkey, sign: (text) => sign(null, Buffer.from(text), key) }
}

/** When a witness cosigned, in seconds since 1970, as its signature claims (tlog-cosignature). */
export function cosignedAt(signature: Buffer): bigint {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) throw malformed('not a cosignature')
  return signature.readBigUInt64BE(0)
}

function checks(text: string, key: KeyObject, signature: Buffer): boolean {
  return signature.length === SIGNATURE_BYTES && verify(null, Buffer.from(text), key, signature)
}

function cosignatureChecks(text: string, key: KeyObject, signature: Buffer): boolean {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return false
  const message = `cosignature/v1\ntime ${cosignedAt(signature)}\n${text}`
  return checks(message, key, signature.subarray(TIME_BYTES))
}
