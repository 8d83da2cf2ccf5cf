import type { StaffActor } from '../../server/identity/index.js'
import { visitorAs } from '../journeys/stations.js'
import { REFUSED } from '../platform/answers.js'
import { commits, says, type Settings } from '../support/past.js'
import { csrfIn, type Visitor } from '../support/visitor.js'
import { askedOffice, inbox, listed, versionIn, wordsOf } from './asking.js'
import type { Flagged } from './flagged.js'

const FLAGS = '/de/oversight/flags'
const WORK = '/de/work/questions'
const DAY_MS = 86_400_000

let flagged: Flagged
let room: Flagged['room']
let entries: Flagged['entries']
let dpo: Visitor
let clerk: Visitor
/** A caseworker of another unit of the same office. */
let outsider: StaffActor

beforeAll(async () => {
  ;({ flagged, outsider } = await askedOffice())
  ;({ room, entries } = flagged)
  await room.superuser.query("update ingestion.stream set case_ref_pattern = '^AZ:[0-9]{4}$'")
  ;[dpo, clerk] = await Promise.all([visitorAs(room.app, 'dpo'), visitorAs(room.app, 'caseworker')])
}, 60_000)

afterAll(() => room?.close())

const asking = (entry: number, rule: string) => `${FLAGS}/${entry}/${rule}`

/** Asks as the page lets an officer ask: with the version that it shows. */
async function ask(entry: number, rule: string, form: Record<string, string>): Promise<number> {
  const { body } = await dpo.get(asking(entry, rule))
  const sent = { csrf: csrfIn(body), version: versionIn(body), ...form }
  return (await dpo.post(`${asking(entry, rule)}/ask`, sent)).status
}

const queue = async (browser = clerk) => listed((await browser.get(WORK)).body)

/** The one question that stands in a queue. */
async function inQueue(browser = clerk): Promise<string> {
  const [reference = '', ...more] = await queue(browser)
  expect(more).toEqual([])
  return reference
}

async function answer(reference: string, form: Record<string, string>): Promise<number> {
  const { body } = await clerk.get(WORK)
  const csrf = csrfIn((await clerk.get('/de/staff')).body + body)
  return (await clerk.post(`${WORK}/${reference}`, { csrf, ...form })).status
}

/** How many looks stand in the log of Amina. */
async function looks(): Promise<number> {
  const { rows } = await room.superuser.query<{ count: number }>(
    `select count(*)::int as count from overview.access_event where stream is null and subject = any($1)`,
    [flagged.amina.actor.subjects],
  )
  return rows[0]?.count ?? 0
}

const stepsOf = async (entry: number, rule: 'off_hours' | 'no_case') =>
  (await room.app.portal.worklist.open(flagged.officer, { index: entry, rule })).steps.map(
    ({ state, reason }) => `${state} ${reason}`,
  )

