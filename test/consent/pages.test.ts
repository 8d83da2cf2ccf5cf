import type { StaffActor } from '../../server/identity/index.js'
import { linksIn } from '../journeys/places.js'
import { startTestApp } from '../support/app.js'
import { visitor, type Visitor } from '../support/visitor.js'
import { citerOf, type Cite } from './citing.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let cite: Cite
let clerk: StaffActor
let template: string
let person: Person
let browser: Visitor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  cite = citerOf(room)
  person = await room.resident('resident-ar')
  clerk = await room.staff('clerk')
  const content = room.content('c.cv_chamber', { recipients: ['kammer'] })
  template = await room.published([clerk, await room.staff('colleague')], content)
  const at = new Date(room.app.clock.now().getTime() - 3_600_000)
  // An access that cites nothing gives the pages something to show.
  await cite({ person, at })
  await room.app.portal.ledger.tick()
  browser = await signedIn('resident-ar')
})

afterAll(() => room?.close())

async function signedIn(name: string): Promise<Visitor> {
  const opened = visitor(room.app)
  await opened.signIn(name)
  return opened
}

/** Where consents are shown, and where messages about them come: these may change, and nothing else. */
const APART = /\/me\/(permissions|consents|messages|documents)/
/** Fresh on every answer: tokens, references of refusals, what a passkey is asked, and times of this minute. */
const FRESH = [
  /(name="csrf" value="|<bdi class="id" dir="ltr">)[A-Za-z0-9_-]+/g,
  /(&quot;(?:challenge|id)&quot;:&quot;)[\w-]{40,}/g,
] as const

/** Every page that the person can open, by its address; what is fresh is levelled. */
async function pages(): Promise<ReadonlyMap<string, string>> {
  const seen = new Map<string, string>()
  const waiting = ['/de/me']
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (seen.has(address) || !address.startsWith('/de/me') || APART.test(address)) continue
    if (/proof|\.pdf|\.json/.test(address)) continue
    const { status, body } = await browser.get(address)
    const levelled = FRESH.reduce((text, fresh) => text.replace(fresh, '$1-'), body)
    seen.set(address, `${status} ${withoutMessages(levelled)}`)
    waiting.push(...linksIn(body))
  }
  return seen
}

/** The inbox has its number on the first screen and in the head of every page. */
function withoutMessages(body: string): string {
  return body
    .replace(/<a[^>]*\/me\/messages[^]*?<\/a>/g, '')
    .replace(/<(section|li|article)[^>]*>(?:(?!<\/\1>)[^])*\/me\/messages[^]*?<\/\1>/g, '')
}

describe('the pages of a person', () => {
  it('are the same before and after a refusal, and before and after a withdrawal', async () => {
    // Asked before: what is told of the asking is in the inbox already.
    const asked = await room.asked(clerk, person, template)
    const before = await pages()
    expect(before.size).toBeGreaterThan(10)
    await room.answered(person, asked, [])
    expect(Object.fromEntries(await pages())).toEqual(Object.fromEntries(before))
    // That an office asks is an access like any look: only what is answered must not show.
    const again = await room.asked(clerk, person, template)
    const asking = await pages()
    const given = await room.answered(person, again, ['all'])
    const held = await pages()
    expect(Object.fromEntries(held)).toEqual(Object.fromEntries(asking))
    await room.app.portal.consents.withdraw(person.actor, given[0] ?? '')
    expect(Object.fromEntries(await pages())).toEqual(Object.fromEntries(asking))
  })
})

describe('an access that cites a consent', () => {
  /** What the page of an access says, and what the officer of the office reads of it. */
  async function shown(index: number) {
    const { body } = await browser.get(`/de/me/accesses/${index}`)
    const officer = visitor(room.app)
    await officer.signIn('dpo')
    const list = await officer.get('/de/oversight/accesses?flagged=yes')
    return { body, list: list.body.includes(`/accesses/${index}`) }
  }

  it('is flagged at once for the person and the officer where it does not hold, and else is not', async () => {
    await room.staff('dpo', 'dpo')
    const asked = await room.asked(clerk, person, template)
    const [reference = ''] = await room.answered(person, asked, ['all'])
    const { consent } = await room.app.portal.consents.consent(person.actor, reference)
    const now = new Date(room.app.clock.now().getTime() + 60_000)
    room.app.clock.moveTo(now)
    const valid = await cite({ person, consent: consent.consent })
    const beyond = await cite({
      person,
      consent: consent.consent,
      fields: ['vol.cv', 'vol.contact'],
    })
    room.app.clock.moveTo(new Date(now.getTime() + 60_000))
    await room.app.portal.consents.withdraw(person.actor, reference)
    const late = await cite({ person, consent: consent.consent })
    const { overview } = room.app.portal
    const rulesOf = async (index: number) =>
      (await overview.access(person.actor, index)).entry.flags.map(({ rule }) => rule)
    expect(await rulesOf(valid)).toEqual([])
    expect(await rulesOf(beyond)).toContain('consent.fields_beyond')
    expect(await rulesOf(late)).toEqual(['consent.not_valid'])
    expect((await shown(valid)).list).toBe(false)
    expect((await shown(beyond)).list).toBe(true)
    expect((await shown(late)).list).toBe(true)
    expect((await shown(late)).body).not.toBe((await shown(valid)).body)
  })
})
