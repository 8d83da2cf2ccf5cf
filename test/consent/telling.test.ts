import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import { endpointsOf } from '../../server/compose/requests.js'
import { withWithdrawals } from '../../server/consent/commands.js'
import { createWaitingWithdrawals } from '../../server/consent/index.js'
import { noticeCommands } from '../../server/rectification/commands/notices.js'
import type { StaffActor } from '../../server/identity/index.js'
import { answering } from '../registers/connected.js'
import { startTestApp } from '../support/app.js'
import { citerOf, type Cite } from './citing.js'
import { roomOf, type Person, type Room } from './room.js'

const MINUTE = 60_000
/** A kind of public body without offices, and an office that the wording names. */
const CHAMBER = 'kammer'
const NAMED = 'i.pf.sozialamt'

let room: Room
let cite: Cite
let person: Person
let clerk: StaffActor
let elsewhere: StaffActor
let template: string
let receiver: Awaited<ReturnType<typeof answering>>
/** What arrived, and what is answered next; 201 where nothing is said. */
let arrived: JWTPayload[] = []
let answers: number[] = []

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  cite = citerOf(room)
  person = await room.resident('amina')
  clerk = await room.staff('clerk')
  elsewhere = await room.staff('elsewhere', 'caseworker', room.other)
  const recipients = [CHAMBER, NAMED, 'arbeitgeber']
  const content = room.content('c.cv_chamber', { recipients })
  template = await room.published([clerk, await room.staff('colleague')], content)
  receiver = await answering((request, response) => void receive(request, response))
})

afterAll(async () => {
  receiver?.close()
  await room?.close()
})

beforeEach(async () => {
  arrived = []
  answers = []
  await room.superuser.query('delete from rectification.endpoint')
  await room.superuser.query('delete from consent.notice')
})

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(request, 'end')
  const keys = createRemoteJWKSet(new URL(`${room.app.url}/.well-known/jwks.json`))
  const { payload } = await jwtVerify(Buffer.concat(chunks).toString(), keys, {
    typ: 'consent-withdrawal+jwt',
    algorithms: ['EdDSA'],
    issuer: room.app.url,
    audience: receiver.origin,
    currentDate: room.app.clock.now(),
  })
  arrived.push({ ...payload, type: request.headers['content-type'] })
  const status = answers.shift() ?? 201
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
}

const connect = (office: string) =>
  endpointsOf(room.app.installation).connect({ office, url: `${receiver.origin}/${office}/told` })
const send = () =>
  room.app.portal.jobs.find(({ name }) => name === 'consent.tell')?.work() ?? Promise.resolve(-1)
const later = (ms: number) => room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + ms))

/** A consent of the person; its reference and its id. */
async function given(): Promise<{ reference: string; consent: string }> {
  const asked = await room.asked(clerk, person, template)
  const [reference = ''] = await room.answered(person, asked, ['all'])
  const { consent } = await room.app.portal.consents.consent(person.actor, reference)
  later(MINUTE)
  return { reference, consent: consent.consent }
}

const withdraw = (reference: string) => room.app.portal.consents.withdraw(person.actor, reference)

/** What the operator reads of it. */
async function listed(): Promise<readonly string[]> {
  const { installation } = room.app
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const commands = noticeCommands({ endpoints: endpointsOf(installation), print })
  const list = commands.find(({ name }) => name === 'notice:list')
  if (list === undefined) throw new Error('there is no list')
  const { admin: db, catalogue } = installation
  const waiting = createWaitingWithdrawals({ db, catalogue })
  await withWithdrawals(list, { waiting, print }).run([])
  return lines
}

/** Who is told, as the person reads it. */
async function told(reference: string): Promise<readonly string[]> {
  const parties = await room.app.portal.consentNotices.told(person.actor, reference)
  return parties.map(({ party, state }) => `${party.code} ${state}`).sort()
}