describe('a question to the unit of a finding', () => {
  it('is asked in building blocks, and the finding becomes asked with it', async () => {
    const { night } = entries
    expect(await ask(night, 'off_hours', {})).toBe(400)
    expect(await ask(night, 'off_hours', { wants: 'who' })).toBe(400)
    expect(await ask(night, 'off_hours', { wants: 'case', version: '7' })).toBe(409)
    expect(await queue()).toEqual([])
    expect(await ask(night, 'off_hours', { wants: 'time' })).toBe(303)
    expect(await stepsOf(night, 'off_hours')).toEqual(['asked portal'])
    const { body } = await dpo.get(`${FLAGS}?state=asked`)
    expect(body).toContain(`/oversight/flags/${night}/off_hours`)
    const page = wordsOf((await dpo.get(asking(night, 'off_hours'))).body)
    expect(page).toContain('Noch 14 Tage')
    expect(page).toContain('Eine Frage ist schon offen.')
    expect(await ask(night, 'off_hours', { wants: 'time' })).toBe(409)
  })

  it('comes to caseworkers of that unit alone, and names nobody', async () => {
    const reference = await inQueue()
    expect(await inbox(clerk)).toEqual(['Der Datenschutz fragt Ihren Bereich'])
    const { body } = await clerk.get(WORK)
    const { amina } = flagged
    for (const secret of [...amina.actor.subjects, amina.number, flagged.officer.staff]) {
      expect(body).not.toContain(secret)
    }
    for (const name of ['caseworker-2', 'supervisor']) {
      const other = await visitorAs(room.app, name)
      expect(await queue(other)).toEqual([])
      expect((await other.get(`${WORK}/${reference}`)).status).toBe(404)
      expect(await inbox(other)).toEqual([])
    }
    expect((await dpo.get(`${WORK}/${reference}`)).status).toBe(404)
    expect((await clerk.get(`${FLAGS}/questions`)).status).toBe(404)
  })

  it('is opened by a look that the person sees', async () => {
    const reference = await inQueue()
    const before = await looks()
    const { status, body } = await clerk.get(`${WORK}/${reference}`)
    expect([status, await looks()]).toEqual([200, before + 1])
    const words = wordsOf(body)
    expect(words).toContain('Warum zu dieser Zeit?')
    expect(words).toContain('Ihr Blick auf diesen Zugriff steht im Protokoll der Person.')
    expect(body).not.toContain(flagged.amina.actor.subjects[0])
    // It proves what the unit did, and is no look of an officer: supervisors watch those alone.
    const watched = await (await visitorAs(room.app, 'operator')).get('/de/oversight/looks')
    expect(watched.body).toContain('Hier steht noch kein Blick.')
  })

  it('is answered in building blocks, with a file number that is one', async () => {
    const reference = await inQueue()
    const link = `${FLAGS}/questions/${reference}/answer`
    expect(await answer(reference, {})).toBe(400)
    expect(await answer(reference, { answer: 'colleague' })).toBe(400)
    expect(await answer(reference, { answer: 'case_here', caseRef: 'Frau Müller!' })).toBe(400)
    expect(await answer(reference, { answer: 'case_here', caseRef: 'AZ 12/3' })).toBe(400)
    expect(await answer(reference, { answer: 'mistake', caseRef: 'AZ:0815' })).toBe(400)
    expect(await answer(reference, { answer: 'case_here', caseRef: ' AZ:0815 ' })).toBe(303)
    expect(await answer(reference, { answer: 'mistake' })).toBe(409)
    expect(await queue()).toEqual([])
    expect((await inbox(dpo))[0]).toBe('Ein Bereich hat Ihre Frage beantwortet')
    // A file number tells of a person: the page of the finding, which is no look, does not show it.
    const { body } = await dpo.get(asking(entries.night, 'off_hours'))
    expect(wordsOf(body)).toContain('Es gibt einen Fall bei uns. Ein Aktenzeichen ist dabei')
    expect(body).not.toContain('AZ:0815')
    expect((await dpo.get(`${FLAGS}/questions?show=ended`)).body).not.toContain('AZ:0815')
    const before = await looks()
    const opened = wordsOf((await dpo.get(link)).body)
    expect(opened).toContain('AZ:0815')
    expect(await looks()).toBe(before + 1)
    expect((await (await visitorAs(room.app, 'dpo-2')).get(link)).status).toBe(404)
    expect(await stepsOf(entries.night, 'off_hours')).toEqual(['asked portal'])
  })

  it('is asked again after an answer, and no longer needed once the officer decides', async () => {
    const { night } = entries
    expect(await ask(night, 'off_hours', { wants: 'case' })).toBe(303)
    const reference = await inQueue()
    const { body } = await dpo.get(asking(night, 'off_hours'))
    const decided = { csrf: csrfIn(body), version: versionIn(body), act: 'explained.duty_at_night' }
    expect((await dpo.post(asking(night, 'off_hours'), decided)).status).toBe(303)
    expect(await queue()).toEqual([])
    expect((await clerk.get(`${WORK}/${reference}`)).status).toBe(404)
    expect((await clerk.get('/de/staff/inbox')).body).not.toContain('pill-new">Neu<')
    const words = wordsOf((await dpo.get(asking(night, 'off_hours'))).body)
    expect(words).toContain('Nicht mehr nötig')
  })
})

describe('a withheld access', () => {
  it('is asked about outside the portal, and the page says so to the officer alone', async () => {
    const { withheld } = entries
    const { body } = await dpo.get(asking(withheld, 'no_case'))
    expect(wordsOf(body)).toContain('Der Bereich darf davon im Portal nichts erfahren.')
    expect(body).not.toContain('/no_case/ask"')
    expect(await ask(withheld, 'no_case', { wants: 'case' })).toBe(409)
    expect(await stepsOf(withheld, 'no_case')).toEqual([])
    expect(await queue()).toEqual([])
    const sent = { csrf: csrfIn(body), version: '0', act: 'asked.head' }
    expect((await dpo.post(asking(withheld, 'no_case'), sent)).status).toBe(303)
    expect(await stepsOf(withheld, 'no_case')).toEqual(['asked head'])
  })
})

describe('a finding about a day of a unit', () => {
  it('is asked about without any person, and needs no file number', async () => {
    await room.superuser.query(
      `insert into oversight.finding (leaf_index, rule, office, weight, evidence, log_size, found_at, state,
          version, changed_at, expires_on)
        select leaf_index, 'volume', office, 70, jsonb_build_object('day', '2026-11-27', 'unit',
          (evidence->>'unit')::int, 'count', 40), log_size, found_at, 'new', 0, found_at, expires_on
        from oversight.finding where leaf_index = $1 and rule = 'no_case'`,
      [entries.day],
    )
    expect(await ask(entries.day, 'volume', { wants: 'case' })).toBe(400)
    expect(await ask(entries.day, 'volume', { wants: 'amount' })).toBe(303)
    const reference = await inQueue()
    const before = await looks()
    const { body } = await clerk.get(`${WORK}/${reference}`)
    expect(wordsOf(body)).toContain('Hier steht keine Person.')
    expect(body).not.toContain('name="caseRef"')
    expect(await answer(reference, { answer: 'case_here', caseRef: 'AZ:0001' })).toBe(400)
    expect(await answer(reference, { answer: 'machine' })).toBe(303)
    expect(await looks()).toBe(before)
  })
})

