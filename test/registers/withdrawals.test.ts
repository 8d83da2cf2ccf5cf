import { randomUUID } from 'node:crypto'
import { withdrawalSendingOf } from '../../server/compose/consents.js'
import { createOutbound, systemResolve } from '../../server/platform/http/outbound.js'
import { roomOf, type Room } from '../consent/room.js'
import { openWorld, startRegister, type Register, type World } from './connected.js'

const OFFICE = 'i.pf.integrationsmanagement'
const FIELD = 'vol.cv'
const consent = randomUUID()
const subject = randomUUID()

let world: World
let room: Room
let register: Register

beforeAll(async () => {
  world = await openWorld()
  room = await roomOf(world.app)
  const record = { office: OFFICE, subject, field: FIELD, texts: ['Lebenslauf'] }
  register = await startRegister({ ...world, records: [record] })
}, 300_000)

afterAll(async () => {
  // Another process than the first one may run by now.
  await register?.stop()
  await register?.remove()
  await room?.close()
})

beforeEach(() => world.app.clock.moveTo(new Date()))

const call = createOutbound({
  ...{ allowed: [], plainLoopback: true, resolve: systemResolve, deadlineMs: 3_000 },
})

function claims(changes: object) {
  const iat = Math.floor(Date.now() / 1000)
  const { url: iss } = world.app
  return { iss, aud: register.origin, iat, exp: iat + 30, jti: randomUUID(), ...changes }
}

/** Tells the register of a withdrawal; gives the status. */
async function withdraw(changes: object = {}, typ = 'consent-withdrawal+jwt') {
  const body = await world.signer.sign(
    typ,
    claims({
      ...{ sub: subject, office: OFFICE, consent, template: 'c.cv_employer', part: 'all' },
      ...{ withdrawnAt: '2026-11-20T10:00:00Z', ...changes },
    }),
  )
  const url = `${register.origin}/${OFFICE}/corrections`
  const answer = await call({ url, post: { type: 'application/jose', body } })
  return answer.kind === 'answer' ? answer.status : answer.why
}

/** Uses the record, under a consent where one is named; gives the status. */
async function use(cited?: string): Promise<number> {
  const named = cited === undefined ? {} : { consent: cited }
  const jws = await world.signer.sign(
    'values-read+jwt',
    claims({ sub: subject, fields: [FIELD], ...named }),
  )
  const headers = { authorization: `Bearer ${jws}` }
  return (await fetch(`${register.origin}/${OFFICE}/values`, { headers })).status
}

describe('a withdrawal that reaches the register', () => {
  it.each([
    ['that is signed for something else', {}, 'values-read+jwt', 401],
    ['for another register', { aud: 'http://127.0.0.1:9' }, undefined, 401],
    ['that names another office', { office: 'i.pf.jobcenter' }, undefined, 401],
    ['without a consent', { consent: 'x' }, undefined, 422],
    ['without a time', { withdrawnAt: 'today' }, undefined, 422],
  ])('%s stops nothing', async (_what, changes, typ, status) => {
    expect(await withdraw(changes, typ)).toBe(status)
    expect(await use(consent)).toBe(200)
  })

  it('ends the use under this consent and no other, once, and for good', async () => {
    expect(await withdraw()).toBe(201)
    expect([await use(consent), await use(randomUUID()), await use()]).toEqual([403, 200, 200])
    expect(await withdraw()).toBe(200)
    expect(await withdraw({ withdrawnAt: '2026-11-21T10:00:00Z' })).toBe(409)
    const { databaseUrl, remove } = register
    await register.stop()
    register = { ...(await startRegister(world, { databaseUrl })), remove }
    expect(await use(consent)).toBe(403)
    expect(await withdraw()).toBe(200)
  }, 60_000)

  it('comes from a click of the person, and is confirmed', async () => {
    const clerk = await room.staff('clerk-of-register')
    const person = await room.resident('somebody')
    const published = await room.app.portal.consentDesk.templates(clerk)
    const template = published.find(({ content }) => content.minAge === null)?.template ?? ''
    const asked = await room.asked(clerk, person, template)
    const { ask } = await room.app.portal.consents.ask(person.actor, asked)
    const [reference = ''] = await room.answered(person, asked, ask.parts)
    const { consent: given } = await room.app.portal.consents.consent(person.actor, reference)
    await room.superuser.query(
      'insert into rectification.endpoint (office, url, registered_at) values ($1, $2, now())',
      [given.office, `${register.origin}/${OFFICE}/corrections`],
    )
    await room.app.portal.consents.withdraw(person.actor, reference)
    await withdrawalSendingOf(room.app.installation, room.app.portal.inTransaction).send()
    const told = await room.app.portal.consentNotices.told(person.actor, reference)
    const own = told.find(({ party }) => party.id === given.office)
    expect(own?.state).toBe('acknowledged')
    expect(await use(given.consent)).toBe(403)
  })
})
