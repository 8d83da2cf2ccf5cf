import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Flow } from '../../server/catalogue/index.js'
import type { StaffActor, StaffId } from '../../server/identity/index.js'
import { must } from '../overview/world.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { accessOf, flowsOfField, person, record, type Person } from './decided.js'

const [FAMILY, GIVEN, OTHER] = ['azr.family_name', 'azr.given_names', 'azr.birth_date'] as const
const NAMES = [FAMILY, GIVEN] as const
const DAY = 86_400_000

let app: TestApp
let flows: { open: Flow[]; withheld: Flow[] }

beforeAll(async () => {
  app = await startTestApp()
  flows = flowsOfField(app, [...NAMES, OTHER])
})

afterAll(() => app?.close())

const ACCESS = fc.record({
  withheld: fc.boolean(),
  /** Withheld because its reporter says so: only so does one office receive openly and in secret. */
  tightened: fc.boolean(),
  flow: fc.nat(),
  number: fc.nat(1),
  daysAgo: fc.integer({ min: 1, max: 90 }),
  fields: fc.constantFrom([FAMILY], [GIVEN], [FAMILY, GIVEN], [OTHER]),
})
const HISTORY = fc.record({
  numbers: fc.integer({ min: 1, max: 2 }),
  accesses: fc.array(ACCESS, { minLength: 3, maxLength: 20 }),
  /** The fields that the decision writes. */
  written: fc.constantFrom<readonly string[]>([FAMILY, GIVEN], [FAMILY, GIVEN], [FAMILY], [GIVEN]),
})
type Drawn = typeof ACCESS extends fc.Arbitrary<infer Value> ? Value : never
const HISTORIES = fc.sample(HISTORY, { numRuns: 25, seed: 20_261_130 })

function delivered(drawn: Drawn, { subjects }: Person) {
  const isTightened = drawn.withheld && drawn.tightened
  const pool = drawn.withheld && !isTightened ? flows.withheld : flows.open
  const flow = must(pool[drawn.flow % Math.min(pool.length, 3)])
  const subject = must(subjects[drawn.number % subjects.length])
  const at = new Date(app.clock.now().getTime() - drawn.daysAgo * DAY)
  const access = accessOf(app, { flow, subject, at, fields: drawn.fields })
  return { access: isTightened ? { ...access, tighten: 'withheld' as const } : access, drawn }
}

/** Who has to be told of which field, by what was delivered alone: one line each. */
function oracle(
  events: readonly ReturnType<typeof delivered>[],
  { written, decider }: { written: readonly string[]; decider: string },
) {
  const received = new Map<string, Set<boolean>>()
  for (const { access, drawn } of events) {
    if (access.recipient.code === decider) continue
    for (const field of drawn.fields.filter((one) => written.includes(one))) {
      const line = `${access.recipient.code} ${access.subject} ${field}`
      received.set(line, (received.get(line) ?? new Set()).add(drawn.withheld))
    }
  }
  const lines = (isSealed: boolean) =>
    [...received].flatMap(([line, kinds]) => (kinds.has(false) === isSealed ? [] : [line])).sort()
  return { notice: lines(false), sealed_notice: lines(true) }
}

async function told(table: 'notice' | 'sealed_notice', reference: string): Promise<string[]> {
  const { rows } = await sql<{ recipient: number; subject: string; field: number }>`
    select n.recipient, n.subject, n.field from ${sql.table(`rectification.${table}`)} n
      join rectification.request r on r.request = n.request
      where r.reference = ${reference}`.execute(app.installation.admin)
  const { parties, fields } = app.installation.catalogue
  return rows
    .map(
      ({ recipient, subject, field }) =>
        `${must(parties.byId(recipient)).code} ${subject} ${must(fields.byId(field)).code}`,
    )
    .sort()
}

/** Files a request about both names, and decides it so that only some of them are written. */
async function decided({ actor }: Person, written: readonly string[]) {
  const { rectification, casework, jobs } = app.portal
  const field = must(app.installation.catalogue.fields.byCode(FAMILY))
  const id = await rectification.begin(actor, field, 'de')
  const [family, given] = ['Al-Khatib', 'Layla'].map(
    (latin) => ({ form: 'names', latin, onlyOne: false }) as const,
  )
  await rectification.save(
    actor,
    { id, version: 1 },
    {
      ...{ kind: 'wrong', wanted: must(family), evidence: ['nothing'], restrict: true },
      also: [{ field: GIVEN, wanted: must(given) }],
    },
  )
  const reference = await rectification.file(actor, id)
  const { request } = await rectification.request(actor, reference)
  const clerk: StaffActor = {
    ...{ role: 'caseworker', staff: randomUUID() as StaffId, assurance: 'high' },
    office: request.office,
  }
  const step = async (made: Parameters<typeof casework.step>[2]) => {
    const { version } = await casework.terms(clerk, reference)
    await casework.step(clerk, { reference, version }, made)
  }
  await step({ event: 'claimed' })
  await step({
    event: 'decided',
    outcome: written.length === NAMES.length ? 'corrected' : 'corrected_in_part',
    text: {
      reasons: ['evidence_shows'],
      ...(written.includes(FAMILY) ? { value: must(family) } : {}),
      ...(written.includes(GIVEN) ? { also: [{ field: GIVEN, wanted: must(given) }] } : {}),
    },
  })
  app.clock.moveTo(new Date(app.clock.now().getTime() + DAY + 60_000))
  await jobs.find(({ name }) => name === 'rectification.confirm')?.work()
  return { reference, clerk }
}

describe.each(HISTORIES.map((history, place) => [place, history] as const))(
  'history %i',
  (_place, { numbers, accesses, written }) => {
    it(`tells whoever received ${written.join(' or ')} of that, and nobody of anything else`, async () => {
      const somebody = await person(app, numbers)
      const events = accesses.map((drawn) => delivered(drawn, somebody))
      await record(
        app,
        events.map(({ access }) => access),
      )
      const { reference, clerk } = await decided(somebody, written)
      const decider = must(app.installation.catalogue.parties.byId(clerk.office ?? 0)).code
      const expected = oracle(events, { written, decider })
      expect(await told('notice', reference)).toEqual(expected.notice)
      expect(await told('sealed_notice', reference)).toEqual(expected.sealed_notice)

      // The page of the person and the case name the same, and nothing of what is withheld.
      const shown = [...new Set(expected.notice.map((line) => line.replace(/ \S+ /, ' ')))].sort()
      const seen = await app.portal.rectification.request(somebody.actor, reference)
      const open = await app.portal.casework.open(clerk, reference)
      for (const { recipients } of [seen, open]) {
        const lines = recipients.flatMap(({ office, fields }) =>
          fields.map(({ code }) => `${office.code} ${code}`),
        )
        expect(lines.sort()).toEqual(shown)
      }
    })
  },
)

test('the histories hold what matters', () => {
  const mixed = HISTORIES.filter(({ accesses }) => {
    const kinds = new Set(accesses.map(({ withheld, fields }) => `${withheld} ${fields.join()}`))
    return kinds.has(`true ${FAMILY}`) && kinds.has(`false ${GIVEN}`)
  })
  expect(mixed.length).toBeGreaterThan(4)
  expect(HISTORIES.filter(({ written }) => written.length === 1).length).toBeGreaterThan(5)
})
