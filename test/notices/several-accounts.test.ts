import type { ResidentActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../consent/room.js'
import { startTestApp } from '../support/app.js'

let room: Room
let person: Person
let other: ResidentActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  const { enrolment, identity } = room.app.portal
  const numbers = [{ scheme: 'azr', value: person.number } as const]
  await enrolment.createDemoAccount({ name: 'amina-again', language: 'de', numbers })
  const token = (await identity.signInDemo('amina-again'))?.token ?? ''
  const open = await identity.sessions.open(token, room.app.clock.now())
  other = open?.actor as ResidentActor
})

afterAll(() => room?.close())

describe('a number that two accounts own', () => {
  it('is told to both, once each, and what happened is done', async () => {
    const clerk = await room.staff('clerk')
    const colleague = await room.staff('colleague')
    const template = await room.published([clerk, colleague], room.content('c.newsletter'))
    const reference = await room.asked(clerk, person, template)
    const { inbox } = room.app.portal
    expect(other.subjects).toEqual([person.subject])
    for (const actor of [person.actor, other]) {
      const { items } = await inbox.list(actor, undefined)
      expect(items.map(({ code, params }) => [code, params['reference']])).toEqual([
        ['consent_asked', reference],
      ])
    }
  })
})
