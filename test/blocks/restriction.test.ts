import type { StaffActor } from '../../server/identity/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

const FIELD = 'azr.family_name'

let room: Room
let person: Person
let clerk: StaffActor
let own: Walker

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  clerk = await room.staff('clerk', 'caseworker')
  own = await walker(room.app, 'resident-ar')
  // The office holds the name from now on: it is what can be restricted.
  const store = { operation: 'store', fields: [FIELD], recipient: room.office.code }
  await room.accesses(person, 1, { ...store, source: undefined })
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

/** Restricts the field through the pages; the reference. */
async function restricted(): Promise<string> {
  await own.open('/de/me/blocks')
  const { to, body } = await own.send('/de/me/blocks', { kind: 'restriction' })
  expect(body).toContain(`value="${FIELD}"`)
  const at = to.replace(/\/field$/, '')
  await own.send(`${at}/field`, { field: FIELD })
  const check = await own.send(`${at}/grounds`, { grounds: 'unlawful' })
  expect(check.body).not.toContain('Das Gesetz verlangt eine Unterschrift.')
  const filed = await own.send(`${at}/check/file`)
  return filed.to.split('/').at(-1) ?? ''
}

/** What an office is told that obtains the field. */
async function told(): Promise<unknown> {
  const { lastSeq, events, deliver } = room.authority
  const seq = (await lastSeq()) + 1
  const subject = { scheme: 'azr', value: person.number }
  const { body } = await deliver(events(seq, 1, { subject, operation: 'query', fields: [FIELD] }))
  return body['disputed']
}

describe('a restriction', () => {
  it('runs at once, as the GDPR wants no form, and marks the field for later requesters', async () => {
    expect(await told()).toBeUndefined()
    const reference = await restricted()
    const page = await own.open(`/de/me/blocks/${reference}`)
    expect(page.body).toContain('<ol class="steps">')
    expect(page.body).not.toContain('letter.pdf')
    expect(await told()).toBeUndefined()
    await room.step(clerk, reference, { event: 'granted', isGuarded: false })
    expect(await told()).toEqual([expect.objectContaining({ fields: [FIELD] })])
    const field = await own.open(`/de/me/data/${FIELD}`)
    expect(field.body).toContain('Diese Angabe ist eingeschränkt')
    expect(field.body).toContain(`/de/me/blocks/${reference}`)
    expect((await own.open('/de/me/data')).body).toContain('Eingeschränkt')
    await room.own(person, reference, { event: 'lifted' })
    expect(await told()).toBeUndefined()
    expect((await own.open(`/de/me/data/${FIELD}`)).body).not.toContain('eingeschränkt')
  })
})

describe('an objection', () => {
  it('goes to an office that uses data of the person, and to no other', async () => {
    await own.open('/de/me/blocks')
    const { to, body } = await own.send('/de/me/blocks', { kind: 'objection' })
    expect(body).toContain(`value="${room.office.code}"`)
    const at = to.replace(/\/office$/, '')
    expect((await own.send(`${at}/office`, { office: room.other.code })).status).toBe(404)
    await own.open(`${at}/office`)
    await own.send(`${at}/office`, { office: room.office.code })
    await own.send(`${at}/grounds`, { grounds: 'safety', words: 'x' })
    const filed = await own.send(`${at}/check/file`)
    const reference = filed.to.split('/').at(-1) ?? ''
    expect((await room.block(person, reference)).office).toBe(room.office.id)
    await room.step(clerk, reference, { event: 'granted', isGuarded: false })
    expect((await own.open(`/de/me/blocks/${reference}`)).body).toContain(
      'Die Stelle nutzt Ihre Daten nicht mehr',
    )
  })
})
