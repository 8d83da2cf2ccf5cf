import type { StaffActor } from '../../server/identity/index.js'
import { createCounting, createOversight, type Chosen } from '../../server/oversight/index.js'
import {
  firstOf,
  leavesOf,
  rangesBelow,
  spreadOver,
  STRETCH,
} from '../../server/oversight/ranges.js'
import { randomBelow, seededRandom } from '../../server/platform/kernel/random.js'
import { roomOf, type Room } from '../inquiries/room.js'
import { must } from '../bench/events.js'
import { startTestApp } from '../support/app.js'

/** A log of so many leaves, most of them of nobody: what the office has lies in some stretches of it. */
const SIZE = 60 * STRETCH + 123
const KEPT = 900

let room: Room
let officer: StaffActor
const random = seededRandom('stretches')
const below = (limit: number) => randomBelow(random, limit)

interface Planted {
  readonly index: number
  readonly day: string
  readonly operation: string
  readonly purpose: string
  readonly field: string
  readonly unit: string
  readonly side: 'received' | 'gave'
  readonly shown: 'yes' | 'withheld'
  readonly flagged: 'yes' | 'no'
}
let planted: Planted[]

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  officer = await room.staff('dpo', 'dpo')
  planted = await plant()
}, 60_000)

afterAll(() => room?.close())

const catalogue = () => room.app.installation.catalogue
const OPERATIONS = ['store', 'query', 'transmit', 'erase']
const DAY = 86_400_000
const logState = () => Promise.resolve({ size: SIZE, at: room.app.clock.now() })
const parts = () => ({
  inTransaction: room.app.portal.inTransaction,
  catalogue: catalogue(),
  clock: room.app.clock,
  logState,
})

/** Everything is in one of eleven stretches, each with its own few purposes; rare things are rare. */
async function plant(): Promise<Planted[]> {
  const at = [3, 4, 5, 11, 12, 26, 27, 41, 55, 58, 59]
  const made = new Map<number, Planted>()
  while (made.size < KEPT) {
    const stretch = must(at[below(at.length)])
    const index = Math.min(SIZE - 1, stretch * STRETCH + below(STRETCH))
    const day = new Date(room.app.clock.now().getTime() - below(40) * DAY)
    const one: Planted = {
      ...{ index, day: day.toISOString().slice(0, 10) },
      operation: must(OPERATIONS[below(40) === 0 ? 3 : below(3)]),
      purpose: must(catalogue().purposes.all[(stretch % 3) + below(2)]).code,
      field: must(catalogue().fields.all[below(12)]).code,
      unit: must(catalogue().units.all[below(4)]).code,
      side: below(5) === 0 ? 'gave' : 'received',
      shown: below(6) === 0 ? 'withheld' : 'yes',
      flagged: below(30) === 0 ? 'yes' : 'no',
    }
    if (!made.has(index)) await insert(one)
    made.set(index, made.get(index) ?? one)
  }
  return [...made.values()].sort((a, b) => b.index - a.index)
}

async function insert(one: Planted, lives = 30): Promise<void> {
  const table = one.shown === 'yes' ? 'access' : 'sealed'
  const more = table === 'sealed' ? ', rule' : ''
  const { purposes, fields, units } = catalogue()
  const [own, other] = [room.office.id, room.other.id]
  await room.superuser.query(
    `insert into overview.${table}_event (class, expires_on, leaf_index, recorded_at, occurred_at, subject, operation,
        channel, source, recipient, unit, purpose, legal_basis, fields, salt${more})
      values ($9, current_date + $10::int, $1, now(), $2::date + time '12:00', gen_random_uuid(), $3, 1, $4, $5, $6, $7, 1,
        array[$8]::smallint[], decode(repeat('00', 32), 'hex')${table === 'sealed' ? ', 1' : ''})`,
    [
      ...[one.index, one.day, OPERATIONS.indexOf(one.operation) + 1],
      ...(one.side === 'gave' ? [own, other] : [other, own]),
      ...[units.byCode(one.unit)?.id, purposes.byCode(one.purpose)?.id],
      ...[fields.byCode(one.field)?.id, table === 'sealed' ? 101 : 1, lives],
    ],
  )
  if (one.flagged === 'yes') await flag(one)
}

const flag = ({ index, shown }: Planted) =>
  room.superuser.query(
    `insert into overview.${shown === 'yes' ? 'access' : 'sealed'}_flag
        (leaf_index, rule, subject, fields, flagged_at, expires_on)
      values ($1, 'flow.unknown', gen_random_uuid(), '{}', now(), current_date + 30)`,
    [index],
  )

/** All pages of a search, one after the other, and the number that the first one says. */
async function search(chosen: Chosen) {
  const { accesses } = createOversight(parts())
  const first = await accesses(officer, { chosen })
  const found = first.items.map(({ index }) => index)
  let pages = 1
  for (let { next } = first; next !== undefined; pages++) {
    const page = await accesses(officer, { chosen, before: Number(next) })
    found.push(...page.items.map(({ index }) => index))
    next = page.next
  }
  return { found, pages, count: first.count }
}

const fits = (one: Planted, chosen: Chosen) =>
  Object.entries(chosen).every(([name, value]) =>
    name === 'from'
      ? one.day >= value
      : name === 'until'
        ? one.day <= value
        : one[name as 'unit'] === value,
  )
const expected = (chosen: Chosen) =>
  planted.filter((one) => fits(one, chosen)).map(({ index }) => index)

