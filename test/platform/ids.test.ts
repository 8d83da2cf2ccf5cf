import fc from 'fast-check'
import { isUuid, uuidBytes, uuidOf, writeUuid } from '../../server/platform/kernel/ids.js'

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

test('sixteen bytes are written as RFC 9562 groups them', () => {
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  expect(uuidOf(bytes)).toBe('00112233-4455-6677-8899-aabbccddeeff')
})

test('a UUID and its bytes are the same thing', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      const uuid = uuidOf(bytes)
      expect(isUuid(uuid)).toBe(true)
      expect(uuid.replaceAll('-', '')).toBe(Buffer.from(bytes).toString('hex'))
      expect(uuidBytes(uuid)).toEqual(Buffer.from(bytes))
    }),
  )
})

test('a UUID is written where it belongs and nowhere else', () => {
  const target = Buffer.alloc(20, 0xee)
  writeUuid(target, 2, '00112233-4455-6677-8899-aabbccddeeff')
  expect(target.toString('hex')).toBe('eeee00112233445566778899aabbccddeeffeeee')
})
