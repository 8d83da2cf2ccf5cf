import { sql } from 'kysely'
import { startTestApp } from '../support/app.js'
import { roomOf, type Room } from './room.js'
import { staffScope, type ResidentActor, type StaffActor } from '../../server/identity/index.js'

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let colleague: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerk = await room.clerk('first')
  colleague = await room.clerk('second')
})

afterAll(() => room?.close())

const isActive = (actor: StaffActor, state: 'active' | 'suspended') =>
  room.superuser.query('update identity.staff set state = $2 where staff = $1', [
    actor.staff,
    state,
  ])

async function proposed(): Promise<string> {
  const reference = await room.filed(resident)
  const { casework } = room.app.portal
  const step = async (made: Parameters<typeof casework.step>[2]) =>
    casework.step(clerk, { reference, version: await room.version(reference) }, made)
  await step({ event: 'claimed' })
  await step({ event: 'decided', outcome: 'corrected', text: { reasons: ['evidence_shows'] } })
  return reference
}

async function second(reference: string) {
  const { rows } = await room.superuser.query<{ office: number | null; waits: boolean }>(
    `select second_office as office, effective_at is not null as waits
     from rectification.request where reference = $1`,
    [reference],
  )
  return rows[0]
}

test('the database itself lets nobody confirm what they proposed', async () => {
  const reference = await proposed()
  const version = await room.version(reference)
  const said: (boolean | undefined)[] = []
  const confirm = (actor: StaffActor) =>
    room.app.portal.inTransaction(staffScope(actor), async (trx) => {
      const { rows } = await sql<{ done: boolean }>`
        select rectification.second_step(request, ${version}, true, now(), current_date + 30) as done
        from rectification.request where reference = ${reference}`.execute(trx)
      said.push(rows[0]?.done)
    })
  await confirm(clerk)
  // What the function does for a colleague is nothing without its entry of the log.
  await expect(confirm(colleague)).rejects.toThrow('entry of the log')
  expect(said).toEqual([false, true])
})

describe('a proposal whose second person has left', () => {
  it('waits for that office as long as somebody is there', async () => {
    const reference = await proposed()
    await room.app.portal.requestUpkeep.confirm()
    expect(await second(reference)).toEqual({ office: room.office.id, waits: false })
  })

  it('is asked of the partner, and of a colleague again once there is one', async () => {
    const reference = await proposed()
    const partner = await room.clerk('partner', room.other)
    await room.superuser.query('insert into rectification.partner values ($1, $2, now())', [
      room.office.id,
      room.other.id,
    ])
    await isActive(colleague, 'suspended')
    await room.app.portal.requestUpkeep.confirm()
    expect(await second(reference)).toEqual({ office: room.other.id, waits: false })
    const { casework } = room.app.portal
    expect((await casework.open(partner, reference)).mayDo).toContain('confirmed')
    await isActive(partner, 'suspended')
    await isActive(colleague, 'active')
    await room.app.portal.requestUpkeep.confirm()
    expect(await second(reference)).toEqual({ office: room.office.id, waits: false })
  })

  it('waits its day where nobody is left, and then takes effect', async () => {
    const reference = await proposed()
    await isActive(colleague, 'suspended')
    const { requestUpkeep, rectification } = room.app.portal
    await requestUpkeep.confirm()
    expect(await second(reference)).toEqual({ office: null, waits: true })
    expect((await rectification.request(resident, reference)).request.state).toBe('proposed')
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 24 * 60 * 60_000))
    expect(await requestUpkeep.confirm()).toBeGreaterThan(0)
    expect((await rectification.request(resident, reference)).request.state).toBe('decided')
    expect(await room.faults()).toEqual([])
  })
})
