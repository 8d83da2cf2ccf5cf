import { createBlockRule, isInSpite, wouldBeBlocked } from '../../server/blocks/flagging.js'
import type { ReportedAccess } from '../../server/overview/index.js'

const AT = new Date('2026-11-30T12:00:00Z')
const MINUTE = 60_000
const later = (ms: number) => new Date(AT.getTime() + ms)

/** As much of an access as blocks ask about. */
function access({
  level = 'non-state',
  register = 'azr',
  operation = 'query',
  subject = 'one',
} = {}): ReportedAccess {
  return {
    ...{ operation, subject, occurredAt: AT },
    ...{ recipient: { level }, fields: [{ register }] },
  } as unknown as ReportedAccess
}

describe('accesses in spite of a block', () => {
  it('are of the register, obtained, and by somebody outside', () => {
    expect(wouldBeBlocked(access())).toBe(true)
    expect(wouldBeBlocked(access({ level: 'foreign', operation: 'transmit' }))).toBe(true)
    const free = [
      access({ level: 'municipal' }),
      access({ level: 'federal' }),
      access({ level: 'state' }),
      access({ register: 'mr' }),
      access({ operation: 'store' }),
      access({ operation: 'erase' }),
    ]
    expect(free.filter(wouldBeBlocked)).toEqual([])
  })

  it('ask the database nothing where nobody outside gets anything of the register', async () => {
    const rule = createBlockRule({ inTransaction: () => Promise.reject(new Error('was asked')) })
    expect(await rule([access({ level: 'municipal' }), access({ register: 'mr' })])).toEqual(
      new Map(),
    )
    await expect(rule([access()])).rejects.toThrow('was asked')
  })

  it.each([
    ['begins later', { from: later(1) }, false],
    ['begins at that very moment', { from: AT }, true],
    ['ended at that very moment', { from: later(-MINUTE), to: AT }, false],
    ['ends a moment later', { from: later(-MINUTE), to: later(1) }, true],
  ])('are counted by the instant: a block that %s', (_what, span, expected) => {
    expect(isInSpite(access(), [{ subject: 'one', ...span }])).toBe(expected)
    expect(isInSpite(access(), [{ subject: 'another', ...span }])).toBe(false)
  })
})