/** Every choice alone, and many together as one of the accesses has them, or as none has. */
function questions(): Chosen[] {
  const names = ['operation', 'purpose', 'field', 'unit', 'side', 'shown', 'flagged'] as const
  const values = (name: (typeof names)[number]) => [...new Set(planted.map((one) => one[name]))]
  const alone = names.flatMap((name) => values(name).map((value): Chosen => ({ [name]: value })))
  const together = Array.from({ length: 30 }, (): Chosen => {
    const one = must(planted[below(planted.length)])
    const other = must(planted[below(planted.length)])
    const chosen = names.filter(() => below(3) === 0)
    const days =
      below(2) === 0 ? {} : { from: one.day, until: below(2) === 0 ? one.day : '2030-01-01' }
    return {
      ...Object.fromEntries(chosen.map((name) => [name, below(4) === 0 ? other[name] : one[name]])),
      ...days,
    }
  })
  return [{}, ...alone, ...together]
}

describe('a search in a long log', () => {
  it('finds what is there before anything is described', async () => {
    for (const chosen of [{}, { flagged: 'yes' }, { operation: 'erase' }]) {
      expect((await search(chosen)).found).toEqual(expected(chosen))
    }
  }, 60_000)

  it('finds exactly what is there, in order, whatever is asked for, and counts it', async () => {
    await createCounting(parts()).count()
    for (const chosen of questions()) {
      const { found, count } = await search(chosen)
      expect({ chosen, found }).toEqual({ chosen, found: expected(chosen) })
      const isKnown = !('field' in chosen) && !('unit' in chosen)
      if (isKnown || count?.isExact)
        expect({ chosen, ...count }).toMatchObject({ value: found.length })
    }
  }, 120_000)

  it('counts once what the counting job has passed since the search learnt how long the log is', async () => {
    await createCounting(parts()).count()
    const earlier = { size: SIZE - 2 * STRETCH, at: room.app.clock.now() }
    const late = { ...parts(), logState: () => Promise.resolve(earlier) }
    const { count } = await createOversight(late).accesses(officer, { chosen: {} })
    expect(count).toEqual({ value: planted.length, isExact: false })
  })

  it('says at once that nothing is there', async () => {
    const nowhere = { purpose: must(catalogue().purposes.all[9]).code }
    expect(await search(nowhere)).toEqual({
      ...{ found: [], pages: 1 },
      count: { value: 0, isExact: true },
    })
  })

  it('finds a flag that came after its stretch was described, once that is counted', async () => {
    const late = must(planted.find(({ flagged, index }) => flagged === 'no' && index < 4 * STRETCH))
    await createCounting(parts()).count()
    // As if nothing in it had broken a rule when it was described.
    await room.superuser.query(
      'update oversight.stretch set has_flagged = false where number = $1',
      [Math.floor(late.index / STRETCH)],
    )
    expect((await search({ flagged: 'yes' })).found).not.toContain(late.index)
    await flag(late)
    await createCounting(parts()).count()
    expect((await search({ flagged: 'yes' })).found).toContain(late.index)
  })

  it('forgets what a stretch held once an entry of it is gone', async () => {
    const number = 20
    const living = {
      ...must(planted[0]),
      index: number * STRETCH,
      shown: 'yes',
      flagged: 'no',
    } as const
    const gone = { ...living, index: living.index + 1, operation: 'erase' }
    await insert({ ...living, operation: 'store' })
    await insert(gone, 0)
    const held = async () => {
      const { rows } = await room.superuser.query<{ amount: number }>(
        'select amount, operations from oversight.stretch where office = $1 and number = $2',
        [room.office.id, number],
      )
      return rows
    }
    await room.superuser.query('update oversight.figure_fold set described = 0')
    const now = () => new Date(room.app.clock.now().getTime() - DAY)
    await createCounting({ ...parts(), clock: { ...room.app.clock, now } }).count()
    expect(await held()).toEqual([{ amount: 2, operations: [1, 4] }])
    await createCounting(parts()).recount()
    expect(await held()).toEqual([{ amount: 1, operations: [1] }])
  }, 60_000)
})

describe('ranges of a log', () => {
  it('cover everything that is not described, and what is described where something is', () => {
    const stretches = [
      { number: 2, amount: 9 },
      { number: 0, amount: 20_000 },
    ]
    const ranges = rangesBelow({ top: 4 * STRETCH + 5, isNewest: true }, 2 * STRETCH + 7, stretches)
    const edges = ranges.map(({ bottom, top }) => [bottom, Math.min(top, 9 * STRETCH)])
    expect(edges).toEqual([
      [4 * STRETCH + 5, 9 * STRETCH],
      [4 * STRETCH, 4 * STRETCH + 5],
      [3 * STRETCH, 4 * STRETCH],
      [2 * STRETCH + 7, 3 * STRETCH],
      [2 * STRETCH, 2 * STRETCH + 7],
      [0, STRETCH],
    ])
    expect(ranges.map(({ amount }) => amount)).toEqual([0, 5, STRETCH, STRETCH - 7, 7, STRETCH])
    expect(firstOf(ranges, 6, STRETCH * 2)).toEqual(ranges.slice(0, 3))
    expect(firstOf(ranges, 1_000_000, 10)).toEqual(ranges.slice(0, 2))
    expect(leavesOf(firstOf(ranges, Infinity, Infinity))).toBe(3 * STRETCH + 5)
    expect(spreadOver(ranges, 3)).toEqual([ranges[0], must(ranges[3]), ranges[5]])
  })
})
