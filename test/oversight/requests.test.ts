import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { readPlace } from '../../server/oversight/forms.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { REFUSED } from '../platform/answers.js'
import { roomOf, WHOLE, type Room } from '../rectification/room.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings } from '../support/past.js'

import { supervisorIn } from './staff.js'
import { visitorAs } from '../journeys/stations.js'

const DAY = 24 * 60 * 60_000

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let dpo: StaffActor
/** References by what became of them. */
const requests: Record<string, string> = {}

/** Family name and given names are wrong. */
const TWO_NAMES = {
  ...WHOLE,
  also: [
    {
      field: 'azr.given_names',
      wanted: { form: 'names', latin: 'Layla', onlyOne: false } as const,
    },
  ],
}

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerk = await room.clerk('caseworker')
  await staff('dpo', room.office.id)
  await staff('supervisor')
  dpo = { ...clerk, role: 'dpo' }
  for (const name of ['overdue', 'soon', 'later', 'waits', 'made', 'refused']) {
    requests[name] = await room.filed(resident, name === 'made' ? { statement: TWO_NAMES } : {})
  }
  const due = (name: string, days: number) =>
    room.superuser.query(
      `update rectification.request set due_on = (now() at time zone 'Europe/Berlin')::date + $1::int
        where reference = $2`,
      [days, requests[name]],
    )
  await due('overdue', -3)
  await due('soon', 7)
  await due('later', 8)
  await decide('refused', 'not_proven')
  await decide('made', 'corrected')
  room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + DAY))
  await room.app.portal.requestUpkeep.confirm()
  await decide('waits', 'corrected')
  // The days of the fixture are counted from today.
  room.app.clock.moveTo(new Date())
})

afterAll(() => room?.close())

async function staff(name: string, office?: number): Promise<void> {
  const role = name as 'dpo' | 'supervisor'
  await room.app.portal.enrolment.createDemoStaff({
    ...{ name, role, assurance: 'high' },
    ...(office === undefined ? {} : { office }),
  })
}

async function decide(name: string, outcome: 'corrected' | 'not_proven'): Promise<void> {
  const reference = requests[name] ?? ''
  const take = async (step: StaffStep) =>
    room.app.portal.casework.step(
      clerk,
      { reference, version: await room.version(reference) },
      step,
    )
  await take({ event: 'claimed' })
  await take({ event: 'decided', outcome, text: { reasons: ['evidence_shows'] } })
}

const reader = (name: string) => visitorAs(room.app, name)

const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('the figures of an office', () => {
  it('count requests once, and among the outcomes each of their names', async () => {
    const { counts, overdue, outcomes } = await room.app.portal.requestOversight.figures(dpo)
    expect(counts).toMatchObject({ open: 4, dueSoon: 1, overdue: 1, decided: 2 })
    expect(counts).toMatchObject({ medianDays: 0, p90Days: 1 })
    expect(overdue.items.map(({ reference }) => reference)).toEqual([requests['overdue']])
    expect(outcomes.map(({ category, outcome, count }) => [category, outcome, count])).toEqual([
      ['identity', 'corrected', 2],
      ['identity', 'not_proven', 1],
    ])
  })

  it('are on a page that names references, and no person', async () => {
    const { status, body } = await (await reader('dpo')).get('/de/oversight/requests')
    expect(status).toBe(200)
    const words = wordsOf(body)
    expect(words).toContain(requests['overdue'])
    expect(words).toContain('3 Tagen')
    for (const name of ['soon', 'later', 'made']) expect(words).not.toContain(requests[name])
    for (const secret of [...resident.subjects, resident.account, clerk.staff]) {
      expect(body).not.toContain(secret)
    }
  })

  it('are told by kind of data and by language, each request once in each', async () => {
    await room.superuser.query(
      `update rectification.request set language = case reference when $1 then 'fa' else 'ar' end,
        filed_at = case reference when $1 then filed_at - interval '9 days' else filed_at end`,
      [requests['refused']],
    )
    const { byKind, byLanguage } = await room.app.portal.outcomes.figures(dpo)
    // Both names of one request are data of one kind.
    expect(byKind.paces).toEqual([
      { key: 'identity', decided: 2, medianDays: 1, p90Days: 9, open: 4, overdue: 1 },
    ])
    expect(byKind.outcomes).toEqual([
      { key: 'identity', outcome: 'corrected', amount: 1 },
      { key: 'identity', outcome: 'not_proven', amount: 1 },
    ])
    expect(byLanguage.paces).toEqual([
      { key: 'ar', decided: 1, medianDays: 1, p90Days: 1, open: 4, overdue: 1 },
      { key: 'fa', decided: 1, medianDays: 9, p90Days: 9, open: 0, overdue: 0 },
    ])
    expect(byLanguage.outcomes.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['ar', 'corrected'],
      ['fa', 'not_proven'],
    ])
    // By single field each of the two names counts.
    const { byField } = await room.app.portal.outcomes.figures(dpo)
    expect(byField.next).toBeUndefined()
    expect(byField.paces.map(({ key, decided, open }) => [key, decided, open])).toEqual([
      ['azr.family_name', 2, 4],
      ['azr.given_names', 1, 0],
    ])
    expect(byField.outcomes).toEqual([
      { key: 'azr.family_name', outcome: 'corrected', amount: 1 },
      { key: 'azr.family_name', outcome: 'not_proven', amount: 1 },
      { key: 'azr.given_names', outcome: 'corrected', amount: 1 },
    ])
    const behind = await room.app.portal.outcomes.figures(dpo, 'azr.family_name')
    expect(behind.byField.paces.map(({ key }) => key)).toEqual(['azr.given_names'])
    const other = await room.app.portal.outcomes.figures({ ...dpo, office: room.other.id })
    expect([other.byKind.paces, other.byLanguage.paces]).toEqual([[], []])
  })

  it('stand as drawings and tables on a page that names nobody', async () => {
    const { status, body } = await (await reader('dpo')).get('/de/oversight/requests/outcomes')
    expect(status).toBe(200)
    for (const text of ['Arabisch', 'Persisch', 'Dauer nach Sprache']) expect(body).toContain(text)
    for (const [drawing] of body.matchAll(/<svg viewBox[\s\S]*?<\/svg>/g)) {
      expect(drawing.length).toBeLessThanOrEqual(12 * 1024)
      expect(drawing).toMatch(/<title id[\s\S]*<desc id/)
    }
    expect(body.match(/<svg viewBox/g)).toHaveLength(2)
    expect(body).toContain('<h2 id="field">Nach einzelner Angabe</h2>')
    for (const secret of [...Object.values(requests), ...resident.subjects, resident.account]) {
      expect(body).not.toContain(secret)
    }
    expect((await (await reader('supervisor')).get('/de/oversight/requests/outcomes')).status).toBe(
      404,
    )
  })

  it('are of the own office alone', async () => {
    const other = { ...dpo, office: room.other.id }
    const { counts, overdue } = await room.app.portal.requestOversight.figures(other)
    expect([counts.open, counts.decided, counts.medianDays, overdue.items]).toEqual([
      0,
      0,
      null,
      [],
    ])
  })
})

