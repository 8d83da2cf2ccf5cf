import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { preparedHmac } from '../../server/ledger/hmac.js'
import { createOrigins, operatorDigestOf, seqDigestOf } from '../../server/ledger/origin.js'
import { createSubjects, normaliseNumber, subjectOf } from '../../server/ledger/subject.js'
import { uuidOf } from '../../server/platform/kernel/ids.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

const secret = seededRandom('subject').bytes(32)
const subjects = createSubjects(secret)
const origins = createOrigins(secret)

test('the prepared HMAC is the HMAC, for keys and messages of any length', () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' })
  fc.assert(
    fc.property(bytes(200), fc.array(bytes(512), { maxLength: 4 }), (key, messages) => {
      const hmac = preparedHmac(key)
      for (const message of messages) {
        expect(hmac(message)).toEqual(createHmac('sha256', key).update(message).digest())
      }
    }),
  )
  const text = 'Ünïcode'
  expect(preparedHmac(secret)(text)).toEqual(createHmac('sha256', secret).update(text).digest())
  expect(() => preparedHmac(secret)(Buffer.alloc(513))).toThrow('too long')
})

test("a register's number is hashed with its scheme, an empty authority and two zero bytes", () => {
  const value = '123456789012'
  const { subject, subjectKey } = subjects({ scheme: 'azr', value })
  expect(subjectKey).toEqual(createHmac('sha256', secret).update(`azr\0\0${value}`).digest())
  const hash = createHash('sha256').update('mirat/subject/v1\0').update(subjectKey)
  expect(subject).toBe(uuidOf(hash.update(`azr\0${value}`).digest().subarray(0, 16)))
})

test("an authority's own number is bound to the authority", () => {
  const number = { scheme: 'local', authority: 'i.pf.jobcenter', value: 'JC/2024-17' } as const
  const { subject, subjectKey } = subjects(number)
  const message = 'local\0i.pf.jobcenter\0JC/2024-17'
  expect(subjectKey).toEqual(createHmac('sha256', secret).update(message).digest())
  expect(subjects({ ...number, authority: 'i.pf.sozialamt' }).subject).not.toBe(subject)
})

test('whoever holds the key of a number finds its subject, and with another key or number does not', () => {
  const { subject, subjectKey } = subjects({ scheme: 'idnr', value: '12345678901' })
  expect(subjectOf(subjectKey, 'idnr', '12345678901')).toBe(subject)
  expect(subjectOf(subjectKey, 'idnr', '12345678902')).not.toBe(subject)
  expect(subjectOf(secret, 'idnr', '12345678901')).not.toBe(subject)
  expect(subjectOf(subjectKey, 'local', '12345678901')).not.toBe(subject)
})

test.each([
  ['azr', '123456789012', '123456789012'],
  ['azr', ' 123 456\u00a0789\u202f012 ', '123456789012'],
  ['azr', '12345678901', undefined],
  ['azr', '１23456789012', undefined],
  ['azr', '12345678901a', undefined],
  ['idnr', '12 345 678 901', '12345678901'],
  ['idnr', '123456789012', undefined],
  ['idnr', '12345678901\n', undefined],
  ['local', ' AZ-17/2024_b.c ', 'AZ-17/2024_b.c'],
  ['local', '\u212a1', 'K1'],
  ['local', 'a b', undefined],
  ['local', '', undefined],
  ['local', 'ä', undefined],
  ['local', 'a'.repeat(64), 'a'.repeat(64)],
  ['local', 'a'.repeat(65), undefined],
] as const)('the %s number %j becomes %j', (scheme, raw, value) => {
  expect(normaliseNumber(scheme, raw)).toBe(value)
})

test('numbers that are not normalised, and authorities that are no codes, are refused', () => {
  expect(() => subjects({ scheme: 'azr', value: ' 123456789012' })).toThrow('not a normalised azr')
  expect(() => subjectOf(secret, 'local', 'a b')).toThrow('not a normalised local')
  const local = { scheme: 'local', value: '1' } as const
  for (const authority of ['', 'a\0b', 'A', 'a b']) {
    expect(() => subjects({ ...local, authority })).toThrow('not an office code')
  }
})

test('secrets shorter than 32 bytes are refused', () => {
  expect(() => createSubjects(secret.subarray(1))).toThrow('at least 32 bytes')
  expect(() => createOrigins(secret.subarray(1))).toThrow('at least 32 bytes')
})

test('origin digests follow from the key and the place in the stream alone', () => {
  const position = Buffer.from('0000000700000000ffffffff', 'hex')
  const salt = createHmac('sha256', secret).update(position).digest().subarray(0, 16)
  const origin = origins({ stream: 7, seq: 0xffffffff })
  expect(origin.salt).toEqual(salt)
  const seqHash = createHash('sha256').update('mirat/seq/v1\0').update(salt)
  expect(origin.seqDigest).toEqual(seqHash.update(position.subarray(4)).digest())
  const operatorHash = createHash('sha256').update('mirat/operator/v1\0').update(salt)
  expect(origin.operatorDigest('Jürgen 17')).toEqual(operatorHash.update('Jürgen 17').digest())
  expect(seqDigestOf(salt, 0xffffffffn)).toEqual(origin.seqDigest)
  expect(operatorDigestOf(salt, 'Jürgen 17')).toEqual(origin.operatorDigest('Jürgen 17'))
})

test('sequence numbers stay exact up to 2^53 as numbers and 2^64 as bigints', () => {
  const seqs = fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
  fc.assert(
    fc.property(seqs, (seq) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigUInt64BE(BigInt(seq))
      const message = Buffer.concat([Buffer.from('mirat/seq/v1\0'), Buffer.alloc(16, 5), bytes])
      const expected = createHash('sha256').update(message).digest()
      expect(seqDigestOf(Buffer.alloc(16, 5), seq)).toEqual(expected)
    }),
  )
  for (const seq of [-1, 1.5, 2 ** 53, -1n, 2n ** 64n]) {
    expect(() => origins({ stream: 1, seq })).toThrow('unsigned 64-bit')
  }
  expect(() => origins({ stream: -1, seq: 1 })).toThrow('unsigned 32-bit')
  expect(() => operatorDigestOf(Buffer.alloc(16), '\ud800')).toThrow('Unicode')
  expect(() => operatorDigestOf(Buffer.alloc(15), 'a')).toThrow('16 bytes')
  expect(() => seqDigestOf(Buffer.alloc(17), 1)).toThrow('16 bytes')
})

test('each event has a salt of its own', () => {
  const salts = [0, 1, 2].flatMap((seq) =>
    [0, 1].map((stream) => origins({ stream, seq }).salt.toString('hex')),
  )
  expect(new Set(salts).size).toBe(6)
})
