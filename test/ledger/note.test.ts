import { createPrivateKey, sign } from 'node:crypto'
import {
  addSignatures,
  formatNote,
  parseNote,
  signNote,
  verifyNote,
} from '../../server/ledger/note.js'
import {
  cosignedAt,
  keyIdOf,
  parseVkey,
  signerFromSeed,
  verifierOf,
  vkeyOf,
} from '../../server/ledger/note-keys.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

/** The published pair of keys, text and signature of Go's golang.org/x/mod/sumdb/note. */
const GO = {
  name: 'PeterNeumann',
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  secret: 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  text:
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}

/** The example of the C2SP signed-note specification. */
const C2SP = {
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note:
    'This is an example message.\n\n' +
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
}

const random = seededRandom('note')
const signer = signerFromSeed('mirat.example/log', random.bytes(32))
const second = signerFromSeed('mirat.example/log', random.bytes(32))
const text = 'one line\n\nand, after an empty one, Ünïcode\n'
const unsigned = expect.objectContaining({ code: 'UNSIGNED' }) as unknown
const badSignature = expect.objectContaining({ code: 'BAD_SIGNATURE' }) as unknown
const malformed = expect.objectContaining({ code: 'MALFORMED' }) as unknown

function refusal(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test("signs Go's text with Go's key exactly as Go does", () => {
  const seed = Buffer.from(GO.secret, 'base64').subarray(1)
  const peter = signerFromSeed(GO.name, seed)
  expect(peter.vkey).toBe(GO.vkey)
  expect(signNote(GO.text, [peter])).toBe(`${GO.text}\n${GO.line}`)
})

test("verifies the specification's own example, and not its text with one letter changed", () => {
  const verifiers = [verifierOf(C2SP.vkey)]
  expect(verifyNote(C2SP.note, verifiers).text).toBe('This is an example message.\n')
  const altered = C2SP.note.replace('example message', 'exemple message')
  expect(refusal(() => verifyNote(altered, verifiers))).toEqual(badSignature)
})

test('a note comes back from its text with all its signatures in order', () => {
  const note = signNote(text, [signer, second])
  const parsed = parseNote(note)
  expect(parsed.text).toBe(text)
  expect(parsed.signatures.map(({ keyId }) => keyId)).toEqual([signer.keyId, second.keyId])
  expect(formatNote(parsed)).toBe(note)
})

test('keeps signatures of unknown keys and types, and does not count them', () => {
  const foreign = { name: 'witness.example', keyId: '01020304', signature: random.bytes(2428) }
  const note = addSignatures(signNote(text, [signer]), [foreign])
  const { verified, unknown } = verifyNote(note, [verifierOf(signer.vkey)])
  expect(verified.map(({ keyId }) => keyId)).toEqual([signer.keyId])
  expect(unknown).toEqual([foreign])
  const alone = formatNote({ text, signatures: [foreign] })
  expect(refusal(() => verifyNote(alone, [verifierOf(signer.vkey)]))).toEqual(unsigned)
})

test('a known name with another key id is an unknown key', () => {
  const note = signNote(text, [second])
  expect(refusal(() => verifyNote(note, [verifierOf(signer.vkey)]))).toEqual(unsigned)
})

test('one false signature of a known key spoils the note, even beside a good one', () => {
  const forged = { ...signer, sign: () => random.bytes(64) }
  const note = signNote(text, [second, forged])
  const verifiers = [verifierOf(signer.vkey), verifierOf(second.vkey)]
  expect(refusal(() => verifyNote(note, verifiers))).toEqual(badSignature)
  const short = signNote(text, [second, { ...signer, sign: () => random.bytes(5) }])
  expect(refusal(() => verifyNote(short, verifiers))).toEqual(badSignature)
})

const line = signNote('t\n', [signer]).slice('t\n\n'.length)
test.each([
  ['no blank line', `t\n${line}`],
  ['no signature', 't\n\n'],
  ['no last newline', `t\n\n${line.slice(0, -1)}`],
  ['an empty text', `\n\n${line}`.slice(1)],
  ['a hyphen for the dash', `t\n\n${line.replace('—', '-')}`],
  ['two spaces', `t\n\n${line.replace('— ', '—  ')}`],
  ['words behind the signature', `t\n\n${line.replace('\n', ' more\n')}`],
  ['loose base64', `t\n\n${line.replace('=\n', '\n')}`],
  ['a signature of nothing but a key id', 't\n\n— name AAAAAA==\n'],
  ['a plus in the name', `t\n\n${line.replace('mirat', 'mi+rat')}`],
  ['a no-break space in the name', `t\n\n${line.replace('mirat', 'mi\u00a0rat')}`],
  ['a tab in the text', `t\tt\n\n${line}`],
  ['a carriage return in the text', `t\r\n\n${line}`],
  ['a lone surrogate in the text', `t\ud800\n\n${line}`],
  ['a hundred and one signatures', `t\n\n${line.repeat(101)}`],
])('refuses a note with %s', (_, note) => {
  expect(refusal(() => parseNote(note))).toEqual(malformed)
})

test('accepts the sixteen signatures that every verifier must', () => {
  expect(parseNote(`t\n\n${line.repeat(16)}`).signatures).toHaveLength(16)
})

test('no text is signed that a note cannot hold', () => {
  for (const bad of ['', 'no newline', 'bell\u0007\n', 'half \udc00\n']) {
    expect(refusal(() => signNote(bad, [signer]))).toEqual(malformed)
  }
})

test('a verifier key follows from name and key, and every altered character is noticed', () => {
  const { name, keyId, type, publicKey } = parseVkey(GO.vkey)
  expect({ name, keyId, type }).toEqual({ name: GO.name, keyId: 'c74f20a3', type: 1 })
  expect(vkeyOf(name, publicKey)).toBe(GO.vkey)
  for (let i = 0; i < GO.vkey.length; i++) {
    const next = String.fromCharCode(GO.vkey.charCodeAt(i) + 1)
    const altered = GO.vkey.slice(0, i) + next + GO.vkey.slice(i + 1)
    expect(refusal(() => verifierOf(altered))).toEqual(malformed)
    expect(refusal(() => verifierOf(GO.vkey.slice(0, i)))).toEqual(malformed)
  }
})

test('keys of other types or lengths are no verifiers, though their ids fit', () => {
  const key = parseVkey(GO.vkey).publicKey
  const typed = (type: number, bytes: Buffer) => {
    const typedKey = Buffer.concat([Buffer.from([type]), bytes])
    return `n+${keyIdOf('n', typedKey)}+${typedKey.toString('base64')}`
  }
  expect(verifierOf(typed(1, key)).name).toBe('n')
  expect(refusal(() => verifierOf(typed(6, key)))).toEqual(malformed)
  expect(refusal(() => verifierOf(typed(1, key.subarray(1))))).toEqual(malformed)
  expect(parseVkey(typed(6, random.bytes(1312))).type).toBe(6)
})

test("a witness's cosignature covers its time and the whole text", () => {
  const seed = random.bytes(32)
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const { publicKey } = parseVkey(signerFromSeed('witness.example/w1', seed).vkey)
  const typedKey = Buffer.concat([Buffer.from([4]), publicKey])
  const keyId = keyIdOf('witness.example/w1', typedKey)
  const witness = verifierOf(`witness.example/w1+${keyId}+${typedKey.toString('base64')}`)
  const time = Buffer.from('0000000064185000', 'hex')
  const message = `cosignature/v1\ntime 1679314944\n${text}`
  const signature = Buffer.concat([time, sign(null, Buffer.from(message), secret)])
  const note = addSignatures(signNote(text, [signer]), [{ name: witness.name, keyId, signature }])
  expect(verifyNote(note, [witness]).verified).toHaveLength(1)
  expect(cosignedAt(signature)).toBe(1679314944n)
  const later = Buffer.from(signature)
  later[7] = 1
  expect(witness.verify(text, later)).toBe(false)
  expect(witness.verify(`${text}more\n`, signature)).toBe(false)
  expect(witness.verify(text, signature.subarray(8))).toBe(false)
})
