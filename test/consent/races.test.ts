import type { StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

const MANY = 50

let room: Room
let person: Person
let clerk: StaffActor
let template: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  clerk = await room.staff('clerk')
  const content = room.content('c.newsletter')
  template = await room.published([clerk, await room.staff('colleague')], content)
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

const consents = () => room.app.portal.consents
const asked = () => room.asked(clerk, person, template)
const given = async () => (await room.answered(person, await asked(), ['all']))[0] ?? ''

/** How many of some attempts succeeded; the others lost, and were told so in the one way there is. */
async function won(attempts: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(attempts)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CONFLICT' })
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

const times = <Value>(make: () => Value) => Array.from({ length: MANY }, make)

describe('at once', () => {
  it('fifty answers to one asking are one set', async () => {
    const reference = await asked()
    const { ask } = await consents().ask(person.actor, reference)
    const answer = { step: ask.step, language: 'de', helper: 'none', isOfAge: true } as const
    const clicks = times(() => 0).map((_, at) =>
      consents().answer(person.actor, reference, { ...answer, allowed: at % 2 ? ['all'] : [] }),
    )
    expect(await won(clicks)).toBe(1)
    const { answers } = await consents().ask(person.actor, reference)
    expect(answers).toHaveLength(1)
    expect(await room.entries(answers[0]?.consent.reference ?? '')).toHaveLength(1)
  })

  it('fifty withdrawals are one entry, and all clicks are content', async () => {
    const reference = await given()
    expect(await won(times(() => consents().withdraw(person.actor, reference)))).toBe(MANY)
    expect(await room.entries(reference)).toEqual(['given by resident', 'withdrawn by resident'])
    const { rows } = await room.superuser.query<{ count: number }>(
      `select count(*)::int from consent.notice n join consent.consent c using (consent)
        where c.reference = $1`,
      [reference],
    )
    expect(rows[0]?.count).toBe(1)
  })

  it('a withdrawal and the end of the time are one end', async () => {
    const { clock } = room.app
    for (let round = 0; round < 8; round++) {
      const reference = await given()
      const { consent } = await consents().consent(person.actor, reference)
      const before = clock.now()
      clock.moveTo(consent.validUntil ?? before)
      await won([
        consents().withdraw(person.actor, reference),
        room.app.portal.consentUpkeep.expire(),
        consents().withdraw(person.actor, reference),
        room.app.portal.consentUpkeep.expire(),
      ])
      const [, end, ...more] = await room.entries(reference)
      expect(['withdrawn by resident', 'expired by portal']).toContain(end)
      expect(more).toEqual([])
      clock.moveTo(before)
    }
  })

  it('a withdrawal and a newer yes end the consent once, and the newer yes stands', async () => {
    for (let round = 0; round < 8; round++) {
      const reference = await given()
      const newer = await asked()
      const [, answer] = await Promise.allSettled([
        consents().withdraw(person.actor, reference),
        room.answered(person, newer, ['all']),
      ])
      const [, end, ...more] = await room.entries(reference)
      expect(['withdrawn by resident', 'superseded by resident']).toContain(end)
      expect(more).toEqual([])
      if (answer.status === 'rejected') {
        expect(answer.reason).toMatchObject({ code: 'CONFLICT' })
        await room.answered(person, newer, ['all'])
      }
      const inForce = (await consents().list(person.actor)).filter(
        ({ consent }) => consent.state === 'given',
      )
      expect(inForce).toHaveLength(1)
    }
  })
})
