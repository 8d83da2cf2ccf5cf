import { actingOf, nameAgreements } from '../../server/compose/agreements.js'
import type { StaffActor } from '../../server/identity/index.js'
import type { Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { officerOf, type Officer } from '../reports/officer.js'
import { commits, says } from '../support/past.js'
import { othersAtWork } from './staff.js'
import type { Visitor } from '../support/visitor.js'

const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const DAY_MS = 86_400_000
const AGREEMENT = 'Dienstvereinbarung Protokolle (Muster)'
const ENV = { SERVICE_AGREEMENTS: `i.pf.jobcenter=${AGREEMENT}, 2020-01-01` }
const OWN = '/de/work/own-flags'
const FLAGS = '/de/oversight/flags'
/** Pseudonyms that the authority gave; no page may hold one. */
const [BUSY, QUIET] = ['ref-busy-4711', 'ref-quiet-0815']

let officer: Officer
let room: Room
let clerk: StaffActor
let clerkPage: Visitor
let colleaguePage: Visitor
let looks: readonly number[]
let days: { repeated: number; volume: number }

beforeAll(async () => {
  officer = await officerOf(ENV)
  ;({ room } = officer)
  clerk = await room.staff('caseworker', 'caseworker')
  await room.staff('caseworker-2', 'caseworker')
  clerkPage = await officer.reader('caseworker')
  colleaguePage = await officer.reader('caseworker-2')
  looks = await lookedUp(clerk, 3)
  days = await reported()
  await judge()
}, 90_000)

afterAll(() => room?.close())

/** Looks through this portal at data of one person, without any case; their leaf indices. */
async function lookedUp(actor: StaffActor, count: number): Promise<readonly number[]> {
  const look = { subject: officer.amina.actor.subjects[0] ?? '', fields: ['portal.request'] }
  for (let at = 0; at < count; at++) await room.app.portal.recordLook(actor, [look])
  const { rows } = await room.superuser.query<{ at: number }>(
    `select leaf_index as at from overview.access_event where stream is null
      order by leaf_index desc limit $1`,
    [count],
  )
  return rows.map(({ at }) => Number(at)).reverse()
}

/** What the office reports of its own systems: one who looks the same person up, and a day with much of one. */
async function reported() {
  const bilal = await room.resident('bilal')
  const at = (back: number) =>
    new Date(room.app.clock.now().getTime() - back * DAY_MS).toISOString()
  const repeated = await room.accesses(bilal, 3, { occurredAt: at(1), operatorRef: QUIET })
  for (const back of [0, 1, 5]) await othersAtWork(room, at(back), 10)
  // In a unit of one the unit would say who it was.
  await room.accesses(bilal, 3, { occurredAt: at(1), unit: 'casework', operatorRef: 'ref-alone' })
  const volume = await room.accesses(bilal, 14, { occurredAt: at(5), operatorRef: BUSY })
  return { repeated: Math.max(...repeated), volume: Math.max(...volume) }
}

async function judge(): Promise<void> {
  await room.app.portal.ledger.tick()
  await room.app.portal.watching.work()
}

async function aboutStaff(): Promise<readonly string[]> {
  const { rows } = await room.superuser.query<{ found: string }>(
    `select leaf_index || ' ' || rule as found from oversight.finding where rule like 'staff%'
      order by leaf_index, rule`,
  )
  return rows.map(({ found }) => found)
}

/** Everything in which the database knows an actor, as text. */
async function handles(): Promise<readonly string[]> {
  const acting = actingOf(room.app.installation)
  const pseudonyms = [acting.refOf(clerk.staff, room.app.clock.now())]
  const { rows } = await room.superuser.query<{ handle: Buffer }>(
    `select mark as handle from oversight.concerned union all select actor from oversight.actor_day
      union all select ref from overview.operator_ref`,
  )
  expect(rows.length).toBeGreaterThan(20)
  return [
    ...[BUSY, QUIET, ...pseudonyms, clerk.staff],
    ...rows.flatMap(({ handle }) => [handle.toString('hex'), handle.toString('base64url')]),
  ]
}

const held = (text: string, canaries: readonly string[]) =>
  canaries.filter((canary) => text.includes(canary))

describe('rules about single members of staff', () => {
  it('find under an agreement one who looks the same person up, and one with much on a day', async () => {
    expect(await aboutStaff()).toEqual([
      `${looks.at(-1)} staff_repeated`,
      ...[`${days.repeated} staff_repeated`],
      // Fourteen times the same person: found at the third, sixth, ninth and twelfth time as well.
      ...[2, 5, 8, 11].map((nth) => `${days.volume - 13 + nth} staff_repeated`),
      `${days.volume} staff_volume`,
    ])
  })

  it('say to the officer what it rests on, and never who', async () => {
    const canaries = await handles()
    const list = await officer.dpo.get(`${FLAGS}?rule=staff_repeated`)
    expect(wordsOf(list.body)).toContain('von einem Mitglied des Personals abgerufen: 3.')
    expect(wordsOf(list.body)).toContain(AGREEMENT)
    const one = await officer.dpo.get(`${FLAGS}/${days.volume}/staff_volume`)
    expect(wordsOf(one.body)).toContain('Vergleich mit anderen in solchen Bereichen')
    const rules = await officer.dpo.get(`${FLAGS}/rules`)
    expect(wordsOf(rules.body)).toContain(AGREEMENT)
    const access = await officer.dpo.get(`/de/oversight/accesses/${days.volume}`)
    for (const { status, body } of [list, one, rules, access]) {
      expect([status, held(body, canaries)]).toEqual([200, []])
    }
  })

  it('stand in nothing that leaves the office', async () => {
    const canaries = [...(await handles()), 'staff_', 'Mitglied des Personals', AGREEMENT]
    for (const format of ['json', 'csv']) {
      const reference = await officer.asked('de', '', format)
      await officer.work()
      const file = (await officer.fileOf(reference)).toString('utf8')
      expect(file.length).toBeGreaterThan(1_000)
      expect(held(file, canaries)).toEqual([])
    }
    const csv = await fetch(`${room.app.url}/statistics/accesses.csv`)
    expect(held(await csv.text(), canaries)).toEqual([])
  })
})

describe('a member of staff', () => {
  it('reads what was found about their own looks, and no other member of staff does', async () => {
    const own = wordsOf((await clerkPage.get(OWN)).body)
    expect(own).toContain('Immer wieder dasselbe Mitglied des Personals')
    expect(own).toContain('von einem Mitglied des Personals abgerufen: 3.')
    expect(own).toContain('Neu')
    expect(own).toContain(AGREEMENT)
    expect(own).toContain('Nur sie kann es auflösen.')
    const none = 'Zu Ihnen gibt es keinen Treffer.'
    expect(wordsOf((await colleaguePage.get(OWN)).body)).toContain(none)
    const dpo = wordsOf((await officer.dpo.get(`${FLAGS}/own`)).body)
    expect(dpo).toContain(none)
    const canaries = await handles()
    expect(held((await clerkPage.get(OWN)).body, canaries)).toEqual([])
  })

  it('reads what the officer made of it', async () => {
    const key = { index: looks.at(-1) ?? -1, rule: 'staff_repeated' } as const
    const act = { step: 'explained', reason: 'paper_file' } as const
    const { worklist } = room.app.portal
    expect(await worklist.step(officer.actor, { ...key, version: 0 }, act)).toBe(undefined)
    expect(wordsOf((await clerkPage.get(OWN)).body)).toContain('Erklärt')
  })

  it('of an office without an agreement reads that no rule looks at them', async () => {
    const page = await officer.reader('dpo-2')
    const words = wordsOf((await page.get(`${FLAGS}/own`)).body)
    expect(words).toContain('Keine Regel sieht auf einzelne Mitarbeitende.')
    expect(words).not.toContain(AGREEMENT)
  })
})

describe('the database', () => {
  const watch = { who: ['watch', 'watch'] as const, settings: {} }
  const acting = 'select from reporting.acting'

  it('shows who acted to the rules alone, encrypted, and at an office with an agreement alone', async () => {
    const at = (office: number) => ({ ...watch, settings: { office: String(office) } })
    const [mine] = await says(room, at(room.office.id), [acting])
    expect(Number(mine?.split(' ')[0])).toBeGreaterThan(20)
    expect(await says(room, at(room.other.id), [acting])).toEqual(['0 rows'])
    for (const login of ['reporting', 'worker', 'web'] as const) {
      const settings = { office: String(room.office.id) }
      expect(await says(room, { who: [login, login], settings }, [acting])).toEqual([REFUSED])
    }
  })

  it('tells no two findings of one actor together', async () => {
    const { rows } = await room.superuser.query<{ most: number }>(
      `select max(times)::int as most from (select count(*) as times from oversight.concerned group by mark) one`,
    )
    expect(rows[0]?.most).toBe(1)
  })

  it('hands a finding to whoever knows its mark, and to nobody else', async () => {
    const { rows } = await room.superuser.query<{ mark: Buffer; at: number }>(
      'select mark, leaf_index as at from oversight.concerned order by leaf_index limit 1',
    )
    const { mark = Buffer.alloc(0), at = 0 } = rows[0] ?? {}
    const staff = ['web', 'web_staff'] as const
    const settings = { office: String(room.office.id), staff: clerk.staff }
    const ask = (hex: string) =>
      `select from oversight.own_finding(${at}, 'staff_repeated', '\\x${hex}')`
    const asked = [
      ask(mark.toString('hex')),
      ask('00'.repeat(32)),
      'select from oversight.concerned',
    ]
    expect(await says(room, { who: staff, settings }, asked)).toEqual(['1 rows', '0 rows', REFUSED])
  })

  it('takes no finding about staff without an agreement, and never a withheld one', async () => {
    const row = (office: number) =>
      `(9, 'staff_repeated', ${office}, 1, '{}', 9, now(), 'new', null, 0, now(), current_date + 9)`
    const worker = { who: ['worker', 'worker'] as const, settings: {} }
    const tries = [
      `insert into oversight.finding values ${row(room.office.id)}`,
      `insert into oversight.finding values ${row(room.other.id)}`,
      `insert into oversight.sealed_finding values ${row(room.office.id)}`,
      `insert into oversight.actor_day values (${room.other.id}, 1, '2026-01-01', '\\x00', 'x', 1, 1, '2027-01-01', '2027-01-01')`,
    ]
    expect(await says(room, worker, tries)).toEqual(['1 rows', REFUSED, REFUSED, REFUSED])
  })

  it('keeps every row of agreements as it was written, for the start alone to write', async () => {
    const settings = { office: String(room.office.id), staff: clerk.staff }
    const staff = { who: ['web', 'web_staff'] as const, settings }
    const tries = [
      'select from oversight.service_agreement',
      `insert into oversight.service_agreement (office, reference, since, state, noted_at)
        values (1, 'planted', '2020-01-01', 'named', now())`,
      `update oversight.service_agreement set state = 'ended'`,
      'delete from oversight.service_agreement',
    ]
    expect(await says(room, staff, tries)).toEqual(['1 rows', REFUSED, REFUSED, REFUSED])
  })
})

describe('an agreement of an office that nobody knows', () => {
  it('stops the start', async () => {
    const { installation } = room.app
    const serviceAgreements = [{ code: 'i.no.such', name: AGREEMENT, day: '2020-01-01' }]
    const config = { ...installation.config, serviceAgreements }
    await expect(nameAgreements({ ...installation, config })).rejects.toThrow(/i\.no\.such/)
  })
})

describe('an agreement that the configuration no longer names', () => {
  it('ends the rules at once, while what was found stays readable to whom it concerns', async () => {
    const { installation, portal } = room.app
    const config = { ...installation.config, serviceAgreements: [] }
    // A second start changes nothing.
    await nameAgreements(installation)
    await nameAgreements({ ...installation, config })
    const { rows } = await room.superuser.query<{ state: string }>(
      'select state from oversight.service_agreement order by number',
    )
    expect(rows.map(({ state }) => state)).toEqual(['named', 'ended'])
    const before = await aboutStaff()
    await lookedUp(clerk, 3)
    await judge()
    expect(await aboutStaff()).toEqual(before)
    const at = { office: String(room.office.id) }
    expect(
      await says(room, { who: ['watch', 'watch'], settings: at }, ['select from reporting.acting']),
    ).toEqual(['0 rows'])
    const { rules } = await portal.flagRules.read(officer.actor)
    const staff = rules.filter(({ lacksAgreement }) => lacksAgreement)
    expect(staff.map(({ code, isOn }) => [code, isOn])).toEqual([
      ['staff_volume', false],
      ['staff_repeated', false],
    ])
    const choice = { rule: 'staff_repeated', isOn: true, after: 0 } as const
    expect(await portal.flagRules.toggle(officer.actor, choice)).toBe(false)
    const body = wordsOf((await clerkPage.get(OWN)).body)
    expect(body).toContain('Keine Regel sieht auf einzelne Mitarbeitende.')
    expect(body).toContain('Immer wieder dasselbe Mitglied des Personals')
  })

  it('leaves no count of an actor behind its day, and no fault in the log', async () => {
    const due = ['actor_day', 'concerned'].map(
      (one) => `update oversight.${one} set expires_on = current_date`,
    )
    await room.superuser.query(due.join(';'))
    expect(await room.app.portal.watching.forget()).toBeGreaterThan(0)
    const left =
      'select unit from oversight.actor_day union all select office from oversight.concerned'
    const { rows } = await room.superuser.query(left)
    expect(rows).toEqual([])
    const planted = `insert into overview.operator_ref select leaf_index, '\\x00', expires_on
      from overview.access_event limit 1`
    const settings = { office: String(room.office.id), staff: clerk.staff }
    expect(await commits(room, { who: ['web', 'web_staff'], settings }, [planted])).toBe('42501')
    expect(await room.faults()).toEqual([])
  })
})
