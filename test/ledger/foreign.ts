import { createPublicKey } from 'node:crypto'
import checkpointModule from '@sigstore/verify/dist/tlog/checkpoint.js'
import merkleModule from '@sigstore/verify/dist/tlog/merkle.js'
import { parseCheckpoint } from '../../server/ledger/checkpoint.js'
import { parseVkey } from '../../server/ledger/note-keys.js'
import { parseNote } from '../../server/ledger/note.js'
import type { InclusionProof } from '../../server/ledger/index.js'

const { verifyCheckpoint } = checkpointModule
const { verifyMerkleInclusion } = merkleModule

/** Lets code of others (sigstore) check a proof of ours under our key; throws where it refuses. */
export function verifyBySigstore(
  { index, path, checkpoint }: InclusionProof,
  entry: Buffer,
  vkey: string,
): void {
  const { keyId, publicKey, name } = parseVkey(vkey)
  const { size, root } = parseCheckpoint(parseNote(checkpoint).text)
  const foreign = {
    logIndex: String(index),
    logId: { keyId: Buffer.from(keyId, 'hex') },
    kindVersion: { kind: 'mirat', version: '1' },
    integratedTime: '0',
    inclusionPromise: undefined,
    canonicalizedBody: entry,
    inclusionProof: {
      logIndex: String(index),
      rootHash: root,
      treeSize: String(size),
      hashes: [...path],
      checkpoint: { envelope: checkpoint },
    },
  }
  const x = publicKey.toString('base64url')
  const trusted = {
    logID: Buffer.from(keyId, 'hex'),
    baseURL: `https://${name}`,
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  }
  verifyMerkleInclusion(foreign, verifyCheckpoint(foreign, [trusted]))
}
