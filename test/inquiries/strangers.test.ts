import { seededRandom } from '../../server/platform/kernel/random.js'
import { newReference } from '../../server/rectification/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let amina: Person
let stranger: Person
let own: Walker
let other: Walker
let reference = ''

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  stranger = await room.resident('resident-fa')
  await room.staff('dpo', 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  await room.staff('caseworker', 'caseworker')
  own = await walker(room.app, 'resident-ar')
  other = await walker(room.app, 'resident-fa')
  reference = await room.asked(amina)
})

afterAll(() => room?.close())

/** A page without what differs on every page: the number of the request, and what forms are sent with. */
const bare = (body: string) =>
  body
    .replaceAll(/name="csrf" value="[^"]+"/g, '')
    .replaceAll(/nonce="[^"]+"/g, '')
    .replaceAll(/\/accesses\/\d+/g, '')
    .replaceAll(/\b[2-9A-HJ-NP-Z]{8}\b/g, '')

const nobodys = newReference(seededRandom('nobody has this one'))

/** What is asked of two addresses, of which the second leads nowhere. */
async function expectAlike(who: Walker, theirs: string, none: string): Promise<void> {
  const [one, two] = [await who.open(theirs), await who.open(none)]
  expect([one.status, two.status]).toEqual([404, 404])
  expect(bare(one.body)).toBe(bare(two.body))
}

describe('what is somebody else’s', () => {
  it('looks like an inquiry that there is not, to residents and to officers of other offices', async () => {
    await expectAlike(other, `/de/me/inquiries/${reference}`, `/de/me/inquiries/${nobodys}`)
    const elsewhere = await walker(room.app, 'dpo-2')
    const desk = '/de/oversight/inquiries'
    await expectAlike(elsewhere, `${desk}/${reference}`, `${desk}/${nobodys}`)
    expect((await elsewhere.open(desk)).body).not.toContain(reference)
  })

  it('is no page for caseworkers of the office that looked', async () => {
    const clerk = await walker(room.app, 'caseworker')
    expect((await clerk.open(`/de/oversight/inquiries/${reference}`)).status).toBe(404)
    expect((await clerk.open('/de/oversight/inquiries')).status).toBe(404)
  })

  it('leaves no look in the log of the person where an officer of another office tries', async () => {
    const looks = async () => {
      const { rows } = await room.superuser.query(
        'select from overview.access_event where stream is null and subject = any ($1)',
        [amina.actor.subjects],
      )
      return rows.length
    }
    const before = await looks()
    const elsewhere = await walker(room.app, 'dpo-2')
    await elsewhere.open(`/de/oversight/inquiries/${reference}`)
    expect(await looks()).toBe(before)
  })
})

describe('an access that the person cannot see', () => {
  it('cannot be asked about: withheld, another’s and none at all look alike', async () => {
    const [withheld = 0] = await room.accesses(amina, 1, { disclosure: 'withheld' })
    const [others = 0] = await room.accesses(stranger, 1)
    for (const entry of [withheld, others]) {
      await expectAlike(own, `/de/me/accesses/${entry}/ask`, '/de/me/accesses/999999/ask')
      const [seen = 0] = await room.accesses(amina, 1)
      const fields = { kind: 'ask', reasons: 'other' }
      await own.open(`/de/me/accesses/${seen}/ask`)
      const theirs = await own.send(`/de/me/accesses/${entry}/ask`, fields)
      await own.open(`/de/me/accesses/${seen}/ask`)
      const none = await own.send('/de/me/accesses/999999/ask', fields)
      expect([theirs.status, none.status]).toEqual([404, 404])
      expect(bare(theirs.body)).toBe(bare(none.body))
    }
  })

  it('changes nothing on any page of questions', async () => {
    const pages = ['/de/me/inquiries', `/de/me/inquiries/${reference}`]
    const before = await Promise.all(pages.map((page) => own.browser.get(page)))
    await room.accesses(amina, 3, { disclosure: 'withheld' })
    const after = await Promise.all(pages.map((page) => own.browser.get(page)))
    expect(after.map(({ body }) => bare(body))).toEqual(before.map(({ body }) => bare(body)))
  })
})

describe('a form', () => {
  it('that came after the session is kept, and shown again with what was typed', async () => {
    const [entry = 0] = await room.accesses(amina, 1)
    const at = `/de/me/accesses/${entry}/ask`
    const late = await walker(room.app, 'resident-ar')
    await late.open(at)
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 20 * 60_000))
    const kept = await late.send(at, { kind: 'surprise', reasons: 'other', words: 'Buntspecht' })
    expect(kept.body).not.toContain('Buntspecht')
    await late.browser.signIn('resident-ar')
    const again = await late.open(`${at}${await keptQuery(late)}`)
    expect(again.body).toContain('Buntspecht')
    expect(again.body).toMatch(/value="surprise" checked/)
  })

  /** The link on the first screen to what was kept. */
  async function keptQuery({ browser }: Walker): Promise<string> {
    const { body } = await browser.get('/de/me')
    return /accesses\/\d+\/ask(\?[^"]*)"/.exec(body)?.[1]?.replaceAll('&#x3D;', '=') ?? ''
  }
})
