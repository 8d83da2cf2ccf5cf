import { CLERKS, momentsOf } from '../../server/demo/case.js'
import { CASES } from '../../server/demo/cases.js'
import { RESIDENTS, STAFF } from '../../server/demo/people.js'
import { createTimetable } from '../../server/demo/timetable.js'
import { isUuid } from '../../server/platform/kernel/ids.js'
import { STATES, type State } from '../../server/rectification/rules.js'
import type { Actor, ResidentActor, StaffActor } from '../../server/identity/index.js'
import { startTestApp, type TestApp } from '../support/app.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)

afterAll(() => app?.close())

async function actorOf(name: string): Promise<Actor> {
  const { sessions, signInDemo } = app.portal.identity
  const session = await signInDemo(name)
  const open = await sessions.open(session?.token ?? '', app.clock.now())
  if (open === undefined) throw new Error(`nobody is ${name}`)
  return open.actor
}

/** Every request and draft of a person, by field, with its state. */
async function statesOf(name: string): Promise<Readonly<Record<string, State>>> {
  const actor = (await actorOf(name)) as ResidentActor
  const { rectification } = app.portal
  const drafts = (await rectification.drafts(actor)).map(({ field }) => [field.code, 'draft'])
  const filed = (await rectification.requests(actor)).map(({ field, request }) => [
    field.code,
    request.state,
  ])
  return Object.fromEntries([...drafts, ...filed]) as Readonly<Record<string, State>>
}

describe('the requests of the demonstration', () => {
  it('are in every state that a request can have', async () => {
    const states: State[] = []
    for (const { name } of RESIDENTS) states.push(...Object.values(await statesOf(name)))
    expect(states).toHaveLength(CASES.length)
    expect([...new Set(states)].sort()).toEqual([...STATES].sort())
  })

  it('give the first resident a draft, a question that waits, and a decision', async () => {
    expect(await statesOf('resident-ar')).toEqual({
      'azr.birth_date': 'draft',
      'azr.spouse_nationality': 'question',
      'azr.family_name': 'proposed',
      'azr.religion': 'decided',
      'mr.family': 'received',
      'azr.residence_title': 'closed',
      'azr.schooling': 'received',
    })
  })

  it('tell nothing of the twins, nor of whom a letter alone lets in', () => {
    const people = new Set(CASES.map(({ person }) => person))
    for (const name of ['resident-withheld', 'resident-plain', 'resident-letter']) {
      expect(people.has(name)).toBe(false)
    }
  })

  it('are told in the same order and on the same days before today whatever the day', () => {
    const told = (now: string) =>
      momentsOf(CASES, createTimetable(new Date(now))).map(({ at, story, events }) => ({
        days: Math.round((Date.parse(now) - at) / 86_400_000),
        what: `${story.person} ${story.field} ${events}`,
      }))
    const [winter, spring] = [told('2026-11-22T09:00:00Z'), told('2027-04-14T09:00:00Z')]
    const days = new Map(spring.map(({ what, days: day }) => [what, day]))
    for (const { what, days: day } of winter) {
      // An office waits for its next working day.
      expect(Math.abs((days.get(what) ?? 0) - day)).toBeLessThanOrEqual(4)
      expect(day).toBeGreaterThanOrEqual(0)
    }
  })
})

describe.each(Object.values(CLERKS))('%s', (name) => {
  async function queue() {
    const actor = (await actorOf(name)) as StaffActor
    const { cases } = await app.portal.casework.queue(actor, {})
    return { actor, cases, rows: cases.map(({ row }) => row) }
  }
  const today = () =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(app.clock.now())

  it('finds work that nobody has claimed, own work, and an answer that is overdue', async () => {
    const { actor, rows } = await queue()
    expect(rows.some(({ assignee }) => assignee === undefined)).toBe(true)
    expect(rows.some(({ assignee }) => assignee === actor.staff)).toBe(true)
    expect(rows.some(({ dueOn }) => dueOn !== undefined && dueOn < today())).toBe(true)
  })

  it('is asked to confirm what the other office has proposed', async () => {
    const { actor, cases, rows } = await queue()
    const others = cases.filter(({ isOthers }) => isOthers)
    expect(others.map(({ row }) => row.state)).toEqual(['proposed'])
    // Who has it at the other office is not gone: this office does not know them.
    expect(cases.filter(({ isStranded }) => isStranded)).toEqual([])
    const asked = rows.filter(
      ({ state, office }) => state === 'proposed' && office !== actor.office,
    )
    expect(asked).toHaveLength(1)
    const facts = await app.portal.casework.open(actor, asked[0]?.reference ?? '')
    expect(facts.cause).toBe('second')
    expect(facts.mayDo).toContain('confirmed')
  })

  it('has looked at every case before each step, and the person sees it', async () => {
    expect(isUuid(((await actorOf(name)) as StaffActor).staff)).toBe(true)
    const office = STAFF.find((one) => one.name === name)?.office
    const told = CASES.filter(({ acts }) => acts.some(({ by }) => by === name))
    for (const { person, acts } of told) {
      const resident = (await actorOf(person)) as ResidentActor
      const { entries } = await looksAt(resident, office ?? '')
      expect(entries).toBeGreaterThanOrEqual(acts.filter(({ by }) => by === name).length)
    }
  })
})

/** How often an office has opened a case of a person, by the person's own log. */
async function looksAt(actor: ResidentActor, office: string): Promise<{ entries: number }> {
  let entries = 0
  for await (const entry of app.portal.overview.allAccesses(actor)) {
    const isLook = entry.purpose.code === 'portal_casework' && entry.recipient.code === office
    if (isLook) entries++
  }
  return { entries }
}

test('what a partner has answered is out of its sight', async () => {
  const clerk = (await actorOf(CLERKS.reutlingen)) as StaffActor
  const resident = (await actorOf('resident-ar')) as ResidentActor
  const decided = (await app.portal.rectification.requests(resident)).find(
    ({ field }) => field.code === 'azr.religion',
  )
  const { reference = '' } = decided?.request ?? {}
  const { events } = await app.portal.rectification.request(resident, reference)
  expect(events.at(-1)).toMatchObject({ event: 'confirmed', office: { code: 'i.rt.abh' } })
  await expect(app.portal.casework.open(clerk, reference)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
