import { startTestApp } from '../support/app.js'
import { roomOf, type Room } from './room.js'
import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let partner: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerk = await room.clerk('alone')
  partner = await room.clerk('partner', room.other)
  await room.superuser.query('insert into rectification.partner values ($1, $2, now())', [
    room.office.id,
    room.other.id,
  ])
})

afterAll(() => room?.close())

const CORRECTED: StaffStep = {
  event: 'decided',
  outcome: 'corrected',
  text: { reasons: ['evidence_shows'], words: 'Der Pass lag vor.' },
}

async function take(actor: StaffActor, reference: string, step: StaffStep): Promise<void> {
  const version = await room.version(reference)
  await room.app.portal.casework.step(actor, { reference, version }, step)
}

async function proposed(): Promise<string> {
  const reference = await room.filed(resident)
  await take(clerk, reference, { event: 'claimed' })
  await take(clerk, reference, CORRECTED)
  return reference
}

const eventsOf = async (reference: string) =>
  (await room.app.portal.rectification.request(resident, reference)).events

describe('the partner of an office that is too small', () => {
  it('confirms what it is asked to, and does not see it afterwards', async () => {
    const reference = await proposed()
    const { casework, rectification } = room.app.portal
    expect((await casework.open(partner, reference)).mayDo).toContain('confirmed')
    await take(partner, reference, { event: 'confirmed' })
    await expect(casework.open(partner, reference)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { request, events } = await rectification.request(resident, reference)
    expect(request.state).toBe('decided')
    expect(request.outcome).toBe('corrected')
    expect(events.map(({ number, event }) => [number, event])).toEqual([
      [1, 'filed'],
      [2, 'claimed'],
      [3, 'proposed'],
      [4, 'confirmed'],
    ])
    expect(await room.faults()).toEqual([])
  })

  it('sends back, and the proposal can be made anew', async () => {
    const reference = await proposed()
    await take(partner, reference, { event: 'sent_back', reason: 'evidence' })
    expect((await eventsOf(reference)).at(-1)?.number).toBe(4)
    await take(clerk, reference, CORRECTED)
    await take(partner, reference, { event: 'confirmed' })
    expect((await eventsOf(reference)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await room.faults()).toEqual([])
  })
})

describe('a case that is passed on', () => {
  it('is the other office’s at once, and no longer the one’s own', async () => {
    const reference = await room.filed(resident)
    const { casework } = room.app.portal
    await take(clerk, reference, { event: 'passed_on', to: room.other })
    await expect(casework.open(clerk, reference)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await casework.open(partner, reference)).request.state).toBe('passed_on')
  })

  it('is passed on again by whoever has it', async () => {
    const reference = await room.filed(resident)
    await take(clerk, reference, { event: 'passed_on', to: room.other })
    await take(partner, reference, { event: 'passed_on', to: room.office })
    await take(clerk, reference, { event: 'claimed' })
    expect((await eventsOf(reference)).map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect(await room.faults()).toEqual([])
  })
})

describe('a hand-over', () => {
  it('takes proposals along, which whoever takes them over may confirm', async () => {
    const colleague = await room.clerk('colleague')
    const reference = await proposed()
    const { casework } = room.app.portal
    await casework.handOver(colleague, {
      from: clerk.staff,
      to: colleague.staff,
      reason: 'stand_in',
    })
    expect((await casework.mine(colleague)).map(({ row }) => row.reference)).toContain(reference)
    expect((await casework.open(clerk, reference)).mayDo).not.toContain('confirmed')
    await take(colleague, reference, { event: 'confirmed' })
  })

  it('is not for an office that only confirms', async () => {
    await room.superuser.query("update identity.staff set state = 'suspended' where staff = $1", [
      (await casework()).find(({ staff }) => staff !== clerk.staff)?.staff,
    ])
    const reference = await proposed()
    const step = { event: 'assigned', to: clerk.staff } as const
    await expect(take(partner, reference, step)).rejects.toMatchObject({ problem: 'NOT_YOURS' })
  })
})

const casework = () => room.app.portal.casework.colleagues(clerk)

describe('a proposal that nobody can confirm', () => {
  it('takes effect a day later by itself, and not before', async () => {
    await room.superuser.query('delete from rectification.partner')
    const reference = await proposed()
    const withdrawn = await proposed()
    const { requestUpkeep, rectification } = room.app.portal
    expect(await requestUpkeep.confirm()).toBe(0)
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 24 * 60 * 60_000))
    await rectification.withdraw(resident, withdrawn)
    expect(await requestUpkeep.confirm()).toBe(1)
    expect(await requestUpkeep.confirm()).toBe(0)
    const { request, events } = await rectification.request(resident, reference)
    expect(request).toMatchObject({ state: 'decided', outcome: 'corrected' })
    expect(events.at(-1)).toMatchObject({ number: 4, event: 'confirmed', by: 'portal' })
    expect(await room.faults()).toEqual([])
  })
})
