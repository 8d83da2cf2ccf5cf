import { inquiriesOf } from '../../server/compose/inquiries.js'
import type { StaffActor } from '../../server/identity/index.js'
import type { Tell } from '../../server/inquiries/index.js'
import { startTestApp } from '../support/app.js'
import { ANSWER, roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let officer: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  officer = await room.staff('officer', 'dpo')
})

afterAll(() => room?.close())

/** The desk of an installation that has an inbox. */
function deskWith(tell: Tell) {
  const { installation, portal } = room.app
  const { inTransaction, ledger, overview } = portal
  return inquiriesOf(installation, { inTransaction, ledger, overview, tell }).inquiryDesk
}

describe('a person', () => {
  it('is told of an answer and of a passing on, by its reference alone', async () => {
    const told: unknown[] = []
    const desk = deskWith(async (_trx, message) => void told.push(message))
    const reference = await room.asked(person)
    const step = async (what: Parameters<typeof desk.step>[2]) =>
      desk.step(officer, { reference, version: await room.version(reference) }, what)
    await step({ event: 'taken' })
    expect(told).toEqual([])
    await step({ event: 'passed_on', reason: 'unclear' })
    await step(ANSWER)
    const [subject] = person.actor.subjects
    const message = { subject, code: 'inquiry_answered', params: { reference } }
    expect(told).toEqual([message, message])
  })

  it('is told in the transaction of the answer: without the message there is none', async () => {
    const desk = deskWith(() => Promise.reject(new Error('the inbox is full')))
    const reference = await room.asked(person)
    const version = await room.version(reference)
    await expect(desk.step(officer, { reference, version }, ANSWER)).rejects.toThrow('inbox')
    const { inquiry, events } = await room.app.portal.inquiries.inquiry(person.actor, reference)
    expect([inquiry.state, events.length]).toEqual(['received', 1])
    expect(await room.faults()).toEqual([])
  })
})
