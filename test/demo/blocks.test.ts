import { BLOCKS } from '../../server/demo/block.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)

afterAll(() => app?.close())

async function blocksOf(name: string) {
  const { identity, blocks } = app.portal
  const session = await identity.signInDemo(name)
  const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
  return blocks.list(open?.actor as ResidentActor)
}

describe('the blocks of the demonstration', () => {
  it('stand in the states that were told', async () => {
    const states = await Promise.all(
      BLOCKS.map(async ({ person }) =>
        (await blocksOf(person)).map(({ block, office }) => [person, office?.code, block.state]),
      ),
    )
    expect(states.flat()).toEqual([
      ['resident-tr', 'i.pf.abh', 'in_force'],
      ['resident-uk', 'i.rt.abh', 'applied'],
    ])
  })

  it('have one access in spite of them, which the person finds on its page', async () => {
    const browser = visitor(app)
    await browser.signIn('resident-tr')
    const list = await browser.get('/de/me/accesses?only=flagged')
    const entry = /\/de\/me\/accesses\/(\d+)/.exec(list.body)?.[1]
    const { body } = await browser.get(`/de/me/accesses/${entry}`)
    expect(body).toContain('Weitergabe trotz Ihrer Sperre')
  })

  it('tell nothing of the twins', () => {
    const people = new Set(BLOCKS.map(({ person }) => person))
    expect(['resident-withheld', 'resident-plain'].filter((name) => people.has(name))).toEqual([])
  })
})