describe('the tables of questions', () => {
  const who = ['web', 'web_staff'] as const
  const officer = (): Settings => ({
    office: String(room.office.id),
    staff: flagged.officer.staff,
  })

  it('take no question beside a finding that nobody has asked about, nor about a withheld one', async () => {
    const asked = (table: string, index: number) =>
      `insert into oversight.question (question, reference, leaf_index, rule, office, unit, evidence, wants,
          state, asked_at, due_on, steps, changed_at, expires_on)
        select gen_random_uuid(), 'Q2Q2Q2Q2', leaf_index, rule, office, 0, evidence, array['case'], 'open',
          now(), current_date, 1, now(), expires_on from oversight.${table} where leaf_index = ${index}
            and rule = 'no_case'`
    const tries = [asked('finding', entries.day), asked('sealed_finding', entries.withheld)]
    expect(await says(room, { who, settings: officer() }, tries)).toEqual([REFUSED, REFUSED])
  })

  it('keep every step, and let a unit answer and nothing else', async () => {
    expect(await ask(entries.asked, 'no_case', { wants: 'case' })).toBe(303)
    const reference = await inQueue()
    const open = `where reference = '${reference}'`
    const given = `set state = 'answered', answer = 'mistake', steps = 2, changed_at = now() ${open}`
    const unit = { office: String(room.office.id), staff: outsider.staff }
    expect(
      await says(room, { who, settings: unit }, [
        `update oversight.question ${given}`,
        'select from oversight.question where leaf_index >= 0',
        'select from oversight.question_step where number >= 0',
      ]),
    ).toEqual(['0 rows', '0 rows', '0 rows'])
    const tries = [
      `update oversight.question set wants = '{time}'`,
      'delete from oversight.question',
      'update oversight.question_step set number = 9',
      'delete from oversight.question_step',
      'insert into oversight.question_step select * from oversight.question_step',
      `select oversight.remind_overdue(now())`,
      `select oversight.answerers(1, 0)`,
    ]
    expect(await says(room, { who, settings: officer() }, tries)).toEqual(tries.map(() => REFUSED))
    // Officers ask, and do not answer themselves.
    const own = [`update oversight.question ${given}`]
    expect(await commits(room, { who, settings: officer() }, own)).toBe('done')
    expect(await inQueue()).toBe(reference)
  })

  it('let any caseworker of the office answer where nobody works for the unit', async () => {
    await room.superuser.query(`update identity.staff set unit = null where role = 'caseworker'`)
    const reference = await inQueue()
    expect(await inQueue(await visitorAs(room.app, 'caseworker-2'))).toBe(reference)
    expect(await queue(await visitorAs(room.app, 'supervisor'))).toEqual([])
  })
})

describe('an overdue answer', () => {
  it('is reminded of once, on both sides', async () => {
    const { portal, clock } = room.app
    const reference = await inQueue()
    expect(await portal.officeQuestions.remind()).toBe(0)
    clock.moveTo(new Date(clock.now().getTime() + 15 * DAY_MS))
    expect(await portal.officeQuestions.remind()).toBe(1)
    expect(await portal.officeQuestions.remind()).toBe(0)
    ;[dpo, clerk] = await Promise.all([
      visitorAs(room.app, 'dpo'),
      visitorAs(room.app, 'caseworker'),
    ])
    expect((await inbox(dpo))[0]).toBe('Ein Bereich hat nicht rechtzeitig geantwortet')
    expect((await inbox(clerk))[0]).toBe('Eine Antwort Ihres Bereichs ist überfällig')
    const words = wordsOf((await dpo.get(`${FLAGS}/questions`)).body)
    expect(words).toContain('Seit 1 Tag überfällig')
    const opened = await dpo.get(`${FLAGS}/questions/${reference}/answer`)
    expect(wordsOf(opened.body)).toContain('Erinnert, weil die Antwort fehlt')
  })

  it('cannot be asked where nobody in the office can answer', async () => {
    await room.superuser.query(
      `update identity.staff set state = 'suspended' where role = 'caseworker' and office = $1`,
      [room.office.id],
    )
    const { body } = await dpo.get(asking(entries.night, 'no_case'))
    expect(wordsOf(body)).toContain('Niemand in Ihrer Behörde kann im Portal antworten.')
    expect(await ask(entries.night, 'no_case', { wants: 'case' })).toBe(409)
  })
})

describe('a question whose entry is gone', () => {
  it('goes with it, its steps as well', async () => {
    await room.superuser.query(
      `alter table oversight.question disable trigger note_step;
       alter table oversight.question disable trigger tell;
       alter table oversight.question_step disable trigger no_change;
       update oversight.question set expires_on = current_date;
       update oversight.question_step set expires_on = current_date;
       alter table oversight.question enable always trigger note_step;
       alter table oversight.question enable always trigger tell;
       alter table oversight.question_step enable always trigger no_change`,
    )
    expect(await room.app.portal.watching.forget()).toBeGreaterThan(10)
    const { rows } = await room.superuser.query(
      `select question from oversight.question union all select question from oversight.question_step`,
    )
    expect(rows).toEqual([])
    expect(await room.faults()).toEqual([])
  })
})
