import { systemRandom } from '../../server/platform/kernel/random.js'
import { seal, unseal } from '../../server/platform/kernel/sealing.js'

const random = systemRandom()
const key = Buffer.alloc(32, 1)
const plain = Buffer.from('7QZX-0000')
const sealed = seal(key, plain, { context: 'row/1', random })

describe('a sealed value', () => {
  it('opens in its own place alone, and under its own key', () => {
    expect(unseal(key, sealed, 'row/1')).toEqual(plain)
    expect(() => unseal(key, sealed, 'row/2')).toThrow()
    expect(() => unseal(Buffer.alloc(32, 2), sealed, 'row/1')).toThrow()
  })

  it('does not open once any byte of it was changed, or one is missing', () => {
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(() => unseal(key, altered, 'row/1')).toThrow()
    }
    expect(() => unseal(key, sealed.subarray(0, -1), 'row/1')).toThrow()
  })

  it('looks different each time, so that equal values cannot be told', () => {
    expect(seal(key, plain, { context: 'row/1', random })).not.toEqual(sealed)
  })
})