describe('a withdrawal', () => {
  it('is told to the controller, the offices that are named, and whoever received data, once each', async () => {
    const { reference, consent } = await given()
    await cite({ person, consent })
    await cite({ person, consent, fields: ['vol.cv', 'recog.certificates'] })
    await cite({ person, consent, recipient: 'arbeitgeber' })
    later(MINUTE)
    await withdraw(reference)
    await withdraw(reference)
    expect(await told(reference)).toEqual(
      [CHAMBER, NAMED, 'arbeitgeber', room.office.code].map((code) => `${code} to_print`).sort(),
    )
  })

  it('is told to whoever received data before it and reports that later, and to whoever goes on', async () => {
    const { reference, consent } = await given()
    const before = room.app.clock.now()
    later(MINUTE)
    await withdraw(reference)
    expect(await told(reference)).not.toContain('arbeitgeber to_print')
    later(MINUTE)
    const occurredAt = before.toISOString()
    await cite({ person, consent, recipient: 'arbeitgeber', changes: { occurredAt } })
    expect(await told(reference)).toContain('arbeitgeber to_print')
    await cite({ person, consent, recipient: 'glaeubiger' })
    await cite({ person, consent, recipient: 'glaeubiger' })
    const all = await told(reference)
    expect(all.filter((line) => line === 'glaeubiger to_print')).toHaveLength(1)
    expect(all).toHaveLength(5)
  })

  it('arrives signed, with what was withdrawn and from when on, and its answer is its confirmation', async () => {
    await connect(CHAMBER)
    const { reference, consent } = await given()
    await withdraw(reference)
    const withdrawnAt = room.app.clock.now()
    later(MINUTE)
    expect(await send()).toBe(1)
    expect(arrived).toEqual([
      expect.objectContaining({
        ...{ type: 'application/jose', sub: person.subject, office: CHAMBER, consent },
        ...{ template: 'c.cv_chamber', part: 'all', withdrawnAt: withdrawnAt.toISOString() },
      }),
    ])
    const parties = await room.app.portal.consentNotices.told(person.actor, reference)
    const chamber = parties.find(({ party }) => party.code === CHAMBER)
    expect(chamber).toMatchObject({
      ...{ state: 'acknowledged', madeAt: withdrawnAt, acknowledgedAt: room.app.clock.now() },
    })
    later(60 * MINUTE)
    expect(await send()).toBe(0)
  })

  it.each([
    [
      [500, 202, 200],
      ['waiting', 'sent', 'acknowledged'],
    ],
    [[409], ['failed']],
    [[422], ['failed']],
  ])('that is answered with %j is %j, always the same message', async (statuses, states) => {
    await connect(CHAMBER)
    const { reference } = await given()
    await withdraw(reference)
    answers = [...statuses]
    const seen: (string | undefined)[] = []
    for (const pause of [1, 2, 4].slice(0, statuses.length)) {
      await send()
      seen.push((await told(reference)).find((line) => line.startsWith(CHAMBER)))
      later(pause * MINUTE)
    }
    expect(seen).toEqual(states.map((state) => `${CHAMBER} ${state}`))
    expect(new Set(arrived.map(({ jti }) => jti)).size).toBe(1)
    later(24 * 60 * MINUTE)
    expect(await send()).toBe(0)
  })

  it('is all that is told: no refusal, and no yes that a newer one has replaced', async () => {
    const asked = await room.asked(clerk, person, template)
    const [refused = ''] = await room.answered(person, asked, [])
    expect(await told(refused)).toEqual([])
    const first = await given()
    const second = await given()
    expect(await room.entries(first.reference)).toContain('superseded by resident')
    expect(await told(first.reference)).toEqual([])
    expect(await told(second.reference)).toEqual([])
  })

  it('is not told to somebody who used the consent of another person', async () => {
    const stranger = await room.resident('dilan')
    const { reference, consent } = await given()
    await cite({ person: stranger, consent, recipient: 'i.pf.jobcenter' })
    await withdraw(reference)
    expect((await told(reference)).join()).not.toContain('i.pf.jobcenter')
  })
})

