import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { REFUSED } from '../platform/answers.js'
import { walker, type Walker } from '../rectification/journey.js'
import { commits, says } from '../support/past.js'
import { roomOf, type Room } from '../rectification/room.js'
import { startTestApp } from '../support/app.js'
import { supervisorIn } from './staff.js'

const DAY = 24 * 60 * 60_000
const PAGE = '/de/oversight/confirmations'

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let supervisor: Walker

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('resident-ar')
  clerk = await room.clerk('caseworker')
  await room.app.portal.enrolment.createDemoStaff({
    ...{ name: 'supervisor', role: 'supervisor', assurance: 'high' },
  })
  supervisor = await walker(room.app, 'supervisor')
})

afterAll(() => room?.close())

const take = async (reference: string, step: StaffStep, by = clerk) =>
  room.app.portal.casework.step(by, { reference, version: await room.version(reference) }, step)

async function proposed(): Promise<string> {
  const reference = await room.filed(resident)
  await take(reference, { event: 'claimed' })
  const text = { reasons: ['evidence_shows'] } as const
  await take(reference, { event: 'decided', outcome: 'corrected', text })
  return reference
}

const row = async (reference: string) => {
  const { rows } = await room.superuser.query<{
    state: string
    outcome: string | null
    second: number | null
  }>(
    'select state, outcome, second_office as second from rectification.request where reference = $1',
    [reference],
  )
  return rows[0]
}

const proposalIn = (body: string, reference: string) =>
  new RegExp(`value="(${reference}\\.\\d+)"`).exec(body)?.[1] ?? ''

describe('a proposal that waits alone', () => {
  it('is stopped by a supervisor with a reason, goes back, and its person reads it', async () => {
    const reference = await proposed()
    const { body } = await supervisor.open(PAGE)
    const proposal = proposalIn(body, reference)
    expect(proposal).not.toBe('')
    const stopped = await supervisor.send(PAGE, { proposal, reason: 'evidence' })
    expect([stopped.status, stopped.to]).toEqual([200, PAGE])
    expect(stopped.body).not.toContain(reference)
    expect(await row(reference)).toEqual({ state: 'in_review', outcome: null, second: null })
    const { events } = await room.app.portal.rectification.request(resident, reference)
    expect(events.at(-1)).toMatchObject({
      event: 'sent_back',
      by: 'supervision',
      detail: 'evidence',
    })
    const person = await walker(room.app, 'resident-ar')
    const read = await person.open(`/de/me/requests/${reference}`)
    expect(read.body).toContain('Die Aufsicht hat den Vorschlag angehalten')
    expect(read.body).toContain('Die Nachweise reichen noch nicht.')
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 2 * DAY))
    await room.app.portal.requestUpkeep.confirm()
    expect((await row(reference))?.state).toBe('in_review')
    expect(await room.faults()).toEqual([])
    supervisor = await walker(room.app, 'supervisor')
  })

  it('is stopped with a reason alone, and as it was shown alone', async () => {
    const reference = await proposed()
    const { body } = await supervisor.open(PAGE)
    const proposal = proposalIn(body, reference)
    const refused = await supervisor.send(PAGE, { proposal })
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Wählen Sie eine Antwort.')
    await supervisor.open(PAGE)
    const other = `${reference}.${Number(proposal.split('.')[1]) + 1}`
    expect((await supervisor.send(PAGE, { proposal: other, reason: 'value' })).status).toBe(409)
    expect((await row(reference))?.state).toBe('proposed')
  })

  it('is stopped by nobody but a supervisor, past every check of the application', async () => {
    const reference = await proposed()
    const stop = `select 1 from rectification.stop_proposal('${reference}',
      (select effective_at from rectification.request where reference = '${reference}'), now(), current_date + 30)`
    const as = (staff: string, office = '') => ({
      who: ['web', 'web_staff'] as const,
      settings: { staff, office },
    })
    const own = as(clerk.staff, String(clerk.office))
    expect(await says(room, own, [stop])).toEqual(['0 rows'])
    const entry = `insert into rectification.request_event (class, expires_on, leaf_index, recorded_at, subject,
        request, reference, number, kind, by, salt)
      values (20, current_date + 30, 999999, now(), gen_random_uuid(), gen_random_uuid(), 'AAAAAAAA', 1,
        'sent_back', 'supervision', decode(repeat('00', 32), 'hex'))`
    expect(await says(room, own, [entry])).toEqual([REFUSED])
    // Nor does a supervisor stop anything without an entry.
    const { rows } = await room.superuser.query<{ staff: string; at: string }>(
      `select m.staff, r.effective_at::text as at from identity.staff m, rectification.request r
       where m.role = 'supervisor' and r.reference = $1`,
      [reference],
    )
    const silent = `select rectification.stop_proposal('${reference}', '${rows[0]?.at}', now(), current_date + 30)`
    expect(await commits(room, as(rows[0]?.staff ?? ''), [silent])).toBe(REFUSED)
    expect((await row(reference))?.state).toBe('proposed')
  })
})

describe('a colleague who became active meanwhile', () => {
  it('confirms at once, and the decision is no longer one without a second person', async () => {
    const [reference, other] = [await proposed(), await proposed()]
    const colleague = await room.clerk('caseworker-2')
    const { casework, requestOversight, requestUpkeep } = room.app.portal
    expect((await casework.open(colleague, reference)).mayDo).toEqual(
      expect.arrayContaining(['confirmed', 'sent_back']),
    )
    await expect(take(reference, { event: 'confirmed' })).rejects.toMatchObject({
      problem: 'NOT_YOURS',
    })
    await take(reference, { event: 'confirmed' }, colleague)
    expect(await row(reference)).toMatchObject({ state: 'decided', second: room.office.id })
    // What waited alone takes effect alone no more.
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 2 * DAY))
    await requestUpkeep.confirm()
    expect(await row(other)).toMatchObject({ state: 'proposed', second: room.office.id })
    const { waiting, made } = await requestOversight.unconfirmed(await supervisorIn(room.superuser))
    expect([...waiting, ...made.items]).toEqual([])
    expect(await room.faults()).toEqual([])
  })
})
