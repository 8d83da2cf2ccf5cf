import { actingOf } from '../../server/compose/agreements.js'
import { createWatching } from '../../server/oversight/flags/watching.js'
import { flaggedOffice, type Flagged } from './flagged.js'

const MINUTE = 60_000
let flagged: Flagged

beforeAll(async () => {
  flagged = await flaggedOffice()
}, 60_000)

afterAll(() => flagged?.room.close())

/** Offices that have read the whole log, by their catalogue numbers. */
async function upToDate(size: number): Promise<readonly number[]> {
  const { rows } = await flagged.room.superuser.query<{ office: number }>(
    'select office from oversight.watch where below = $1 order by office',
    [size],
  )
  return rows.map(({ office }) => office)
}

describe('a turn of the rules', () => {
  it('ends in time, and the next begins with another office, so that no job and no office waits for ever', async () => {
    const { room } = flagged
    const { portal, installation, clock } = room.app
    await room.accesses(flagged.amina, 1)
    await portal.ledger.tick()
    const { rows } = await room.superuser.query<{ size: number }>('select size from ledger.head')
    const size = Number(rows[0]?.size)
    let time = Math.floor(clock.now().getTime() / (20 * MINUTE)) * 20 * MINUTE
    const turnAt = (begin: number) => {
      time = begin
      // Every step takes three minutes by this clock.
      const slow = { now: () => new Date((time += 3 * MINUTE) - 3 * MINUTE) }
      const logState = () => Promise.resolve({ size, at: clock.now() })
      const { inTransaction } = portal
      const { catalogue } = installation
      const acting = actingOf(installation)
      return createWatching({ inTransaction, catalogue, clock: slow, logState, acting }).work()
    }
    const begin = time
    expect(await upToDate(size)).toEqual([])
    expect(await turnAt(begin)).toBeGreaterThan(0)
    expect(await upToDate(size)).toHaveLength(1)
    await turnAt(begin + 10 * MINUTE)
    expect(await upToDate(size)).toHaveLength(2)
  })
})
