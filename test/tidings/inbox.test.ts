import type { StaffActor } from '../../server/identity/index.js'
import type { Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { officerOf, REPORTS, type Officer } from '../reports/officer.js'
import { commits, says, type Settings } from '../support/past.js'
import { csrfIn, type Visitor } from '../support/visitor.js'

const INBOX = '/de/staff/inbox'
const DAY_MS = 86_400_000

let officer: Officer
let room: Room
let dpo: Visitor
let supervisor: Visitor
/** A second officer of the same office, and one of another. */
let colleague: StaffActor
let stranger: Visitor

beforeAll(async () => {
  officer = await officerOf()
  ;({ room, dpo } = officer)
  colleague = await room.staff('caseworker-2', 'dpo')
  await room.staff('caseworker', 'caseworker')
  supervisor = await officer.reader('supervisor')
  stranger = await officer.reader('dpo-2')
}, 60_000)

afterAll(() => room?.close())

const WORDS = /<a href="(\/de\/staff\/inbox\/[0-9a-f-]{36})"><strong>([^<]*)<\/strong>/g
interface Told {
  readonly href: string
  readonly text: string
}

/** What stands in somebody's inbox, the newest first. */
async function told(browser: Visitor): Promise<readonly Told[]> {
  const { body } = await browser.get(INBOX)
  return [...body.matchAll(WORDS)].map(([, href = '', text = '']) => ({ href, text }))
}
const texts = async (browser: Visitor) => (await told(browser)).map(({ text }) => text)

/** The number beside the entry of the menu, as the first page of staff says it. */
async function news(browser: Visitor): Promise<string> {
  const { body } = await browser.get('/de/staff')
  const [, words = ''] =
    /aria-current="page">[^<]*<span class="pill pill-new">([^<]*)</.exec(body) ?? []
  return words
}

describe('the inbox of staff', () => {
  it('tells second persons that a report waits, and whoever asked what became of it', async () => {
    expect(await texts(dpo)).toEqual([])
    expect(await news(dpo)).toBe('')
    const reference = await officer.unreleased({ query: 'shown=yes' })
    expect(await texts(supervisor)).toEqual(['Ein Bericht wartet auf Ihre Freigabe'])
    expect(await news(supervisor)).toBe('1 neu')
    const decision = 'released'
    expect(await room.app.portal.releases.decide(colleague, { reference, decision })).toBe('done')
    // Nobody need act on it any more.
    expect(await news(supervisor)).toBe('')
    expect(await texts(dpo)).toEqual(['Ihr Bericht ist freigegeben'])
    expect(await officer.work()).toBe(1)
    expect(await texts(dpo)).toEqual(['Ihr Bericht ist fertig', 'Ihr Bericht ist freigegeben'])
    expect(await news(dpo)).toBe('2 neu')
    const [ready] = await told(dpo)
    const led = await dpo.get(ready?.href ?? '')
    expect([led.status, led.headers.get('location')]).toEqual([303, `${REPORTS}/${reference}`])
    expect(await news(dpo)).toBe('1 neu')
  })

  it('is counted once for a page: for its card, and for the menu', async () => {
    const { tidings } = room.app.portal
    const before = { ...tidings }
    let asked = 0
    Object.assign(tidings, {
      unread: (actor: StaffActor) => {
        asked += 1
        return before.unread(actor)
      },
    })
    const page = await dpo.get('/de/staff')
    Object.assign(tidings, before)
    expect(asked).toBe(1)
    // Beside the entry of the menu on narrow and on wide screens, and on the card.
    expect(page.body.match(/pill-new">1 neu</g)).toHaveLength(2)
    expect(page.body).toContain('Eine neue Meldung.')
  })

  it('tells that a report was refused, has lapsed or failed', async () => {
    const { portal, clock } = room.app
    const refused = await officer.unreleased({ query: 'shown=yes' })
    await portal.releases.decide(colleague, { reference: refused, decision: 'refused' })
    expect((await texts(dpo))[0]).toBe('Ihr Bericht wurde nicht freigegeben')
    const lapsed = await officer.unreleased({ query: 'shown=yes' })
    clock.moveTo(new Date(clock.now().getTime() + 15 * DAY_MS))
    dpo = await officer.reader('dpo')
    await officer.lapse()
    expect((await told(dpo))[0]?.text).toBe('Niemand hat Ihren Bericht rechtzeitig freigegeben')
    expect((await dpo.get(INBOX)).body).toContain(lapsed)
    await room.superuser.query(
      `update reports.report set state = 'failed', ended_at = asked_at + interval '20 days'
        where reference = $1`,
      [lapsed],
    )
    expect((await texts(dpo))[0]).toBe('Ihr Bericht ist nicht gelungen')
  })

  it('tells of a wish to learn who acted, and of the answer', async () => {
    const { portal } = room.app
    const [entry = -1] = await room.accesses(officer.amina, 1)
    await room.app.portal.ledger.tick()
    const before = (await texts(dpo)).length
    await room.superuser.query(
      `insert into oversight.unmasking (unmasking, reference, entry, office, staff, reason, asked_at)
        values (gen_random_uuid(), 'W2W2W2W2', $1, $2, $3, 'misuse', $4)`,
      [entry, room.office.id, officer.actor.staff, room.app.clock.now()],
    )
    supervisor = await officer.reader('supervisor')
    const waits = 'Die Frage, wer gehandelt hat, wartet auf Ihre Freigabe'
    expect((await texts(supervisor))[0]).toBe(waits)
    const wish = { reference: 'W2W2W2W2', decision: 'refused' } as const
    expect(await portal.unmaskings.decide(officer.supervisor, wish)).toBe('done')
    expect(await texts(dpo)).toHaveLength(before + 1)
    expect((await texts(dpo))[0]).toBe('Wer gehandelt hat, wurde nicht freigegeben')
  })

  it('is marked as read up to what the page showed', async () => {
    const { body } = await dpo.get(INBOX)
    const [, until = ''] = /name="until" value="([^"]+)"/.exec(body) ?? []
    const csrf = csrfIn(body)
    expect((await dpo.post(INBOX, { csrf, until: '2026' })).status).toBe(400)
    await room.superuser.query(`select tidings.tell($1, 'report_ready', 'Z9Z9Z9Z9', $2, null)`, [
      ...[officer.actor.staff, room.app.clock.now()],
    ])
    expect((await dpo.post(INBOX, { csrf, until })).status).toBe(303)
    expect(await news(dpo)).toBe('1 neu')
    expect((await dpo.get(INBOX)).body.match(/pill-new">Neu</g)).toHaveLength(1)
  })

  it('is everybody’s own: another office hears nothing, and nobody opens what came for others', async () => {
    stranger = await officer.reader('dpo-2')
    expect(await texts(stranger)).toEqual([])
    const clerk = await officer.reader('caseworker')
    expect(await texts(clerk)).toEqual([])
    const [mine] = await told(dpo)
    expect((await stranger.get(mine?.href ?? '')).status).toBe(404)
    expect((await dpo.get(mine?.href ?? '')).status).toBe(303)
    expect((await dpo.get(`${INBOX}/x`)).status).toBe(404)
  })

  it('names no person: codes, references and times alone', async () => {
    const { body } = await dpo.get(INBOX)
    const { amina, actor } = officer
    for (const secret of [...amina.actor.subjects, amina.number, actor.staff, colleague.staff]) {
      expect(body).not.toContain(secret)
    }
  })
})

describe('the table behind it', () => {
  const who = ['web', 'web_staff'] as const
  const settings = (staff: string): Settings => ({ office: String(room.office.id), staff })

  it('shows each their own rows, and takes nothing but a mark', async () => {
    const own = settings(officer.actor.staff)
    const count = 'select count(*) from tidings.tiding group by staff'
    expect(await says(room, { who, settings: own }, [count])).toEqual(['1 rows'])
    const tries = [
      `insert into tidings.tiding (tiding, staff) select tiding, staff from tidings.tiding`,
      'delete from tidings.tiding',
      `update tidings.tiding set code = 'report_failed'`,
      `select tidings.tell('${officer.actor.staff}', 'report_ready', 'A2A2A2A2', now(), null)`,
      `select tidings.settle(array['report_ready'], 'A2A2A2A2')`,
      'select expires_on from tidings.tiding',
    ]
    expect(await says(room, { who, settings: own }, tries)).toEqual(tries.map(() => REFUSED))
    const unread = 'update tidings.tiding set is_read = false'
    expect(await commits(room, { who, settings: own }, [unread])).toBe(REFUSED)
    const nobody = { who, settings: settings('00000000-0000-4000-8000-000000000000') }
    expect(await says(room, nobody, ['select tiding from tidings.tiding'])).toEqual(['0 rows'])
  })

  it('forgets after 90 days', async () => {
    const { rows } = await room.superuser.query<{ days: number }>(
      `select distinct expires_on - (told_at at time zone 'Europe/Berlin')::date as days from tidings.tiding`,
    )
    expect(rows).toEqual([{ days: 90 }])
    await room.superuser.query('update tidings.tiding set expires_on = current_date')
    expect(await room.app.portal.tidings.forget()).toBeGreaterThan(5)
    expect(await texts(dpo)).toEqual([])
  })
})
