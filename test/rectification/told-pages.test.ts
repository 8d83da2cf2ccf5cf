import { sql } from 'kysely'
import { endpointsOf } from '../../server/compose/requests.js'
import { visitor } from '../support/visitor.js'
import {
  OFFICE,
  openWorld,
  PERSON,
  startRegister,
  wordsOf,
  type Register,
  type World,
} from '../registers/connected.js'
import { fileName, walker, type Walker } from './journey.js'

const FIELD = 'azr.family_name'
const PARTNER = 'i.rt.abh'
const RIGHT = 'Al-Khatib'

let world: World
let register: Register
let resident: Walker
let clerk: Walker
let second: Walker
let reference = ''

beforeAll(async () => {
  world = await openWorld()
  register = await startRegister(world)
  const { installation } = world.app
  const number = (code: string) => installation.catalogue.parties.byCode(code)?.id ?? 0
  await sql`insert into rectification.partner values (${number(OFFICE)}, ${number(PARTNER)}, now()) on conflict do nothing`.execute(
    installation.admin,
  )
  await world.command(
    `register:connect --office ${OFFICE} --url ${register.origin}/${OFFICE}/values --fields ${FIELD}`,
  )
  const url = `${register.origin}/${OFFICE}/corrections`
  expect((await endpointsOf(installation).connect({ office: OFFICE, url })).ok).toBe(true)
  resident = await walker(world.app, PERSON)
  clerk = await walker(world.app, 'caseworker')
  second = await walker(world.app, 'caseworker-2')
}, 180_000)

afterAll(async () => {
  await register?.remove()
  await world?.app.close()
})

beforeEach(() => world.app.clock.moveTo(new Date()))

const request = () => `/de/me/requests/${reference}`
const file = () => `/de/work/cases/${reference}`
const told = () => /Diese Stellen erfahren davon/

async function live(): Promise<string> {
  const browser = visitor(world.app)
  await browser.signIn(PERSON)
  return wordsOf((await browser.get(`/de/me/data/${FIELD}`)).body)
}

describe('a name that two offices correct together', () => {
  it('is told to nobody before the second one has confirmed', async () => {
    reference = await fileName(resident, { latin: RIGHT })
    await clerk.open(file())
    await clerk.send(`${file()}/claim`)
    await clerk.send(`${file()}/decide`, { outcome: 'corrected', reasons: ['evidence_shows'] })
    const { body } = await resident.open(request())
    expect(wordsOf(body)).not.toMatch(told())
    await second.open(file())
    const confirmed = await second.send(`${file()}/confirm`)
    expect(confirmed.status).toBe(200)
  })

  it('is told to those that the log names, and the page of the person says whom and since when', async () => {
    const words = wordsOf((await resident.open(request())).body)
    expect(words).toMatch(told())
    expect(words).toContain('So weit reicht es zurück: 6 Monate.')
    expect(words).toContain('Eine Person im Amt benachrichtigt diese Stelle')
    expect(words).not.toContain('Eigenes Register')
  })

  it('changes what the own register of the office answers', async () => {
    expect(await live()).toContain('Alkatib')
    const job = world.app.portal.jobs.find(({ name }) => name === 'rectification.tell')
    expect(await job?.work()).toBe(1)
    const words = await live()
    expect(words).not.toContain('Alkatib')
    expect(words).toContain(RIGHT)
  })

  it('lets the office say what it has printed', async () => {
    const { body } = await clerk.open(file())
    expect(wordsOf(body)).toContain('Eigenes Register: bestätigt')
    const office = /name="office" value="([^"]+)"/.exec(body)?.[1] ?? ''
    const printed = await clerk.send(`${file()}/told`, { office })
    expect(wordsOf(printed.body)).toContain('Brief gedruckt')
    expect(wordsOf((await resident.open(request())).body)).toContain('Per Brief benachrichtigt')
    await clerk.open(file())
    expect((await clerk.send(`${file()}/told`, { office })).status).toBe(409)
    expect((await clerk.send(`${file()}/told`, { office: 'nobody' })).status).toBe(400)
  })
})
