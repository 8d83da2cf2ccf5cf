import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import {
  EVIDENCE_NAMED,
  ORDERS,
  type Order,
  type QueueFilter,
} from '../../server/rectification/filters.js'
import { OPEN_STATES } from '../../server/rectification/rules.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { startTestApp } from '../support/app.js'
import { desk, patiently, sends, ticks } from './desk.js'
import { roomOf, WHOLE, type Room } from './room.js'

const FIELDS = ['azr.family_name', 'azr.given_names', 'azr.birth_date']

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let colleague: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp({ env: { OPEN_REQUESTS: '1000' } }))
  resident = await room.resident('amina')
  clerk = await room.clerk('caseworker')
  colleague = await room.clerk('caseworker-2')
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

describe('a request about several names', () => {
  let reference: string
  const numberOf = (code: string) => room.app.installation.catalogue.fields.byCode(code)?.id ?? 0
  const [FAMILY, ALIAS] = ['azr.family_name', 'azr.former_names']

  beforeAll(async () => {
    const wanted = { form: 'names', latin: 'Su', onlyOne: false } as const
    reference = await room.filed(resident, {
      field: FAMILY ?? '',
      statement: { ...WHOLE, also: [{ field: ALIAS ?? '', wanted }] },
    })
  })

  // Whoever counts the cases of the other tests finds what they filed.
  afterAll(() => room.app.portal.rectification.withdraw(resident, reference))

  it.each(ORDERS)(
    'is found by each of them, once, and counted so, ordered by %s',
    async (order) => {
      for (const fields of [[FAMILY], [ALIAS], [FAMILY, ALIAS]]) {
        const { found, count } = await walk(
          { fields: fields.map((one) => numberOf(one ?? '')) },
          order,
        )
        expect(found.filter((row) => row.reference === reference)).toHaveLength(1)
        expect(count).toBe(found.length)
      }
      const others = await walk({ fields: [numberOf('azr.birth_date')] }, order)
      expect(others.found.map((row) => row.reference)).not.toContain(reference)
      expect(others.count).toBe(others.found.length)
      const alone = await walk({ fields: [numberOf(ALIAS ?? '')] }, order)
      expect(alone.count).toBe(1)
    },
  )
})

describe('cases that are ticked', () => {
  it('are taken over, and the page says which another was quicker with', async () => {
    const at = await desk(room.app, 'caseworker')
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
    const at = await desk(room.app, 'caseworker')
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
    const at = await desk(room.app, 'caseworker')
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
