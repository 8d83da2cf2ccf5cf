import type { Trx } from '../../server/database.js'
import { blockedIn, flagged, wouldBeBlocked, type BlocksOf } from '../../server/overview/blocked.js'
import type { DraftEvent } from '../../server/overview/model.js'

const AT = new Date('2026-11-30T12:00:00Z')
const MINUTE = 60_000
const later = (ms: number) => new Date(AT.getTime() + ms)

/** As much of a draft as blocks ask about. */
function draft({
  level = 'non-state',
  register = 'azr',
  operation = 'query',
  subject = 'one',
} = {}): DraftEvent {
  const access = {
    operation,
    subject,
    occurredAt: AT,
    recipient: { level },
    fields: [{ register }],
  }
  return { access, classified: { breaches: [] } } as unknown as DraftEvent
}

/** Spans for everybody, and how often they were asked for. */
function asking(span: { from: Date; to?: Date }) {
  const asked: (readonly string[])[] = []
  const blocksOf: BlocksOf = (_trx, subjects) => {
    asked.push(subjects)
    return Promise.resolve(subjects.map((subject) => ({ subject, ...span })))
  }
  return { asked, blocksOf }
}

const TRX = {} as Trx

describe('accesses in spite of a block', () => {
  it('are looked for in one query for a thousand, each subject once', async () => {
    const { asked, blocksOf } = asking({ from: later(-MINUTE) })
    const drafts = Array.from({ length: 1_000 }, (_, at) => draft({ subject: `s${at % 10}` }))
    expect((await blockedIn(TRX, drafts, blocksOf)).size).toBe(1_000)
    expect(asked.map((subjects) => subjects.length)).toEqual([10])
  })

  it('are not looked for where nobody outside gets anything of the register', async () => {
    const { asked, blocksOf } = asking({ from: later(-MINUTE) })
    const drafts = [
      draft({ level: 'municipal' }),
      draft({ level: 'federal' }),
      draft({ level: 'state' }),
      draft({ register: 'mr' }),
      draft({ operation: 'store' }),
      draft({ operation: 'erase' }),
    ]
    expect((await blockedIn(TRX, drafts, blocksOf)).size).toBe(0)
    expect(asked).toEqual([])
  })

  it.each([
    ['begins later', { from: later(1) }, 0],
    ['begins at that very moment', { from: AT }, 1],
    ['ended at that very moment', { from: later(-MINUTE), to: AT }, 0],
    ['ends a moment later', { from: later(-MINUTE), to: later(1) }, 1],
  ])('are counted by the instant: a block that %s', async (_what, span, count) => {
    const { blocksOf } = asking(span)
    expect((await blockedIn(TRX, [draft()], blocksOf)).size).toBe(count)
  })

  it('carry the flag, and no other access does', () => {
    const drafts = [draft(), draft()]
    const [first, second] = flagged(drafts, new Set([1]))
    expect(first?.classified.breaches).toEqual([])
    expect(second?.classified.breaches.map(({ rule }) => rule)).toEqual(['block.in_spite'])
    expect(drafts[1]?.classified.breaches).toEqual([])
    expect(wouldBeBlocked(draft({ level: 'foreign' }).access)).toBe(true)
  })
})
