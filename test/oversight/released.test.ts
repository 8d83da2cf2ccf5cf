import { releaseDue } from '../../server/overview/index.js'
import { visitorAs } from '../journeys/stations.js'
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

  it('lead from what was found about them to what their person sees, and nobody else anywhere', async () => {
    const { room } = flagged
    const { rows } = await room.superuser.query<{ sealed: number; shown: number }>(
      'select sealed_index::int as sealed, leaf_index::int as shown from overview.release limit 1',
    )
    const { sealed, shown } = rows[0] ?? { sealed: -1, shown: -2 }
    const looks = async (table: string) => {
      const { rows } = await room.superuser.query<{ count: number }>(
        `select count(*)::int as count from overview.${table} where stream is null`,
      )
      return rows[0]?.count ?? 0
    }
    const before = [await looks('access_event'), await looks('sealed_event')] as const
    const dpo = await visitorAs(room.app, 'dpo')
    const { status, body } = await dpo.get(`/de/oversight/accesses/${sealed}`)
    expect(status).toBe(200)
    expect(body).toMatch(new RegExp(`(?:\\?|;)entry(?:=|&#x3D;)${shown}"`))
    const after = [await looks('access_event'), await looks('sealed_event')]
    expect(after).toEqual([before[0] + 1, before[1]])
    const stranger = await visitorAs(room.app, 'dpo-2')
    expect((await stranger.get(`/de/oversight/accesses/${sealed}`)).status).toBe(404)
  })
})
