import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import {
  EVIDENCE_NAMED,
  ORDERS,
  type Order,
  type QueueFilter,
} from '../../server/rectification/filters.js'
import { OPEN_STATES } from '../../server/rectification/rules.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'
import { roomOf, WHOLE, type Room } from './room.js'

const FIELDS = ['azr.family_name', 'azr.given_names', 'azr.birth_date']

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
  for (let number = 0; number < 60; number++) {
    const reference = await room.filed(resident, {
      field: number % 3 === 2 ? 'azr.given_names' : (FIELDS[number % 2] ?? ''),
      statement: { ...WHOLE, evidence: number % 4 === 0 ? ['nothing'] : ['passport'] },
    })
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 61_000))
    if (number % 5 === 1) await take(clerk, reference, { event: 'claimed' })
  }
  // Days of all sorts, three of them the same, and some whose clock does not run.
  await room.superuser.query(
    `update rectification.request r set due_on = case when place % 7 = 0 then null
        else current_date + (place % 11)::int - 4 end
      from (select request, row_number() over (order by filed_at) as place
        from rectification.request) own where own.request = r.request`,
  )
})

afterAll(() => room?.close())

async function take(actor: StaffActor, reference: string, step: StaffStep): Promise<void> {
  const version = await room.version(reference)
  await room.app.portal.casework.step(actor, { reference, version }, step)
}

/** Every page of the queue, one after the other. */
async function walk(filter: QueueFilter, order: Order) {
  const { casework } = room.app.portal
  const found: Awaited<ReturnType<typeof casework.queue>>['cases'][number][] = []
  let { next, cases, count } = await casework.queue(clerk, filter, { order })
  for (;;) {
    found.push(...cases)
    if (next === undefined) return { found: found.map(({ row }) => row), count }
    ;({ next, cases, count } = await casework.queue(clerk, filter, { order, after: next }))
  }
}

const FILTERS: Readonly<Record<string, () => QueueFilter>> = {
  nothing: () => ({}),
  state: () => ({ states: ['received'] }),
  nobody: () => ({ assignee: 'nobody' }),
  me: () => ({ assignee: { staff: clerk.staff } }),
  overdue: () => ({ dueBefore: new Date().toISOString().slice(0, 10) }),
  evidence: () => ({ hasEvidence: false }),
  language: () => ({ language: 'ar', hasEvidence: true }),
  none: () => ({ language: 'de' }),
}

describe('the queue', () => {
  it.each(ORDERS.flatMap((order) => Object.keys(FILTERS).map((name) => [order, name] as const)))(
    'ordered by %s and filtered by %s shows each case once, as many as it says',
    async (order, name) => {
      const { found, count } = await walk(FILTERS[name]?.() ?? {}, order)
      const references = found.map(({ reference }) => reference)
      expect(new Set(references).size).toBe(references.length)
      expect(count).toBe(references.length)
      expect(found.every(({ state }) => (OPEN_STATES as readonly string[]).includes(state))).toBe(
        true,
      )
    },
  )

  it('has every case in every order, sorted as it says', async () => {
    const due = (await walk({}, 'due')).found.map(({ dueOn }) => dueOn ?? '9999-12-31')
    const filed = (await walk({}, 'filed')).found.map(({ filedAt }) => filedAt.getTime())
    expect([due.length, filed.length, (await walk({}, 'kind')).found.length]).toEqual([60, 60, 60])
    expect(due).toEqual([...due].sort())
    expect(filed).toEqual([...filed].sort((one, other) => one - other))
    const kinds = (await walk({}, 'kind')).found.map(
      ({ field, dueOn }) => `${field} ${dueOn ?? '9999'}`,
    )
    expect(kinds).toEqual([...kinds].sort())
  })

  it('counts what each filter leaves, past every page', async () => {
    const [withIt, without] = await Promise.all(
      EVIDENCE_NAMED.map(async (one) => (await walk({ hasEvidence: one === 'with' }, 'due')).count),
    )
    expect([withIt, without]).toEqual([45, 15])
  })
})

/** A caseworker at a browser. */
async function desk(
  name: string,
): Promise<{ browser: Visitor; open(path: string): Promise<Page> }> {
  const browser = visitor(room.app)
  const entered = await browser.signIn(name)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/de/staff'])
  return { browser, open: (path) => browser.get(path) }
}

async function sends(
  { browser }: { browser: Visitor },
  [path, body]: readonly [string, string],
  pairs: readonly (readonly [string, string])[],
): Promise<Page> {
  const form = new URLSearchParams([
    ['csrf', csrfIn(body)],
    ...pairs.map(([name, value]): [string, string] => [name, value]),
  ])
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
  }
  return browser.request(path, { method: 'POST', headers, body: form.toString() })
}