describe('a party that no machine can tell', () => {
  it('waits at the desk of the controller alone, until a letter is printed', async () => {
    const { consentNotices } = room.app.portal
    const { reference, consent } = await given()
    await cite({ person, consent, recipient: 'arbeitgeber' })
    await withdraw(reference)
    const letters = await consentNotices.letters(clerk)
    expect(letters.map(({ party, isOwn }) => [party.code, isOwn])).toEqual(
      expect.arrayContaining([
        ['arbeitgeber', false],
        [room.office.code, true],
      ]),
    )
    expect(letters.every((letter) => letter.reference === reference)).toBe(true)
    expect(await consentNotices.letters(elsewhere)).toEqual([])
    const { notice = '' } = letters.find(({ party }) => party.code === 'arbeitgeber') ?? {}
    const nothing = { code: 'NOT_FOUND' }
    await expect(consentNotices.printed(elsewhere, notice)).rejects.toMatchObject(nothing)
    await consentNotices.printed(clerk, notice)
    await expect(consentNotices.printed(clerk, notice)).rejects.toMatchObject(nothing)
    expect(await told(reference)).toContain('arbeitgeber printed')
  })

  it('is never sent anything where it is private, even with an address past the command', async () => {
    const { reference, consent } = await given()
    await cite({ person, consent, recipient: 'arbeitgeber' })
    await withdraw(reference)
    await room.superuser.query(
      `insert into rectification.endpoint select id, $1, now() from catalogue.term
        where kind = 'authority' and code = 'arbeitgeber'`,
      [`${receiver.origin}/x/told`],
    )
    await send()
    expect(arrived).toEqual([])
    expect(await told(reference)).toContain('arbeitgeber to_print')
  })

  it('is sent what waits for it once it is connected', async () => {
    const { reference } = await given()
    await withdraw(reference)
    expect(await send()).toBe(0)
    await connect(NAMED)
    expect(await send()).toBe(1)
    expect(await told(reference)).toContain(`${NAMED} acknowledged`)
  })
})

describe('the operator', () => {
  it('reads for whom withdrawals wait, neither whose nor how many, withheld ones like others', async () => {
    const secret = 'i.pf.jobcenter'
    await room.superuser.query('delete from consent.sealed_notice')
    for (const changes of [{}, { disclosure: 'case_review' }]) {
      const { reference, consent } = await given()
      const recipient = Object.keys(changes).length === 0 ? CHAMBER : secret
      await cite({ person, consent, recipient, changes })
      await withdraw(reference)
    }
    expect(await listed()).toEqual(
      expect.arrayContaining([
        `${room.office.code}  withdrawals wait`,
        `${NAMED}  withdrawals wait`,
        `${secret}  withdrawals wait`,
      ]),
    )
    await connect(secret)
    await send()
    expect((await listed()).join()).not.toContain(`${secret}  withdrawals`)
    await room.superuser.query('delete from consent.sealed_notice')
  })
})

describe('a withheld recipient', () => {
  it('is told like any other, and stands on no page and at no desk', async () => {
    const secret = 'i.pf.jobcenter'
    const changes = { disclosure: 'case_review' }
    const { reference, consent } = await given()
    await cite({ person, consent, recipient: secret, changes })
    await connect(secret)
    await withdraw(reference)
    await send()
    expect(arrived.map(({ office }) => office)).toEqual([secret])
    expect((await told(reference)).join()).not.toContain(secret)
    const letters = await room.app.portal.consentNotices.letters(clerk)
    expect(letters.map(({ party }) => party.code)).not.toContain(secret)
    const { rows } = await room.superuser.query('select state from consent.sealed_notice')
    expect(rows).toEqual([{ state: 'acknowledged' }])
  })
})
