import { challengeEnd, CHALLENGE_MS, newChallenge } from '../../server/identity/challenges.js'
import { systemRandom } from '../../server/platform/kernel/random.js'

const random = systemRandom()
const now = new Date('2026-11-22T12:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const secret = random.bytes(32)
const fresh = () => newChallenge('sign-in', { secret, now, random })

describe('a challenge', () => {
  it('counts for five minutes, on the device and for the ceremony that it was made for', () => {
    const challenge = fresh()
    expect(challengeEnd('sign-in', challenge, { secret, now })).toEqual(after(CHALLENGE_MS))
    expect(
      challengeEnd('sign-in', challenge, { secret, now: after(CHALLENGE_MS - 1) }),
    ).toBeDefined()
    expect(challengeEnd('sign-in', challenge, { secret, now: after(CHALLENGE_MS) })).toBeUndefined()
    expect(challengeEnd('sign-in', challenge, { secret, now: after(-1) })).toBeUndefined()
    expect(challengeEnd('step-up', challenge, { secret, now })).toBeUndefined()
    const elsewhere = random.bytes(32)
    expect(challengeEnd('sign-in', challenge, { secret: elsewhere, now })).toBeUndefined()
  })

  it('holds 256 random bits, and no bit of it can be changed', () => {
    const challenge = fresh()
    expect(challenge.subarray(0, 32)).not.toEqual(fresh().subarray(0, 32))
    for (let at = 0; at < challenge.length; at++) {
      const altered = Buffer.from(challenge)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(challengeEnd('sign-in', altered, { secret, now })).toBeUndefined()
    }
  })

  it('of another length is none', () => {
    const lengths = [
      Buffer.alloc(0),
      fresh().subarray(1),
      Buffer.concat([fresh(), Buffer.alloc(1)]),
    ]
    for (const challenge of lengths) {
      expect(challengeEnd('sign-in', challenge, { secret, now })).toBeUndefined()
    }
  })
})