const ticks = (body: string) =>
  [...body.matchAll(/name="case" value="([^"]+)"/g)].map(([, value]) => value ?? '')

describe('cases that are ticked', () => {
  it('are taken over, and the page says which another was quicker with', async () => {
    const at = await desk('caseworker')
    const { body } = await at.open('/de/work/queue?who=nobody&order=filed')
    const chosen = ticks(body).slice(0, 3)
    const [quicker = ''] = chosen.map((one) => one.split('.')[0] ?? '')
    await take(colleague, quicker, { event: 'claimed' })
    const sent = await sends(
      at,
      ['/de/work/queue/given', body],
      [['way', 'claim'], ...chosen.map((one) => ['case', one] as const)],
    )
    expect(sent.status).toBe(303)
    const result = await at.open(sent.headers.get('location') ?? '')
    expect(result.body).toContain('2 Anträge vergeben')
    expect(result.body).toContain('1 Antrag nicht vergeben: Andere waren schneller')
    const { cases } = await room.app.portal.casework.queue(colleague, {
      assignee: { staff: colleague.staff },
    })
    expect(cases.map(({ row }) => row.reference)).toEqual([quicker])
  })

  it('are given to a colleague, and nobody else', async () => {
    const at = await desk('caseworker')
    const { body } = await at.open('/de/work/queue?who=nobody')
    const chosen = ticks(body)
      .slice(0, 2)
      .map((one) => ['case', one] as const)
    const sent = await sends(
      at,
      ['/de/work/queue/given', body],
      [...chosen, ['way', 'assign'], ['to', colleague.staff]],
    )
    expect((await at.open(sent.headers.get('location') ?? '')).body).toContain('2 Anträge vergeben')
    expect(await room.app.portal.casework.mine(colleague)).toHaveLength(3)
    const next = await at.open('/de/work/queue?who=nobody')
    const [one = ''] = ticks(next.body)
    const stranger = await sends(
      at,
      ['/de/work/queue/given', next.body],
      [
        ['case', one],
        ['way', 'assign'],
        ['to', '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'],
      ],
    )
    const result = await at.open(stranger.headers.get('location') ?? '')
    expect(result.body).toContain('1 Antrag nicht vergeben')
  })

  it('are asked for, where none was', async () => {
    const at = await desk('caseworker')
    const { body } = await at.open('/de/work/queue?order=kind&who=nobody')
    const query =
      /name="query" value="([^"]*)"/
        .exec(body)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=') ?? ''
    const refused = await sends(
      at,
      ['/de/work/queue/given', body],
      [
        ['way', 'claim'],
        ['query', query],
      ],
    )
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Wählen Sie mindestens einen Antrag aus.')
    // The list is the one that was open.
    expect(refused.body).toMatch(/aria-current="true">Nach Art der Angabe/)
    expect(refused.body).toContain('Noch von niemandem entfernen')
  })

  it('are won by one each, when fifty take the same ones at once', async () => {
    const { casework } = room.app.portal
    const { cases } = await casework.queue(clerk, { assignee: 'nobody' })
    const chosen = cases
      .slice(0, 5)
      .map(({ row }) => ({ reference: row.reference, version: row.version }))
    const people = [clerk, colleague]
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        patiently(() => {
          const who = people[at % 2] as StaffActor
          return casework.give(who, chosen, who.staff)
        }),
      ),
    )
    expect(all).toHaveLength(50)
    const { rows } = await room.superuser.query<{ reference: string; claims: number }>(
      `select reference, count(*)::int as claims from rectification.request_event
        where kind in ('claimed', 'assigned') and reference = any ($1) group by reference`,
      [chosen.map(({ reference }) => reference)],
    )
    expect(rows.map(({ claims }) => claims)).toEqual([1, 1, 1, 1, 1])
    expect(await room.faults()).toEqual([])
  })
})

/** Tries until a connection is free: 100 ms of a pool at work are no refusal of the room. */
async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!/PoolExhausted|DatabaseDown/.test((error as Error).name)) throw error
    }
  }
}

describe('saved views', () => {
  it('are kept with filter and order, replaced under the same name, and dropped', async () => {
    const at = await desk('caseworker')
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
    for (const { row } of free) await take(left, row.reference, { event: 'claimed' })
    const [first, second] = free.map(({ row }) => row.reference)
    if (first === undefined || second === undefined) throw new Error('no case is free')
    expect((await casework.opening(clerk, first)).kind).toBe('reason')
    await room.superuser.query("update identity.staff set state = 'suspended' where staff = $1", [
      left.staff,
    ])
    const at = await desk('caseworker')
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
    const at = await desk('caseworker-2')
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
