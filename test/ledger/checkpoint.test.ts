import fc from 'fast-check'
import {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../server/ledger/checkpoint.js'
import { signerFromSeed, verifierOf } from '../../server/ledger/note-keys.js'
import { formatProof, parseProof } from '../../server/ledger/proof.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

const random = seededRandom('checkpoint')
const origin = 'mirat.example/log'
const signer = signerFromSeed(origin, random.bytes(32))
const root = random.bytes(32)
const rootText = root.toString('base64')
const checkpoint = { origin, size: 20852163, root, extensions: [] }
const note = signCheckpoint(checkpoint, [signer])
const log = { origin, verifiers: [verifierOf(signer.vkey)] }

test('a checkpoint is origin, size and root, a line each', () => {
  expect(formatCheckpoint(checkpoint)).toBe(`${origin}\n20852163\n${rootText}\n`)
  expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
})

test('keeps extension lines', () => {
  const extended = { ...checkpoint, size: 0, extensions: ['first', 'second — line'] }
  expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended)
})

test('opens a signed checkpoint of this log and of no other', () => {
  expect(openCheckpoint(note, log)).toMatchObject(checkpoint)
  expect(() => openCheckpoint(note, { ...log, origin: 'other.example' })).toThrow('another log')
  expect(() => openCheckpoint(note.replace('20852163', '20852164'), log)).toThrow('false signature')
})

test.each([
  ['too few lines', `${origin}\n1\n`],
  ['no last newline', `${origin}\n1\n${rootText}`],
  ['no origin', `\n1\n${rootText}\n`],
  ['a leading zero', `${origin}\n01\n${rootText}\n`],
  ['a sign', `${origin}\n+1\n${rootText}\n`],
  ['a negative size', `${origin}\n-1\n${rootText}\n`],
  ['a size in scientific writing', `${origin}\n1e3\n${rootText}\n`],
  ['a size beyond exact numbers', `${origin}\n9007199254740992\n${rootText}\n`],
  ['no size', `${origin}\n\n${rootText}\n`],
  ['a short root', `${origin}\n1\n${root.subarray(1).toString('base64')}\n`],
  ['a root in the other base64', `${origin}\n1\n${Buffer.alloc(32, 255).toString('base64url')}=\n`],
  ['loose base64', `${origin}\n1\n${rootText.slice(0, -1)}\n`],
  ['an empty extension line', `${origin}\n1\n${rootText}\n\nmore\n`],
  ['carriage returns', `${origin}\r\n1\r\n${rootText}\r\n`],
])('refuses a checkpoint with %s', (_, body) => {
  expect(() => parseCheckpoint(body)).toThrow()
})

test('no checkpoint is written that could not be read', () => {
  expect(() => formatCheckpoint({ ...checkpoint, origin: '' })).toThrow()
  expect(() => formatCheckpoint({ ...checkpoint, origin: 'a\nb' })).toThrow()
  expect(() => formatCheckpoint({ ...checkpoint, size: -1 })).toThrow()
  expect(() => formatCheckpoint({ ...checkpoint, root: root.subarray(1) })).toThrow()
  expect(() => formatCheckpoint({ ...checkpoint, extensions: [''] })).toThrow()
})

test('a proof file reads back as it was written', () => {
  const proof = fc.record(
    {
      index: fc.maxSafeNat(),
      hashes: fc.array(
        fc.uint8Array({ minLength: 32, maxLength: 32 }).map((hash) => Buffer.from(hash)),
        {
          maxLength: 63,
        },
      ),
      checkpoint: fc.constant(note),
      extra: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    },
    { requiredKeys: ['index', 'hashes', 'checkpoint'] },
  )
  fc.assert(fc.property(proof, (given) => expect(parseProof(formatProof(given))).toEqual(given)))
})

test('a proof file has exactly the lines of the specification', () => {
  const given = { index: 7, hashes: [root, root], checkpoint: note, extra: Buffer.from('hello') }
  expect(formatProof(given)).toBe(
    `c2sp.org/tlog-proof@v1\nextra aGVsbG8=\nindex 7\n${rootText}\n${rootText}\n\n${note}`,
  )
})

const head = 'c2sp.org/tlog-proof@v1\n'
test.each([
  ['another first line', `c2sp.org/tlog-proof@v2\nindex 1\n\n${note}`],
  ['no index', `${head}${rootText}\n\n${note}`],
  ['the extra line behind the index', `${head}index 1\nextra aGVsbG8=\n\n${note}`],
  ['a leading zero', `${head}index 01\n\n${note}`],
  ['a short hash', `${head}index 1\naGVsbG8=\n\n${note}`],
  ['loose base64', `${head}extra aGVsbG8\nindex 1\n\n${note}`],
  ['no checkpoint', `${head}index 1\n\n`],
  ['no blank line', `${head}index 1\n${rootText}\n`],
  ['more hashes than any tree is high', `${head}index 1\n${`${rootText}\n`.repeat(64)}\n${note}`],
  ['nothing at all', ''],
])('refuses a proof file with %s', (_, text) => {
  expect(() => parseProof(text)).toThrow(expect.objectContaining({ code: 'MALFORMED' }) as Error)
})
