import { HASH_BYTES } from './hash.js'
import { malformed } from './log-error.js'
import { parseNote } from './note.js'
import { checkedSize } from './tile-shape.js'
import { parseBase64, parseDecimal } from './wire.js'

/** A proof that travels alone (tlog-proof): to be trusted only once its checkpoint and path are checked. */
export interface LogProof {
  readonly index: number
  /** From the leaf's sibling up to the root's child (RFC 6962 section 2.1.1). */
  readonly hashes: readonly Uint8Array[]
  /** The checkpoint, a signed note, as the log wrote it. */
  readonly checkpoint: string
  /** Whatever else the reader needs; the format does not protect it. */
  readonly extra?: Uint8Array
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const MAX_HASHES = 63

/** The text of a `.tlog-proof` file. */
export function formatProof({ index, hashes, checkpoint, extra }: LogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${checkedSize(index)}`,
    ...hashes.map(base64),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Reads a `.tlog-proof` file, strictly; signatures and path are not checked here. */
export function parseProof(text: string): LogProof {
  const blank = text.indexOf('\n\n')
  const [header, ...rest] = text.slice(0, Math.max(blank, 0)).split('\n')
  if (header !== HEADER) throw malformed('not a tlog-proof file')
  const extra = rest[0]?.startsWith('extra ') ? rest.shift()?.slice('extra '.length) : undefined
  const index = rest.shift()
  if (index === undefined || !index.startsWith('index ')) throw malformed('a proof without index')
  const checkpoint = text.slice(blank + 2)
  parseNote(checkpoint)
  return {
    index: parseDecimal(index.slice('index '.length)),
    hashes: parseHashes(rest),
    checkpoint,
    ...(extra === undefined ? {} : { extra: parseBase64(extra) }),
  }
}

function parseHashes(lines: readonly string[]): Buffer[] {
  const hashes = lines.map(parseBase64)
  if (hashes.length > MAX_HASHES || hashes.some((hash) => hash.length !== HASH_BYTES)) {
    throw malformed('not the hashes of a proof')
  }
  return hashes
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