describe('decisions without a second person', () => {
  it('are listed for supervisors: those that wait before those in effect', async () => {
    const { waiting, made } = await room.app.portal.requestOversight.unconfirmed(
      await supervisorIn(room.superuser),
    )
    expect(
      waiting.map(({ reference, effectiveAt, decidedAt }) => [
        reference,
        effectiveAt !== null,
        decidedAt,
      ]),
    ).toEqual([[requests['waits'], true, null]])
    expect(made.items.map(({ reference, office }) => [reference, office.code])).toEqual([
      [requests['made'], room.office.code],
    ])
    const [one] = made.items
    expect(
      (one?.decidedAt?.getTime() ?? 0) - (one?.proposedAt?.getTime() ?? 0),
    ).toBeGreaterThanOrEqual(DAY)
  })

  it('are on a page of supervisors, without a person', async () => {
    const { status, body } = await (await reader('supervisor')).get('/de/oversight/confirmations')
    expect(status).toBe(200)
    const words = wordsOf(body)
    expect(words.indexOf(requests['waits'] ?? '')).toBeGreaterThan(0)
    expect(words.indexOf(requests['made'] ?? '')).toBeGreaterThan(
      words.indexOf(requests['waits'] ?? ''),
    )
    expect(words).not.toContain(requests['refused'])
    for (const secret of [...resident.subjects, resident.account, clerk.staff]) {
      expect(body).not.toContain(secret)
    }
  })

  it('are on no page of anybody else', async () => {
    for (const name of ['dpo', 'caseworker']) {
      expect((await (await reader(name)).get('/de/oversight/confirmations')).status).toBe(404)
    }
    expect((await (await reader('supervisor')).get('/de/oversight/requests')).status).toBe(404)
  })
})

describe('the views of the database', () => {
  const who = ['reporting', 'reporting'] as const
  const says = (settings: Settings, statements: readonly string[]) =>
    saysPast(room, { who, settings }, statements)
  const SEEN = ['select from reporting.rectification', 'select from reporting.unconfirmed_decision']

  it('show an office its own requests, and supervisors unconfirmed decisions alone', async () => {
    expect(await says({ office: String(room.office.id) }, SEEN)).toEqual(['6 rows', '0 rows'])
    expect(await says({ office: String(room.other.id) }, SEEN)).toEqual(['0 rows', '0 rows'])
    const { staff } = await supervisorIn(room.superuser)
    expect(await says({ office: '', staff }, SEEN)).toEqual(['0 rows', '2 rows'])
    // Whatever a scope says of somebody: the list of staff knows.
    const clerks = { office: '', staff: clerk.staff, supervises: 'yes' }
    expect(await says(clerks, SEEN)).toEqual(['0 rows', '0 rows'])
    expect(await says({}, SEEN)).toEqual(['0 rows', '0 rows'])
  })

  it('are all that reporting reads of requests', async () => {
    const tables = ['request', 'request_event', 'file', 'notice', 'saved_view']
    const refused = tables.map((table) => `select from rectification.${table}`)
    const settings = { office: String(room.office.id), staff: clerk.staff }
    expect(await says(settings, refused)).toEqual(tables.map(() => REFUSED))
    expect(await says(settings, ["update reporting.rectification set state = 'closed'"])).toEqual([
      REFUSED,
    ])
  })
})

describe('the place of a page', () => {
  it.each([
    ['2026-11-30.ABCD2345', 'day', true],
    ['2026-02-31.ABCD2345', 'day', false],
    ['2026-11-30', 'day', false],
    ['1764460800000.ABCD2345', 'instant', true],
    ['99999999999999.ABCD2345', 'instant', true],
    ["1' or true.ABCD2345", 'instant', false],
  ] as const)('%s as a %s is one: %s', (raw, kind, is) => {
    expect(readPlace(raw, kind) !== undefined).toBe(is)
  })
})
