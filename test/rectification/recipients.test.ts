import fc from 'fast-check'
import type { Flow } from '../../server/catalogue/index.js'
import type { ReportedAccess } from '../../server/overview/index.js'
import { isTold, type Outcome } from '../../server/rectification/rules.js'
import { rectificationSections } from '../../server/rectification/section.js'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  accessOf,
  DECIDER,
  decide,
  FIELD,
  file,
  flowsOfField,
  noticesIn,
  person,
  record,
} from './decided.js'

const OTHER = 'azr.work_conditions'
const DAY = 86_400_000

let app: TestApp
let flows: { open: Flow[]; withheld: Flow[] }

beforeAll(async () => {
  app = await startTestApp()
  flows = flowsOfField(app)
})

afterAll(() => app?.close())

/** An access as it is drawn: which flow, of whom, when, and how it departs from its flow. */
const ACCESS = fc.record({
  withheld: fc.boolean(),
  flow: fc.nat(),
  number: fc.nat(1),
  daysAgo: fc.integer({ min: 1, max: 90 }),
  departs: fc.constantFrom('not', 'not', 'not', 'erase', 'other-field', 'portal', 'own'),
})
type Drawn = typeof ACCESS extends fc.Arbitrary<infer Value> ? Value : never
const HISTORY = fc.record({
  numbers: fc.integer({ min: 1, max: 2 }),
  accesses: fc.array(ACCESS, { minLength: 1, maxLength: 25 }),
  outcome: fc.constantFrom<Outcome>(
    'corrected',
    'corrected_in_part',
    'restricted',
    'corrected',
    'restricted',
    'not_proven',
  ),
})
const HISTORIES = fc.sample(HISTORY, { numRuns: 40, seed: 20_261_122 })

/** What is delivered, with what the oracle is told of it: never what the portal made of it. */
function delivered(drawn: Drawn, subjects: readonly string[]) {
  const { departs } = drawn
  const isOwn = departs === 'own' && !drawn.withheld
  // Only what its flow leads to this kind of office is open there: beyond every flow nothing is.
  const open = isOwn ? flows.open.filter(({ recipient }) => recipient === 'abh') : flows.open
  const pool = drawn.withheld ? flows.withheld : open
  const flow = pool[drawn.flow % pool.length]
  if (flow === undefined) throw new Error('the catalogue lacks flows of the field')
  const subject = subjects[drawn.number % subjects.length] as ReportedAccess['subject']
  const access = accessOf(app, {
    ...{ flow, subject },
    at: new Date(app.clock.now().getTime() - drawn.daysAgo * DAY),
    ...(departs === 'erase' ? { operation: 'erase' as const } : {}),
    ...(departs === 'other-field' ? { fields: [OTHER] } : {}),
    ...(departs === 'portal' ? { source: 'portal', recipient: 'i.rt.abh' } : {}),
    ...(isOwn ? { recipient: DECIDER } : {}),
  })
  return { access, withheld: drawn.withheld, isPortal: departs === 'portal' }
}

type Delivered = ReturnType<typeof delivered>

/** Who has to be told, by what was delivered alone. */
function oracle(events: readonly Delivered[], decider: string) {
  const groups = new Map<string, { withheld: boolean; at: number }[]>()
  for (const { access, withheld, isPortal } of events) {
    if (isPortal || access.operation === 'erase') continue
    if (!access.fields.some(({ code }) => code === FIELD)) continue
    if (access.recipient.code === decider) continue
    const key = `${access.recipient.code} ${access.subject}`
    groups.set(key, [...(groups.get(key) ?? []), { withheld, at: access.occurredAt.getTime() }])
  }
  const lines = [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
  const told = (wanted: boolean) =>
    lines.flatMap(([key, received]) => {
      const isWithheld = received.every(({ withheld }) => withheld)
      if (isWithheld !== wanted) return []
      const [code = '', subject = ''] = key.split(' ')
      const times = received.filter(({ withheld }) => withheld === wanted).map(({ at }) => at)
      const iso = (at: number) => new Date(at).toISOString()
      return [{ code, subject, first: iso(Math.min(...times)), last: iso(Math.max(...times)) }]
    })
  return { visible: told(false), withheld: told(true) }
}

describe.each(HISTORIES.map((history, place) => [place, history] as const))(
  'history %i',
  (_place, { numbers, accesses, outcome }) => {
    it(`tells, after "${outcome}", all recipients that the log names, and shows the visible ones`, async () => {
      const somebody = await person(app, numbers)
      const events = accesses
        .map((drawn) => delivered(drawn, somebody.subjects))
        // What the portal records of itself is always open.
        .filter(({ withheld, isPortal }) => !(withheld && isPortal))
      await record(
        app,
        events.map(({ access }) => access),
      )
      const filed = await file(app, somebody)
      await decide(app, filed, outcome)
      const { reference, clerk } = filed
      const decider = app.installation.catalogue.parties.byId(clerk.office ?? 0)?.code ?? ''
      const expected = isTold(outcome) ? oracle(events, decider) : { visible: [], withheld: [] }
      const stored = async (table: 'notice' | 'sealed_notice') =>
        (await noticesIn(app, { table, reference })).map(({ state, ...row }) => {
          expect(state).toBe('to_print')
          return row
        })
      expect(await stored('notice')).toEqual(expected.visible)
      expect(await stored('sealed_notice')).toEqual(expected.withheld)

      const offices = [...new Set(expected.visible.map(({ code }) => code))].sort()
      const seen = await app.portal.rectification.request(somebody.actor, reference)
      expect(seen.recipients.map(({ office }) => office.code).sort()).toEqual(offices)
      const open = await app.portal.casework.open(clerk, reference)
      expect(open.recipients.map(({ office }) => office.code).sort()).toEqual(offices)
      const items: unknown[] = []
      for (const section of rectificationSections(app.portal.rectification, app.portal.evidence)) {
        for await (const item of section.items(somebody.actor)) items.push(item)
      }
      const copied = items as { recipients: { office: string }[] }[]
      expect(
        copied.flatMap(({ recipients }) => recipients.map((one) => one.office)).sort(),
      ).toEqual(offices)
      const secret = expected.withheld
        .map(({ code }) => code)
        .filter((code) => !offices.includes(code))
      for (const code of secret)
        expect(JSON.stringify([items, seen, open])).not.toContain(`"${code}"`)
    })
  },
)

test('the histories hold what matters', () => {
  const people = ['a', 'b']
  const made = HISTORIES.filter(({ outcome }) => isTold(outcome)).map(({ numbers, accesses }) =>
    oracle(
      accesses.map((drawn) => delivered(drawn, people.slice(0, numbers))),
      DECIDER,
    ),
  )
  expect(made.filter(({ withheld }) => withheld.length > 0).length).toBeGreaterThan(8)
  expect(made.filter(({ visible }) => visible.length > 0).length).toBeGreaterThan(8)
})
