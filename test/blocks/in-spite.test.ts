import type { StaffActor } from '../../server/identity/index.js'
import { walker } from '../rectification/journey.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { startTestApp } from '../support/app.js'
import { PRIVATE, roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let clerk: StaffActor
let register: TestAuthority
let seq = 1

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  clerk = await room.staff('caseworker', 'caseworker')
  register = await authorityOf(room.app, { code: 'i.de.bva' })
})

afterAll(() => room?.close())

const MINUTE = 60_000
const CLAIM = {
  ...{ operation: 'transmit', purpose: 'private_claim', legalBasis: 'azrg_27' },
  ...{ fields: ['azr.responsible_bodies', 'azr.entry_departure'], source: undefined },
  recipient: PRIVATE,
}

interface Given extends Readonly<Record<string, unknown>> {
  readonly agoMs?: number
}

/** Something that the register gives away; its leaf index. */
async function given(to: Person, { agoMs = 0, ...changes }: Given = {}) {
  const occurredAt = new Date(room.app.clock.now().getTime() - agoMs).toISOString()
  const subject = { scheme: 'azr', value: to.number }
  const events = register.events(seq, 1, { subject, ...CLAIM, occurredAt, ...changes })
  const { status, body, text } = await register.deliver(events)
  if (status !== 201) throw new Error(text)
  seq += 1
  return (body['indices'] as number[])[0] ?? 0
}

const flagsOf = async (index: number, table = 'access_flag') => {
  const { rows } = await room.superuser.query<{ rule: string; fields: number[] }>(
    `select rule, fields from overview.${table} where leaf_index = $1 order by rule`,
    [index],
  )
  return rows.map(({ rule }) => rule)
}

const wait = (ms: number) => room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + ms))

describe('an access in spite of a block', () => {
  it('is flagged at once: private and foreign parties, and no German authority', async () => {
    const before = await given(person)
    expect(await flagsOf(before)).not.toContain('block.in_spite')
    await room.granted(person, clerk)
    wait(MINUTE)
    expect(await flagsOf(await given(person))).toContain('block.in_spite')
    const abroad = {
      ...{ recipient: 'auslaendische_behoerde', purpose: 'international' },
      fields: ['azr.family_name'],
    }
    const away = await given(person, { ...abroad, legalBasis: 'azrg_26' })
    // What goes abroad is reviewed before it is shown; its flag waits with it.
    const everywhere = [...(await flagsOf(away)), ...(await flagsOf(away, 'sealed_flag'))]
    expect(everywhere).toContain('block.in_spite')
    const office = { recipient: 'i.pf.abh' }
    expect(await flagsOf(await given(person, office))).not.toContain('block.in_spite')
    const own = { fields: ['visa.application'] }
    expect(await flagsOf(await given(person, own))).not.toContain('block.in_spite')
  })

  it('is judged by when it happened, not by when it was reported', async () => {
    const late = await given(person, { agoMs: 10 * MINUTE })
    expect(await flagsOf(late)).not.toContain('block.in_spite')
    const reference = (await room.app.portal.blocks.list(person.actor))[0]?.block.reference ?? ''
    wait(MINUTE)
    await room.own(person, reference, { event: 'lifted' })
    wait(MINUTE)
    expect(await flagsOf(await given(person))).not.toContain('block.in_spite')
    expect(await flagsOf(await given(person, { agoMs: MINUTE + 30_000 }))).toContain(
      'block.in_spite',
    )
  })

  it('stands on the page of the access, with what can be done, and in the list of the officer', async () => {
    await room.granted(person, clerk)
    wait(MINUTE)
    const index = await given(person)
    const own = await walker(room.app, 'resident-ar')
    const { body } = await own.open(`/de/me/accesses/${index}`)
    expect(body).toContain('Weitergabe trotz Ihrer Sperre')
    expect(body).toContain('href="/de/me/blocks"')
    expect((await own.open(`/ar/me/accesses/${index}`)).body).toContain('نُقلت البيانات رغم الحجب')
    const bva = room.app.installation.catalogue.parties.byCode('i.de.bva')
    await room.staff('dpo', 'dpo', bva)
    const officer = await walker(room.app, 'dpo')
    const list = await officer.open('/de/oversight/accesses?flagged=yes')
    expect(list.body).toContain(`/de/oversight/accesses/${index}"`)
    const opened = await officer.open(`/de/oversight/accesses/${index}`)
    expect(opened.body).toContain('Passt nicht zu einer bekannten Regel')
  })

  it('that is withheld is flagged where no resident reads it', async () => {
    const hidden = await given(person, { disclosure: 'withheld' })
    expect(await flagsOf(hidden)).toEqual([])
    expect(await flagsOf(hidden, 'sealed_flag')).toContain('block.in_spite')
  })

  it('of a block that works against authorities gives nothing away at authorities', async () => {
    const witness = await room.resident('witness')
    const reference = await room.applied(witness, { signed: true })
    await room.step(clerk, reference, { event: 'granted', isGuarded: true })
    wait(MINUTE)
    expect(await flagsOf(await given(witness, { recipient: 'i.pf.abh' }))).not.toContain(
      'block.in_spite',
    )
    expect(await flagsOf(await given(witness))).toContain('block.in_spite')
  })
})
