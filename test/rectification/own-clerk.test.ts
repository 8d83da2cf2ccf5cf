import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Room } from './room.js'

const AZR = { scheme: 'azr', value: '555555555551' } as const
/** That of the first resident of a room. */
const FIRST = { scheme: 'azr', value: '111111111112' } as const
const IDNR = { scheme: 'idnr', value: '04730000001' } as const

let room: Room
let rana: ResidentActor
let clerk: StaffActor
let colleague: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  const { enrolment, identity } = room.app.portal
  await enrolment.createDemoAccount({ name: 'rana', language: 'ar', numbers: [AZR, IDNR] })
  const session = await identity.signInDemo('rana')
  const open = await identity.sessions.open(session?.token ?? '', room.app.clock.now())
  rana = open?.actor as ResidentActor
  clerk = await room.clerk('caseworker')
  colleague = await room.clerk('caseworker-2')
})

afterAll(() => room?.close())

const issue = (
  { staff }: StaffActor,
  number: { readonly scheme: 'azr' | 'idnr'; readonly value: string },
) =>
  room.app.portal.issuing.issue(
    { staff, office: room.office.id },
    { number, way: { kind: 'handed' }, recovery: false, language: 'ar' },
  )

const step = async (reference: string, done: StaffStep) =>
  room.app.portal.casework.step(clerk, { reference, version: await room.version(reference) }, done)

describe('a clerk of a person’s case', () => {
  it('lets that person in under none of their numbers', async () => {
    await step(await room.filed(rana), { event: 'claimed' })
    expect(await issue(clerk, AZR)).toEqual({ kind: 'ownCase' })
    expect(await issue(clerk, IDNR)).toEqual({ kind: 'ownCase' })
    expect(await issue(colleague, IDNR)).toMatchObject({ kind: 'issued' })
  })

  it('does not either once they gave away what they had proposed', async () => {
    const other = await room.resident('amina')
    const reference = await room.filed(other)
    await step(reference, { event: 'claimed' })
    const text = { reasons: ['evidence_shows'] } as const
    await step(reference, { event: 'decided', outcome: 'corrected', text })
    await step(reference, { event: 'assigned', to: colleague.staff })
    expect(await issue(clerk, FIRST)).toEqual({ kind: 'ownCase' })
  })

  it('does not for thirty days after they gave the case back or ended it', async () => {
    const person = await room.resident('bilal')
    const number = { scheme: 'azr', value: '111111111113' } as const
    const reference = await room.filed(person)
    expect(await issue(clerk, number)).toMatchObject({ kind: 'issued' })
    await step(reference, { event: 'claimed' })
    await step(reference, { event: 'released' })
    expect(await issue(clerk, number)).toEqual({ kind: 'ownCase' })
    expect(await issue(colleague, number)).toMatchObject({ kind: 'issued' })
    const worked = (days: number) =>
      room.superuser.query(
        `update rectification.worked set worked_at = now() - $1 * interval '1 day'
         where staff = $2 and request = (select request from rectification.request where reference = $3)`,
        [days, clerk.staff, reference],
      )
    await worked(29)
    expect(await issue(clerk, number)).toEqual({ kind: 'ownCase' })
    await worked(31)
    expect(await issue(clerk, number)).toMatchObject({ kind: 'issued' })
    // Nor does it stay known for longer than it is needed.
    const left = async () => {
      const { rowCount } = await room.superuser.query(
        `select from rectification.worked where worked_at < now() - interval '30 days'`,
      )
      return rowCount
    }
    expect(await left()).toBe(1)
    await room.app.portal.requestUpkeep.forget()
    expect(await left()).toBe(0)
  })

  it('is a clerk for whoever confirmed a decision as well', async () => {
    const person = await room.resident('chadi')
    const number = { scheme: 'azr', value: '111111111114' } as const
    const reference = await room.filed(person)
    await step(reference, { event: 'claimed' })
    const text = { reasons: ['evidence_shows'] } as const
    await step(reference, { event: 'decided', outcome: 'corrected', text })
    expect(await issue(colleague, number)).toMatchObject({ kind: 'issued' })
    const version = await room.version(reference)
    await room.app.portal.casework.step(colleague, { reference, version }, { event: 'confirmed' })
    expect(await issue(colleague, number)).toEqual({ kind: 'ownCase' })
  })
})

describe('refused codes', () => {
  it('count toward the forty of a day, so that nobody asks about people without end', async () => {
    const guesser = await room.clerk('caseworker-3')
    const person = await room.resident('dalia')
    const number = { scheme: 'azr', value: '111111111115' } as const
    const reference = await room.filed(person)
    const version = await room.version(reference)
    await room.app.portal.casework.step(guesser, { reference, version }, { event: 'claimed' })
    const kinds: string[] = []
    for (let at = 0; at < 42; at++) kinds.push((await issue(guesser, number)).kind)
    expect(kinds).toEqual([...Array<string>(40).fill('ownCase'), 'clerk', 'clerk'])
    expect((await issue(guesser, IDNR)).kind).toBe('clerk')
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 86_400_000 + 1))
    expect((await issue(guesser, number)).kind).toBe('ownCase')
    const { rowCount } = await room.superuser.query('select from identity.refused_code')
    expect(rowCount).toBe(1)
  })
})
