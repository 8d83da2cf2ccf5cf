import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Room } from './room.js'

const CASES = 200

let room: Room
let resident: ResidentActor
let from: StaffActor
let to: StaffActor
let operator: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp({ env: { OPEN_REQUESTS: '1000' } }))
  resident = await room.resident('amina')
  from = await room.clerk('from')
  to = await room.clerk('to')
  operator = { ...to, role: 'operator' }
  const { casework } = room.app.portal
  for (let number = 0; number < CASES; number++) {
    const reference = await room.filed(resident)
    await casework.step(
      from,
      { reference, version: await room.version(reference) },
      { event: 'claimed' },
    )
  }
}, 240_000)

afterAll(() => room?.close())

const held = async (actor: StaffActor) => (await room.app.portal.casework.mine(actor)).length

const given = async () => {
  const { rows } = await room.superuser.query<{ events: number; instants: number }>(
    `select count(*)::int as events, count(distinct recorded_at)::int as instants
      from rectification.request_event where kind = 'assigned'`,
  )
  return rows[0]
}

describe('two hundred cases of one colleague', () => {
  it('go to nobody where one of them cannot go: all or none', async () => {
    const { casework } = room.app.portal
    await room.superuser.query(`
      create function public.hold_back() returns trigger language plpgsql as $$
        begin
          if (select count(*) from rectification.request where assignee = '${to.staff}') > 150 then
            raise exception 'held back';
          end if;
          return new;
        end $$;
      create trigger hold_back before update on rectification.request
        for each row execute function public.hold_back();
      alter function public.hold_back() security definer`)
    await expect(
      casework.handOver(to, { from: from.staff, to: to.staff, reason: 'stand_in' }),
    ).rejects.toThrow('held back')
    await room.superuser.query(
      'drop trigger hold_back on rectification.request; drop function public.hold_back()',
    )
    expect([await held(from), await held(to), (await given())?.events]).toEqual([CASES, 0, 0])
  })

  it('go over in one action, each with an entry that its person sees', async () => {
    const { casework } = room.app.portal
    const hands = { from: from.staff, to: to.staff }
    await expect(casework.handOver(to, hands)).rejects.toMatchObject({ problem: 'REASON' })
    expect([await held(from), await held(to)]).toEqual([CASES, 0])
    expect(await casework.handOver(to, { ...hands, reason: 'stand_in' })).toBe(CASES)
    expect([await held(from), await held(to)]).toEqual([0, CASES])
    expect((await given())?.events).toBe(CASES)
    // Whose case was taken from whoever worked on it reads why.
    const { rectification } = room.app.portal
    const [first] = await rectification.requests(resident)
    const { events } = await rectification.request(resident, first?.request.reference ?? '')
    expect(events.at(-1)).toMatchObject({ event: 'assigned', detail: 'stand_in' })
    expect(await room.faults()).toEqual([])
  })

  it('do not get lost with whoever is suspended, and go back to those who are there', async () => {
    const { casework, staffing } = room.app.portal
    expect(await staffing.suspend({ ...operator, staff: from.staff }, to.staff)).toBe(true)
    expect((await casework.queue(from, {})).stranded).toBe(CASES)
    const holders = await casework.holders(from)
    expect(holders.map(({ staff, isGone }) => [staff, isGone])).toEqual([
      [from.staff, false],
      [to.staff, true],
    ])
    await expect(casework.handOver(from, { from: from.staff, to: to.staff })).rejects.toMatchObject(
      { problem: 'INCOMPLETE' },
    )
    expect(await casework.handOver(from, { from: to.staff, to: from.staff })).toBe(CASES)
    expect((await casework.queue(from, {})).stranded).toBe(0)
  })
})
