import { sql } from 'kysely'
import { QUESTIONS, questionMomentsOf } from '../../server/demo/question.js'
import { createTimetable } from '../../server/demo/timetable.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)

afterAll(() => app?.close())

async function questionsOf(name: string) {
  const { identity, inquiries } = app.portal
  const session = await identity.signInDemo(name)
  const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
  const all = await inquiries.list(open?.actor as ResidentActor)
  return all.map(({ inquiry, office }) => [office.code, inquiry.state])
}

describe('the questions of the demonstration', () => {
  it('stand in the states that were told', async () => {
    const states: unknown[] = []
    for (const name of new Set(QUESTIONS.map(({ person }) => person))) {
      states.push(...(await questionsOf(name)).map((one) => [name, ...one]))
    }
    expect(states.sort()).toEqual([
      ['resident-ar', 'i.pf.abh', 'answered'],
      ['resident-ar', 'i.pf.jobcenter', 'received'],
      ['resident-ru', 'i.pf.abh', 'received'],
      ['resident-tr', 'i.pf.abh', 'in_review'],
      ['resident-uk', 'i.rt.abh', 'passed_on'],
    ])
  })

  it('wait for officers who can sign in, and for one office that has none', async () => {
    const lists = await Promise.all(
      ['dpo', 'dpo-2'].map(async (name) => {
        const browser = visitor(app)
        await browser.signIn(name)
        const { body } = await browser.get('/de/oversight/inquiries')
        return body.match(/href="\/de\/oversight\/inquiries\/\w{8}"/g)?.length
      }),
    )
    expect(lists).toEqual([2, 1])
  })

  it('are asked of offices as well: one is answered, and one waits for the caseworker', async () => {
    const dpo = visitor(app)
    await dpo.signIn('dpo')
    const references = async (browser: typeof dpo, address: string) =>
      (await browser.get(address)).body.match(/href="[^"]*\/questions\/\w{8}/g)?.length ?? 0
    const asked = '/de/oversight/flags/questions'
    expect(await references(dpo, asked)).toBe(1)
    expect(await references(dpo, `${asked}?show=ended`)).toBe(1)
    const clerk = visitor(app)
    await clerk.signIn('caseworker')
    expect(await references(clerk, '/de/work/questions')).toBe(1)
    expect((await clerk.get('/de/staff')).body).toContain('1 neu')
    const { rows } = await sql<{ twins: number }>`
      select count(*)::int as twins from oversight.question q
        join overview.access_event e on e.leaf_index = q.leaf_index
        join identity.account_subject s on s.subject = e.subject
        join identity.account a on a.account = s.account
        where a.demo_name in ('resident-withheld', 'resident-plain')`.execute(
      app.installation.admin,
    )
    expect(rows).toEqual([{ twins: 0 }])
  })

  it('tell nothing of the twins', () => {
    const people = new Set(QUESTIONS.map(({ person }) => person))
    expect(['resident-withheld', 'resident-plain'].filter((name) => people.has(name))).toEqual([])
  })

  it('are told in one order, each act behind what it answers', () => {
    for (const now of ['2026-11-22T09:00:00Z', '2027-04-14T09:00:00Z']) {
      const moments = questionMomentsOf(QUESTIONS, createTimetable(new Date(now)))
      const done = new Map<unknown, number>()
      for (const { story, events, at } of moments) {
        expect(at).toBeLessThan(Date.parse(now))
        expect(events).toBe((done.get(story) ?? 0) + 1)
        done.set(story, events)
      }
    }
  })
})
