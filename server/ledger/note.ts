import { LogError, malformed } from './log-error.js'
import { isKeyName, type NoteKey, type NoteSigner, type NoteVerifier } from './note-keys.js'
import { isUnicode, parseBase64 } from './wire.js'

/** One signature line; the bytes follow the key id and mean what the key's type says. */
export interface NoteSignature extends NoteKey {
  readonly signature: Buffer
}

/** A note as it is written: nothing in it may be trusted before `verifyNote`. */
export interface Note {
  /** Everything before the blank line, its last newline included: what is signed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A note of which at least one known key signed the text, and no known key signed falsely. */
export interface VerifiedNote {
  readonly text: string
  /** The signatures of known keys, each of them checked. */
  readonly verified: readonly NoteSignature[]
  /** The signatures of keys not known here, unchecked, as signed-note demands. */
  readonly unknown: readonly NoteSignature[]
}

const MAX_SIGNATURES = 100
const KEY_ID_BYTES = 4
/** Below U+0020 a note may hold newlines alone (signed-note). */
const FORBIDDEN = /(?!\n)[\u0000-\u001f]/u

/** Text and signature lines, in order. Refuses a text that a note cannot hold. */
export function formatNote({ text, signatures }: Note): string {
  if (!isNoteText(text)) throw malformed('not a note text')
  return `${text}\n${signatures.map(formatSignature).join('')}`
}

/** Reads a note without checking any signature; types that are not known here are kept. */
export function parseNote(note: string): Note {
  const blank = note.lastIndexOf('\n\n')
  const text = note.slice(0, blank + 1)
  if (blank < 0 || !note.endsWith('\n') || !isNoteText(text)) throw malformed('not a signed note')
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformed('more signatures than anyone needs')
  return { text, signatures: lines.map(parseSignature) }
}

/** A note with the signatures of all signers, in their order. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const signatures = signers.map((signer) => ({
    name: signer.name,
    keyId: signer.keyId,
    signature: signer.sign(text),
  }))
  return formatNote({ text, signatures })
}

/** The note with more signatures behind its own: a witness's, or the next key's. */
export function addSignatures(note: string, signatures: readonly NoteSignature[]): string {
  return `${note}${signatures.map(formatSignature).join('')}`
}

/**
 * Checks every signature of a known key. Refuses a note that no known key signed (`UNSIGNED`), and one
 * with a false signature of a known key, even beside a good one (`BAD_SIGNATURE`).
 */
export function verifyNote(note: string, verifiers: readonly NoteVerifier[]): VerifiedNote {
  const { text, signatures } = parseNote(note)
  const verified: NoteSignature[] = []
  const unknown: NoteSignature[] = []
  for (const line of signatures) {
    const known = verifiers.find(({ name, keyId }) => name === line.name && keyId === line.keyId)
    if (known === undefined) {
      unknown.push(line)
    } else if (known.verify(text, line.signature)) {
      verified.push(line)
    } else {
      throw new LogError('BAD_SIGNATURE', `false signature of ${line.name}`)
    }
  }
  if (verified.length === 0) throw new LogError('UNSIGNED', 'no signature of a known key')
  return { text, verified, unknown }
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && isUnicode(text) && !FORBIDDEN.test(text)
}

function formatSignature({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name)) throw malformed('not a key name')
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? []
  const bytes = parseBase64(encoded)
  if (!isKeyName(name) || bytes.length <= KEY_ID_BYTES) throw malformed('not a signature line')
  return {
    name,
    keyId: bytes.toString('hex', 0, KEY_ID_BYTES),
    signature: bytes.subarray(KEY_ID_BYTES),
  }
}
