import { createPublicKey } from 'node:crypto'
import checkpointModule from '@sigstore/verify/dist/tlog/checkpoint.js'
import merkleModule from '@sigstore/verify/dist/tlog/merkle.js'
import { openCheckpoint } from '../../server/ledger/checkpoint.js'
import { commitmentOf, entryOf } from '../../server/ledger/commitment.js'
import { leafHash, verifyInclusion } from '../../server/ledger/merkle.js'
import { parseVkey, verifierOf } from '../../server/ledger/note-keys.js'
import { parseProof } from '../../server/ledger/proof.js'

const { verifyCheckpoint } = checkpointModule
const { verifyMerkleInclusion } = merkleModule

/** What a downloaded proof says, once everything in it has been checked. */
export interface CheckedProof {
  readonly index: number
  /** Leaves in the public log at that time. */
  readonly size: number
  /** The entry itself. */
  readonly body: Readonly<Record<string, unknown>>
}

interface Opening {
  readonly subject: string
  readonly class: number
  readonly body: string
  readonly salt: string
}

/**
 * Checks a `.tlog-proof` file as a stranger would, with the key from the log's public address: by our
 * own code, and by that of sigstore, which shares nothing with it. Throws where either refuses.
 */
export function checkProof(file: string, vkey: string): CheckedProof {
  const proof = parseProof(file)
  if (proof.extra === undefined) throw new Error('the proof carries no opening')
  const opening = JSON.parse(Buffer.from(proof.extra).toString('utf8')) as Opening
  const salt = Buffer.from(opening.salt, 'base64')
  const entry = entryOf(commitmentOf({ ...opening, salt }))
  const { name } = parseVkey(vkey)
  const { size, root } = openCheckpoint(proof.checkpoint, {
    origin: name,
    verifiers: [verifierOf(vkey)],
  })
  const { index, hashes } = proof
  const claim = { index, size, leafHash: leafHash(entry), proof: hashes, root }
  if (!verifyInclusion(claim)) throw new Error('the entry is not in the log')
  askSigstore({ ...claim, entry, checkpoint: proof.checkpoint }, vkey)
  return { index, size, body: JSON.parse(opening.body) as CheckedProof['body'] }
}

function askSigstore(
  claim: {
    readonly index: number
    readonly size: number
    readonly root: Buffer
    readonly proof: readonly Uint8Array[]
    readonly entry: Buffer
    readonly checkpoint: string
  },
  vkey: string,
): void {
  const { name, keyId, publicKey } = parseVkey(vkey)
  const logId = Buffer.from(keyId, 'hex')
  const x = publicKey.toString('base64url')
  const entry: Parameters<typeof verifyMerkleInclusion>[0] = {
    logIndex: String(claim.index),
    logId: { keyId: logId },
    kindVersion: { kind: 'mirat', version: '1' },
    integratedTime: '0',
    inclusionPromise: undefined,
    canonicalizedBody: claim.entry,
    inclusionProof: {
      logIndex: String(claim.index),
      rootHash: claim.root,
      treeSize: String(claim.size),
      hashes: claim.proof.map((hash) => Buffer.from(hash)),
      checkpoint: { envelope: claim.checkpoint },
    },
  }
  const trusted = {
    logID: logId,
    baseURL: `https://${name}`,
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  }
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [trusted]))
}
