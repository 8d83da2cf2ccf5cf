import type { StaffActor } from '../../server/identity/index.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { PRIVATE, roomOf, type Person, type Room } from './room.js'

let room: Room
let clerk: StaffActor
let registrar: StaffActor
let jobcenter: TestAuthority
let abh: TestAuthority
let register: TestAuthority
const seqs = new Map<TestAuthority, number>()
let people = 0

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  clerk = await room.staff('clerk', 'caseworker')
  registrar = await room.staff('registrar', 'caseworker', room.registry)
  jobcenter = await authorityOf(room.app)
  abh = await authorityOf(room.app, { code: 'i.pf.abh' })
  register = await authorityOf(room.app, { code: 'i.de.bva' })
})

afterAll(() => room?.close())

const MINUTE = 60_000
const ADDRESS = {
  ...{ operation: 'query', purpose: 'jobseekers', legalBasis: 'bmg_34' },
  ...{ fields: ['mr.identity', 'mr.address'], source: 'i.pf.meldebehoerde' },
}
const CLAIM = {
  ...{ operation: 'transmit', purpose: 'private_claim', legalBasis: 'azrg_27' },
  ...{ fields: ['azr.responsible_bodies'], source: undefined, recipient: PRIVATE },
}

/** Something that an office gets or gives away now. */
async function given(by: TestAuthority, to: Person, changes: object): Promise<void> {
  const seq = seqs.get(by) ?? 1
  const occurredAt = room.app.clock.now().toISOString()
  const subject = { scheme: 'azr', value: to.number }
  const { status, text } = await by.deliver(by.events(seq, 1, { subject, occurredAt, ...changes }))
  if (status !== 201) throw new Error(text)
  seqs.set(by, seq + 1)
}

const wait = (ms: number) => room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + ms))

/** What a person was told of accesses, oldest first: the message and who got the data. */
async function told({ actor }: Person) {
  const { rows } = await room.superuser.query<{ code: string; office: string }>(
    `select m.code, m.params ->> 'office' as office from notices.message m
      where m.account = (select account from identity.account_subject where subject = $1)
        and m.code in ('block_requested', 'block_in_spite') order by m.told_at, m.code`,
    [actor.subjects[0]],
  )
  return rows.map(({ code, office }) => `${code} ${office}`)
}

const newcomer = () => room.resident(`newcomer-${(people += 1)}`)
const warn = () => room.app.portal.blockUpkeep.warn()

describe('somebody with an information block', () => {
  it('is told of every request to the residents’ register, once each', async () => {
    const person = await room.resident('resident-ar')
    await given(jobcenter, person, ADDRESS)
    wait(MINUTE)
    const wanted = { kind: 'information', office: room.registry } as const
    const reference = await room.granted(person, registrar, wanted)
    wait(MINUTE)
    await warn()
    expect(await told(person)).toEqual([])
    await given(jobcenter, person, ADDRESS)
    await given(abh, person, { ...ADDRESS, purpose: 'foreigners_law' })
    await given(jobcenter, person, {})
    await warn()
    await warn()
    const both = ['block_requested i.pf.abh', 'block_requested i.pf.jobcenter']
    expect([...(await told(person))].sort()).toEqual(both)
    const page = await (await walker(room.app, 'resident-ar')).open('/de/me/messages')
    expect(page.body).toContain('Jemand hat im Melderegister nach Ihnen gefragt')
    wait(MINUTE)
    await room.own(person, reference, { event: 'lifted' })
    wait(MINUTE)
    await given(jobcenter, person, ADDRESS)
    await warn()
    expect(await told(person)).toHaveLength(2)
  })

  it('is told nothing of what is withheld', async () => {
    const person = await newcomer()
    await room.granted(person, registrar, { kind: 'information', office: room.registry })
    wait(MINUTE)
    await given(jobcenter, person, { ...ADDRESS, disclosure: 'withheld' })
    await given(register, person, { ...CLAIM, disclosure: 'withheld' })
    await warn()
    expect(await told(person)).toEqual([])
  })
})

describe('somebody with a transmission block', () => {
  it('is told of what a private party got in spite of it, and of no request', async () => {
    const person = await newcomer()
    await room.granted(person, clerk)
    wait(MINUTE)
    await given(jobcenter, person, ADDRESS)
    await given(register, person, CLAIM)
    await warn()
    await warn()
    expect(await told(person)).toEqual([`block_in_spite ${PRIVATE}`])
  })

  it('is told nothing where the block guards a witness', async () => {
    const person = await newcomer()
    const reference = await room.applied(person, { signed: true })
    await room.step(clerk, reference, { event: 'granted', isGuarded: true })
    wait(MINUTE)
    await given(register, person, CLAIM)
    await warn()
    expect(await told(person)).toEqual([])
  })
})
