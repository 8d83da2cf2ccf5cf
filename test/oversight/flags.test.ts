import { setTimeout as sleep } from 'node:timers/promises'
import { germanDay } from '../../server/platform/kernel/days.js'
import { csrfIn, type Visitor } from '../support/visitor.js'
import { flaggedOffice, type Flagged } from './flagged.js'
import { lookUp } from './looking-up.js'
import { visitorAs } from '../journeys/stations.js'

const LIST = '/de/oversight/flags'
const DAY = 86_400_000

let flagged: Flagged
let room: Flagged['room']
let officer: Flagged['officer']
let entries: Flagged['entries']
let dpo: Visitor

beforeAll(async () => {
  flagged = await flaggedOffice()
  ;({ room, officer, entries } = flagged)
  dpo = await reader('dpo')
}, 60_000)

afterAll(() => room?.close())

const reader = (name: string) => visitorAs(room.app, name)

const linked = (body: string) =>
  [...body.matchAll(/\/oversight\/flags\/(\d+)\/([a-z_]+)"/g)].map(
    ([, index, rule]) => `${index} ${rule}`,
  )
const found = async (query = '', browser = dpo) =>
  linked((await browser.get(`${LIST}${query}`)).body)
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const send = async (browser: Visitor, path: string, form: Record<string, string>) =>
  browser.post(path, { ...form, csrf: csrfIn((await browser.get(`${LIST}/rules`)).body) })
const act = (browser: Visitor, which: string, form: Record<string, string>) =>
  send(browser, `${LIST}/${which.replace(' ', '/')}`, form)

/** What a person was told, by the codes of the messages. */
async function messages({ actor }: Flagged['amina']): Promise<readonly string[]> {
  const { rows } = await room.superuser.query<{ code: string }>(
    `select code from notices.message where account = $1 order by told_at`,
    [actor.account],
  )
  return rows.map(({ code }) => code)
}

describe('the work list of an office', () => {
  it('holds what nothing explains, the heaviest first, and names nobody', async () => {
    const { status, body } = await dpo.get(LIST)
    expect(status).toBe(200)
    const { day, night, withheld, asked, explained } = entries
    const noCase = [day, night, withheld, asked].sort((a, b) => b - a)
    expect(linked(body)).toEqual([
      `${night} off_hours`,
      ...noCase.map((index) => `${index} no_case`),
    ])
    expect(linked(body)).not.toContain(`${explained} no_case`)
    const { amina, bilal } = flagged
    for (const secret of [...amina.actor.subjects, ...bilal.actor.subjects, officer.staff]) {
      expect(body).not.toContain(secret)
    }
    expect(body).not.toContain(amina.number)
  })

  it('is narrowed by rule and state', async () => {
    expect(await found('?rule=off_hours')).toEqual([`${entries.night} off_hours`])
    expect(await found('?state=confirmed')).toEqual([])
    expect(await found('?rule=nothing&state=x&after=1.x')).toHaveLength(5)
  })

  it('goes on behind a finding', async () => {
    const [first = '', ...rest] = await found()
    const [index, rule] = first.split(' ')
    expect(await found(`?after=45.${index}.${rule}`)).toEqual(rest)
  })

  it('is nobody else’s: not of the one who looked, nor of another office', async () => {
    expect((await (await reader('caseworker')).get(LIST)).status).toBe(404)
    const other = await reader('dpo-2')
    expect(await found('', other)).toEqual([])
    expect((await other.get(`${LIST}/${entries.night}/off_hours`)).status).toBe(404)
    expect((await act(other, `${entries.night} off_hours`, {})).status).toBe(404)
  })
})

describe('the page of an access', () => {
  const why = async (index: number) =>
    (await dpo.get(`/de/oversight/accesses/${index}`)).body.split('Der Eintrag im Protokoll')[0] ??
    ''

  it('says what explains it, or leads to what the rules found', async () => {
    const { night, explained, withheld } = entries
    const known = await why(explained)
    expect(known).toMatch(/Ihre Behörde hat seit dem .* einen Fall dieser Person/)
    expect(linked(known)).toEqual([])
    const found = await why(night)
    expect(found).toContain('Das Portal kennt nichts, was diesen Zugriff erklärt.')
    expect(linked(found)).toEqual([`${night} off_hours`, `${night} no_case`])
    expect(linked(await why(withheld))).toEqual([`${withheld} no_case`])
  })

  it('stands in the result of a search with what the rules found', async () => {
    expect((await dpo.get('/de/oversight')).body).toContain('href="/de/oversight/lookups"')
    const searched = await lookUp(room.app, 'dpo', flagged.amina.number)
    const body = wordsOf((await dpo.get(`/de/oversight/lookups/${searched}`)).body)
    expect(body).toContain('Bei 3 davon fanden die Regeln etwas.')
    expect(body).toContain('Außerhalb der Arbeitszeit · Kein Fall bekannt')
  })

  it('says that the rules have not read it yet', async () => {
    const { superuser } = room
    const { rows } = await superuser.query<{ below: string }>(
      'select below from oversight.watch where office = $1',
      [room.office.id],
    )
    const set = (below: number) =>
      superuser.query('update oversight.watch set below = $1 where office = $2', [
        below,
        room.office.id,
      ])
    await set(0)
    expect(await why(entries.explained)).toContain('noch nicht gelesen')
    await set(Number(rows[0]?.below))
    expect(await why(entries.explained)).not.toContain('noch nicht gelesen')
  })
})

describe('a finding', () => {
  it('says what it rests on, and whether its person can see a look', async () => {
    const open = wordsOf((await dpo.get(`${LIST}/${entries.night}/off_hours`)).body)
    expect(open).toContain('Von Hand abgerufen zwischen 20 und 6 Uhr.')
    expect(open).toContain('steht Ihr Blick im Protokoll der Person')
    const sealed = wordsOf((await dpo.get(`${LIST}/${entries.withheld}/no_case`)).body)
    expect(sealed).toContain('Die Person sieht ihn nicht')
    expect(sealed).toContain('für die Person unsichtbar')
  })

  it('is asked about, explained, and confirmed for good; every step stays', async () => {
    const which = `${entries.day} no_case`
    expect((await act(dpo, which, { act: 'new.x', version: '0' })).status).toBe(400)
    expect((await act(dpo, which, { act: 'asked.unit', version: '0' })).status).toBe(303)
    expect((await act(dpo, which, { act: 'explained.paper_file', version: '1' })).status).toBe(303)
    expect((await act(dpo, which, { act: 'dismissed.test', version: '2' })).status).toBe(409)
    expect((await act(dpo, which, { act: 'confirmed.private', version: '2' })).status).toBe(303)
    expect((await act(dpo, which, { act: 'asked.unit', version: '3' })).status).toBe(409)
    const { steps } = await room.app.portal.worklist.open(officer, {
      index: entries.day,
      rule: 'no_case',
    })
    expect(steps.map(({ number, state, reason }) => [number, state, reason])).toEqual([
      [1, 'asked', 'unit'],
      [2, 'explained', 'paper_file'],
      [3, 'confirmed', 'private'],
    ])
    expect(await messages(flagged.amina)).toEqual(['access_confirmed'])
    const body = wordsOf((await dpo.get(`${LIST}/${entries.day}/no_case`)).body)
    expect(body).toContain('Dieser Treffer ist bestätigt.')
    expect(body).toContain('privater Anlass')
  })

  it('takes one of two answers that come at once', async () => {
    const key = { index: entries.night, rule: 'no_case', version: 0 } as const
    // Both have read the finding before either can write.
    const { superuser } = room
    await superuser.query('begin; select from oversight.finding for update')
    const both = Promise.all(
      (['asked', 'dismissed'] as const).map((step) =>
        room.app.portal.worklist.step(officer, key, {
          step,
          reason: step === 'asked' ? 'unit' : 'test',
        }),
      ),
    )
    const waiting = 'select from pg_locks where not granted'
    while ((await superuser.query(waiting)).rowCount !== 2) await sleep(50)
    await superuser.query('commit')
    const answers = await both
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    expect(answers).toContain('STALE')
  })

  it('about a withheld access moves in its own table', async () => {
    const which = `${entries.withheld} no_case`
    expect((await act(dpo, which, { act: 'asked.head', version: '0' })).status).toBe(303)
    const { rows } = await room.superuser.query<{ open: string; sealed: string }>(
      `select (select count(*) from oversight.finding where leaf_index = $1) as open,
        (select count(*) from oversight.sealed_finding_step where leaf_index = $1) as sealed`,
      [entries.withheld],
    )
    expect(rows.map(({ open, sealed }) => [Number(open), Number(sealed)])).toEqual([[0, 1]])
    // Whoever must not know of an access is not told that it was not allowed, either.
    const before = await messages(flagged.amina)
    expect((await act(dpo, which, { act: 'confirmed.no_reason', version: '1' })).status).toBe(303)
    expect(await messages(flagged.amina)).toEqual(before)
  })
})

describe('a finding about a day of a unit', () => {
  it('leads to a list of what it is about, without any person', async () => {
    const { catalogue } = room.app.installation
    const unit = catalogue.units.byCode('casework')
    const occurredAt = flagged.instant(undefined)
    const more = { occurredAt, unit: 'casework' }
    const own = await room.accesses(flagged.amina, 2, more)
    await room.accesses(flagged.amina, 1, { ...more, unit: 'data_protection' })
    await room.accesses(flagged.amina, 1, {
      ...more,
      occurredAt: new Date(Date.parse(occurredAt) - 21 * DAY).toISOString(),
    })
    await room.app.portal.ledger.tick()
    const day = germanDay(new Date(occurredAt))
    const found = (rule: string, evidence: object) =>
      room.superuser.query(
        `insert into oversight.finding (leaf_index, rule, office, weight, evidence, log_size, found_at, state,
            version, changed_at, expires_on)
          values ($1, $2, $3, 70, $4, 9, now(), 'new', 0, now(), current_date + 90)`,
        [own[0], rule, room.office.id, evidence],
      )
    await found('volume', { day, unit: unit?.id })
    await found('staff_volume', { day, unit: unit?.id })
    const { body } = await dpo.get(`${LIST}/${own[0]}/volume`)
    const [, href = ''] = /href="(\/de\/oversight\/accesses\?[^"]+)"/.exec(body) ?? []
    const list = await dpo.get(href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'))
    const listed = [...list.body.matchAll(/\/oversight\/accesses\/(\d+)"/g)].map(([, one]) =>
      Number(one),
    )
    expect(new Set(listed)).toEqual(new Set(own))
    expect(list.body).not.toContain(flagged.amina.number)
    // A finding about one member of staff leads to no list of theirs.
    const other = await dpo.get(`${LIST}/${own[0]}/staff_volume`)
    expect(other.status).toBe(200)
    expect(other.body).not.toContain('/de/oversight/accesses?')
  })
})

describe('the rules of an office', () => {
  const RULES = `${LIST}/rules`

  it('say what each found and what came of it', async () => {
    const { rules, explained, asOf } = await room.app.portal.flagRules.read(officer)
    const noCase = rules.find(({ code }) => code === 'no_case')
    expect(noCase).toMatchObject({ hits: 4, confirmed: 2, isOn: true })
    expect(explained).toMatchObject({ open_case: 1, unexplained: 3 })
    expect(asOf?.size).toBeGreaterThan(0)
    const body = wordsOf((await dpo.get(RULES)).body)
    expect(body).toContain('Kein Fall bekannt')
    expect(body).toContain('50 %')
  })

  it('say where there are too few units to compare', async () => {
    await room.superuser.query('update oversight.watch set peers = 3')
    expect(wordsOf((await dpo.get(RULES)).body)).toContain('Nötig: 10. Vorhanden: 3.')
  })

  it('are tried on past data, which writes nothing', async () => {
    const [from, until] = [13, 0].map((back) =>
      new Date(room.app.clock.now().getTime() - back * DAY).toISOString().slice(0, 10),
    )
    const count = () => room.superuser.query('select count(*) from oversight.finding')
    const before = (await count()).rows
    const { status, body } = await dpo.get(`${RULES}?from=${from}&until=${until}`)
    expect(status).toBe(200)
    expect(wordsOf(body)).toContain('Außerhalb der Arbeitszeit 1')
    expect((await count()).rows).toEqual(before)
    expect((await dpo.get(`${RULES}?from=${until}&until=2020-01-01`)).status).toBe(400)
    expect((await dpo.get(`${RULES}?from=2026-02-31&until=${until}`)).status).toBe(400)
    expect((await dpo.get(`${RULES}?from=2020-01-01&until=${until}`)).status).toBe(400)
  })

  it('find nothing any more once they are off, and something again', async () => {
    const { amina } = flagged
    const off = { rule: 'no_case', to: 'off', after: '0' }
    expect((await send(dpo, RULES, off)).status).toBe(303)
    expect((await send(dpo, RULES, off)).status).toBe(409)
    expect((await send(dpo, RULES, { ...off, rule: 'nothing' })).status).toBe(400)
    const [quiet = -1] = await room.accesses(amina, 1, { occurredAt: flagged.instant(undefined) })
    await flagged.judge()
    expect(await found('?rule=no_case')).not.toContain(`${quiet} no_case`)
    expect((await send(dpo, RULES, { ...off, to: 'on', after: '1' })).status).toBe(303)
    const [loud = -1] = await room.accesses(amina, 1, { occurredAt: flagged.instant(undefined) })
    await flagged.judge()
    expect(await found('?rule=no_case')).toContain(`${loud} no_case`)
    const { history } = await room.app.portal.flagRules.read(officer)
    expect(history.map(({ rule, isOn }) => [rule, isOn])).toEqual([
      ['no_case', true],
      ['no_case', false],
    ])
  })
})
