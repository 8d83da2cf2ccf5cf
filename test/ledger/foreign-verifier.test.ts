import { createPublicKey } from 'node:crypto'
import checkpointModule from '@sigstore/verify/dist/tlog/checkpoint.js'
import merkleModule from '@sigstore/verify/dist/tlog/merkle.js'
import fc from 'fast-check'
import { signCheckpoint } from '../../server/ledger/checkpoint.js'
import { parseVkey, signerFromSeed } from '../../server/ledger/note-keys.js'
import { inclusionProof, rootAt } from '../../server/ledger/tile-proofs.js'
import { seededRandom } from '../../server/platform/kernel/random.js'
import { growLog } from './tree.js'

/** Code of others (sigstore), so that a fault of ours on both sides cannot hide. */
const { LogCheckpoint, verifyCheckpoint } = checkpointModule
const { verifyMerkleInclusion } = merkleModule
type ForeignEntry = Parameters<typeof verifyMerkleInclusion>[0]

const origin = 'mirat.example/log'
const signer = signerFromSeed(origin, seededRandom('foreign').bytes(32))
const log = growLog([3, 252, 1, 500, 64])
const sizes = fc.integer({ min: 1, max: log.head.size })
const leafAtSize = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }),
)

/** Our proof in the shape that the foreign verifier takes. */
async function foreignEntry(index: number, size: number): Promise<ForeignEntry> {
  const root = await rootAt(size, log.readTile)
  const envelope = signCheckpoint({ origin, size, root, extensions: [] }, [signer])
  return {
    logIndex: String(index),
    logId: { keyId: Buffer.from(signer.keyId, 'hex') },
    kindVersion: { kind: 'mirat', version: '1' },
    integratedTime: '0',
    inclusionPromise: undefined,
    canonicalizedBody: log.entries[index] ?? Buffer.alloc(0),
    inclusionProof: {
      logIndex: String(index),
      rootHash: root,
      treeSize: String(size),
      hashes: await inclusionProof(index, size, log.readTile),
      checkpoint: { envelope },
    },
  }
}

/** Our log as the foreign verifier trusts it, with the first four bytes of the log id as key id. */
function trusted(vkey: string) {
  const { keyId, publicKey } = parseVkey(vkey)
  const x = publicKey.toString('base64url')
  return {
    logID: Buffer.from(keyId, 'hex'),
    baseURL: `https://${origin}`,
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  }
}

test('sigstore reads our checkpoints and accepts every inclusion proof of ours', async () => {
  await fc.assert(
    fc.asyncProperty(leafAtSize, async ({ index, size }) => {
      const entry = await foreignEntry(index, size)
      const checkpoint = verifyCheckpoint(entry, [trusted(signer.vkey)])
      expect(checkpoint).toMatchObject({ origin, logSize: BigInt(size), rest: [] })
      expect(() => verifyMerkleInclusion(entry, checkpoint)).not.toThrow()
    }),
  )
})

test('sigstore rejects a proof of ours with one altered bit', async () => {
  await fc.assert(
    fc.asyncProperty(leafAtSize, fc.nat({ max: 255 }), async ({ index, size }, bit) => {
      fc.pre(size > 1)
      const entry = await foreignEntry(index, size)
      const checkpoint = verifyCheckpoint(entry, [trusted(signer.vkey)])
      const [first] = entry.inclusionProof.hashes
      if (first === undefined) throw new Error('a tree of two leaves has a path')
      first[bit >> 3] = (first[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => verifyMerkleInclusion(entry, checkpoint)).toThrow('root hash does not match')
    }),
  )
})

test('sigstore rejects our proof against the root of another size', async () => {
  const entry = await foreignEntry(10, 700)
  const root = await rootAt(701, log.readTile)
  const wrong = new LogCheckpoint(origin, 700n, root, [])
  expect(() => verifyMerkleInclusion(entry, wrong)).toThrow('root hash does not match')
})

test('sigstore rejects our checkpoint when its size or root was altered, or its key is another', async () => {
  const entry = await foreignEntry(10, 700)
  const { envelope } = entry.inclusionProof.checkpoint
  const withEnvelope = (text: string): ForeignEntry => ({
    ...entry,
    inclusionProof: { ...entry.inclusionProof, checkpoint: { envelope: text } },
  })
  const ours = [trusted(signer.vkey)]
  expect(() => verifyCheckpoint(withEnvelope(envelope), ours)).not.toThrow()
  const altered = withEnvelope(envelope.replace('\n700\n', '\n701\n'))
  expect(() => verifyCheckpoint(altered, ours)).toThrow('invalid checkpoint signature')
  const other = signerFromSeed(origin, seededRandom('other').bytes(32))
  expect(() => verifyCheckpoint(entry, [trusted(other.vkey)])).toThrow(
    'invalid checkpoint signature',
  )
})
