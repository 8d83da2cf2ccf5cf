import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { desk, patiently, sends, ticks } from './desk.js'
import { roomOf, type Room } from './room.js'

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let colleague: StaffActor
let left: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerk = await room.clerk('caseworker')
  colleague = await room.clerk('caseworker-2')
  left = await room.clerk('caseworker-3')
  for (let number = 0; number < 4; number++) await room.filed(resident)
})

afterAll(() => room?.close())

describe('saved views', () => {
  it('are kept with filter and order, replaced under the same name, and dropped', async () => {
    const at = await desk(room.app, 'caseworker')
    const { body } = await at.open('/de/work/queue?due=over&order=filed')
    const save = (pairs: readonly (readonly [string, string])[]) =>
      sends(at, ['/de/work/queue/views', body], [['query', 'due=over&order=filed&x=1'], ...pairs])
    expect((await save([['name', 'today']])).headers.get('location')).toBe(
      '/de/work/queue?due=over&order=filed',
    )
    expect((await save([['label', 'Meine <b>Eiligen</b>']])).status).toBe(303)
    expect((await save([['label', 'Meine <b>Eiligen</b>']])).status).toBe(303)
    const shown = await at.open('/de/work/queue')
    expect(shown.body).toContain('Meine &lt;b&gt;Eiligen&lt;/b&gt;')
    expect(await views()).toEqual([
      [1, 'today'],
      [2, 'Meine <b>Eiligen</b>'],
    ])
    expect((await save([['label', 'x'.repeat(41)]])).status).toBe(400)
    expect((await save([])).status).toBe(400)
    await sends(at, ['/de/work/queue/views/drop', shown.body], [['place', '1']])
    expect(await views()).toEqual([[2, 'Meine <b>Eiligen</b>']])
  })

  it('are twelve at most, whoever asks at once', async () => {
    const { casework } = room.app.portal
    const all = await Promise.allSettled(
      Array.from({ length: 30 }, (_, at) =>
        patiently(() => casework.views.save(colleague, { name: { own: `${at}` }, query: '' })),
      ),
    )
    expect(all.some(({ status }) => status === 'rejected')).toBe(true)
    const { views } = await casework.queue(colleague, {})
    expect(views.length).toBeLessThanOrEqual(12)
    for (let at = views.length; at < 12; at++) {
      await casework.views.save(colleague, { name: { own: `more ${at}` }, query: '' })
    }
    await expect(
      casework.views.save(colleague, { name: { own: 'one more' }, query: '' }),
    ).rejects.toMatchObject({ problem: 'TOO_MANY' })
  })

  it('are their owner’s alone, whatever is asked of the database', async () => {
    const client = await room.app.installation.pools.web.connect()
    try {
      await client.query(`set role ${room.app.installation.roles.web_staff}`)
      await client.query(`select set_config('mirat.staff', $1, false)`, [left.staff])
      await client.query(`select set_config('mirat.office', $1, false)`, [String(room.office.id)])
      const [seen, foreign, changed] = await answersTo(client, [
        'select from rectification.saved_view',
        `insert into rectification.saved_view values ('${clerk.staff}', 5, 'week', null, '', now())`,
        `update rectification.saved_view set query = 'who=me'`,
      ])
      expect([seen, foreign, changed]).toEqual(['0 rows', REFUSED, REFUSED])
    } finally {
      client.release(true)
    }
  })
})

async function views() {
  const { rows } = await room.superuser.query<{ place: number; named: string }>(
    'select place, coalesce(name, label) as named from rectification.saved_view where staff = $1 order by place',
    [clerk.staff],
  )
  return rows.map(({ place, named }) => [place, named])
}

describe('cases of people who left', () => {
  it('are named in the queue, open to all, and given on one by one or together', async () => {
    const { casework } = room.app.portal
    const free = (await casework.queue(clerk, { assignee: 'nobody' })).cases.slice(0, 3)
    for (const { row } of free) await casework.step(left, row, { event: 'claimed' })
    const [first, second] = free.map(({ row }) => row.reference)
    if (first === undefined || second === undefined) throw new Error('no case is free')
    expect((await casework.opening(clerk, first)).kind).toBe('reason')
    await room.superuser.query("update identity.staff set state = 'suspended' where staff = $1", [
      left.staff,
    ])
    const at = await desk(room.app, 'caseworker')
    const { body } = await at.open('/de/work/queue')
    expect(body).toContain('3 Anträge liegen bei Personen, die nicht mehr im Amt sind.')
    const gone = await at.open('/de/work/queue?who=gone')
    expect(ticks(gone.body)).toHaveLength(3)
    expect(gone.body).toContain('niemand, die Person ist nicht mehr im Amt')
    expect((await casework.opening(clerk, first)).kind).toBe('open')
    const { done } = await casework.give(
      clerk,
      [{ reference: first, version: await room.version(first) }],
      clerk.staff,
    )
    expect(done).toEqual([first])
    const hands = await at.open('/de/work/hand-over')
    expect(hands.body).toMatch(new RegExp(`value="${left.staff}"[^>]*>[^<]*nicht mehr im Amt`))
    expect(await casework.handOver(clerk, { from: left.staff, to: colleague.staff })).toBe(2)
    expect((await casework.queue(clerk, {})).stranded).toBe(0)
  })

  it('are not handed to somebody who left, and none of them moves', async () => {
    const at = await desk(room.app, 'caseworker-2')
    const { body } = await at.open('/de/work/hand-over')
    const before = await room.app.portal.casework.mine(colleague)
    const refused = await sends(
      at,
      ['/de/work/hand-over', body],
      [
        ['from', colleague.staff],
        ['to', left.staff],
      ],
    )
    expect(refused.status).toBe(409)
    expect(await room.app.portal.casework.mine(colleague)).toHaveLength(before.length)
  })
})
