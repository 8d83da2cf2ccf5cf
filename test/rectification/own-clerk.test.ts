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

const issue = ({ staff }: StaffActor, number: typeof AZR | typeof IDNR | typeof FIRST) =>
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
})
