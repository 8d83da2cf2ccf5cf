import { releaseDue } from '../../server/overview/index.js'
import { flaggedOffice, type Flagged } from './flagged.js'

let flagged: Flagged

beforeAll(async () => {
  flagged = await flaggedOffice()
}, 60_000)

afterAll(() => flagged?.room.close())

/** What an officer notes; the last review counts. */
const ENDED = `insert into overview.review (sealed_index, number, finding, reason, day, office, staff, noted_at, expires_on,
    alone)
  select leaf_index, 1, 'ended', 'no_danger', current_date, recipient, gen_random_uuid(), now(), expires_on, true
    from overview.sealed_event where leaf_index = any($1)`

describe('looks that were held back and are shown', () => {
  it('count once for the rules: shown is not looked up again', async () => {
    const { room, judge, instant } = flagged
    const person = await room.resident('released')
    const held = { occurredAt: instant(undefined), disclosure: 'case_review' }
    const indices = await room.accesses(person, 3, held)
    await judge()
    await room.superuser.query(ENDED, [indices])
    const { portal, installation, clock } = room.app
    expect(await releaseDue({ ...portal, ...installation, clock })).toBe(indices.length)
    await judge()
    const { rows } = await room.superuser.query<{ rule: string; count: number }>(
      `select rule, count(*)::int as count from oversight.finding
        join overview.release using (leaf_index) where sealed_index = any($1) group by rule`,
      [indices],
    )
    expect(rows).toEqual([{ rule: 'no_case', count: indices.length }])
  })
})
