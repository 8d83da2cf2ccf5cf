import type { Catalogue } from '../../server/catalogue/index.js'
import { crowdOf } from '../../server/demo/crowd.js'
import { deliveriesOf, type Delivery } from '../../server/demo/deliveries.js'
import { RESIDENTS } from '../../server/demo/people.js'
import { histories, NOW, realCatalogue } from './world.js'

const WEEK = 7 * 86_400_000

let catalogue: Catalogue
let few: readonly Delivery[]
let many: readonly Delivery[]

beforeAll(async () => {
  catalogue = await realCatalogue()
  const people = [...RESIDENTS, ...crowdOf(800, 'mirat')]
  few = deliveriesOf([...histories(catalogue).values()].flat(), 400)
  many = deliveriesOf([...histories(catalogue, { people }).values()].flat(), 400)
})

const both = () => [few, many] as const

describe('the deliveries', () => {
  it('number every stream from one on without a gap', () => {
    for (const deliveries of both()) {
      const next = new Map<string, number>()
      for (const { deliverer, firstSeq, events } of deliveries) {
        const expected = next.get(deliverer) ?? 1
        expect(firstSeq).toBe(expected)
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => expected + place))
        next.set(deliverer, expected + events.length)
      }
    }
  })

  it('bring every access once', () => {
    const told = [...histories(catalogue).values()].flat()
    const brought = few.flatMap(({ events }) => events)
    expect(brought).toHaveLength(told.length)
    const spoken = (one: object) => JSON.stringify(one)
    const withoutSeq = brought.map(({ seq: _seq, ...access }) => spoken(access))
    expect(withoutSeq.sort()).toEqual(told.map(({ access }) => spoken(access)).sort())
  })

  it('go out in order of time, after the last access in them, within a week, and before now', () => {
    for (const deliveries of both()) {
      const times = deliveries.map(({ at }) => at)
      expect(times).toEqual([...times].sort((one, other) => one - other))
      for (const { at, events } of deliveries) {
        const occurred = events.map(({ occurredAt }) => Date.parse(occurredAt))
        expect(at).toBeGreaterThan(Math.max(...occurred))
        expect(at - Math.min(...occurred)).toBeLessThanOrEqual(WEEK)
        expect(at).toBeLessThan(NOW.getTime())
      }
    }
  })

  it('stay few, and none has more events or bytes than the contract allows', () => {
    expect(few.length).toBeLessThanOrEqual(400)
    expect(Math.max(...many.map(({ events }) => events.length))).toBeGreaterThan(50)
    for (const { events } of many) expect(events.length).toBeLessThanOrEqual(1000)
    const longest = Math.max(
      ...many.flatMap(({ events }) => events.map((one) => JSON.stringify(one).length)),
    )
    // A thousand of them in base64url must stay within 1 MiB.
    expect((longest + 1) * 1000 * (4 / 3)).toBeLessThan(1024 * 1024)
  })

  it('never hold two accesses of one person who can be signed in as', () => {
    const known = new Set(
      [...histories(catalogue)].flatMap(([name, told]) =>
        told.map(
          ({ access, deliverer }) => [`${deliverer} ${access.subject.value}`, name] as const,
        ),
      ),
    )
    const nameOf = new Map(known)
    for (const { deliverer, events } of many) {
      const names = events.flatMap(
        ({ subject }) => nameOf.get(`${deliverer} ${subject.value}`) ?? [],
      )
      expect(new Set(names).size).toBe(names.length)
    }
  })
})
