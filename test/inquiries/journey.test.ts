import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let own: Walker
let officer: Walker

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  await room.staff('dpo', 'dpo')
  own = await walker(room.app, 'resident-ar')
  officer = await walker(room.app, 'dpo')
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

const WRONG = { kind: 'surprise', reasons: ['unknown_office', 'other'], words: 'من هذه الدائرة؟' }

/** Asks through the pages about a new access; the access and the reference. */
async function ask(fields: Readonly<Record<string, string | readonly string[]>> = WRONG) {
  const [entry = 0] = await room.accesses(person, 1)
  const at = `/ar/me/accesses/${entry}/ask`
  await own.open(at)
  const sent = await own.send(at, fields)
  return { entry, at, sent, reference: sent.to.split('/').at(-1) ?? '' }
}

const lookCount = async () => {
  const { rows } = await room.superuser.query<{ count: string }>(
    'select count(*) from overview.access_event where stream is null and subject = any ($1)',
    [person.actor.subjects],
  )
  return Number(rows[0]?.count)
}

describe('a resident whom an access surprises', () => {
  it('says so from its page, and the officer of the office that acted answers', async () => {
    const [entry = 0] = await room.accesses(person, 1)
    const page = await own.open(`/ar/me/accesses/${entry}`)
    expect(page.body).toContain(`/ar/me/accesses/${entry}/ask?kind&#x3D;surprise`)
    const form = await own.open(`/ar/me/accesses/${entry}/ask?kind=surprise`)
    expect(form.body).toMatch(/value="surprise" checked/)
    const asked = await own.send(`/ar/me/accesses/${entry}/ask`, WRONG)
    expect([asked.status, asked.to]).toEqual([200, expect.stringMatching(/^\/ar\/me\/inquiries\//)])
    const reference = asked.to.split('/').at(-1) ?? ''
    expect(asked.body).toContain('من هذه الدائرة؟')
    expect(asked.body).toContain('<ol class="steps">')

    const list = await officer.open('/de/oversight/inquiries')
    expect(list.body).toContain(reference)
    const before = await lookCount()
    const opened = await officer.open(`/de/oversight/inquiries/${reference}`)
    expect(opened.body).toContain('من هذه الدائرة؟')
    expect(opened.body).toContain('Ich kenne dieses Amt nicht')
    expect(await lookCount()).toBe(before + 1)
    const log = await own.open('/ar/me/accesses')
    expect(log.body).toContain('portal_data_protection')

    await officer.open(`/de/oversight/inquiries/${reference}`)
    await officer.send(`/de/oversight/inquiries/${reference}/take`)
    expect((await own.open(asked.to)).body).toContain('قيد الفحص')
    await officer.open(`/de/oversight/inquiries/${reference}`)
    const done = await officer.send(`/de/oversight/inquiries/${reference}/answer`, {
      finding: 'mistaken',
      measures: ['management_told', 'supervisor_told'],
      words_de: 'Die Akten zweier Personen wurden verwechselt.',
    })
    expect(done.status).toBe(200)
    const answered = await own.open(asked.to)
    expect(answered.body).toContain('كان ذلك خطأ: المقصود شخص آخر.')
    expect(answered.body).toContain('تعلم إدارة الدائرة بذلك.')
    expect(answered.body).toMatch(/lang="de"[^>]*>Die Akten zweier Personen/)

    const closed = await own.send(`/ar/me/inquiries/${reference}/close`)
    expect(closed.body).toContain('أُغلق')
    expect((await own.open(`/ar/me/accesses/${entry}`)).body).toContain(reference)
  })

  it('is led to the first question while it waits, and may ask again after its end', async () => {
    const { entry, at, reference } = await ask()
    const again = await own.open(at)
    expect([again.status, again.headers.get('location')]).toEqual([
      303,
      `/ar/me/inquiries/${reference}`,
    ])
    expect((await own.open(`/ar/me/accesses/${entry}`)).body).not.toContain('/ask?kind')
    await own.open(`/ar/me/inquiries/${reference}`)
    const second = await own.send(at, { kind: 'ask', reasons: 'other' })
    expect(second.to).toBe(`/ar/me/inquiries/${reference}`)
    await own.open(`/ar/me/inquiries/${reference}`)
    await own.send(`/ar/me/inquiries/${reference}/withdraw`)
    expect((await own.open(at)).status).toBe(200)
  })

  it('keeps what was typed where something is missing, without marks that turn text', async () => {
    const refused = await ask({ kind: 'ask', words: '\u202eنص\u2066' })
    expect(refused.sent.status).toBe(400)
    expect(refused.sent.body).toContain('نص')
    const long = await own.send(refused.at, { ...WRONG, words: 'ب'.repeat(1_001) })
    expect([long.status, long.body.includes('1,000')]).toEqual([400, true])
    const sent = await own.send(refused.at, { ...WRONG, words: '\u202eنص\u2066' })
    const facts = await room.app.portal.inquiries.inquiry(
      person.actor,
      sent.to.split('/').at(-1) ?? '',
    )
    expect(facts.words).toBe('نص')
  })

  it('is told where the office has nobody who answers here, and gets a letter instead', async () => {
    await room.superuser.query("update identity.staff set state = 'suspended' where role = 'dpo'")
    try {
      const { sent } = await ask()
      expect(sent.body).toContain('هذه الدائرة لا تجيب هنا بعد')
      expect(sent.body).toMatch(/lang="de" dir="ltr"><p>An die Datenschutzbeauftragte/)
      expect(sent.body).not.toContain('<ol class="steps">')
      expect(sent.body).toContain('https://www.datenschutzkonferenz-online.de/')
    } finally {
      await room.superuser.query("update identity.staff set state = 'active' where role = 'dpo'")
    }
  })

  it('has at most twenty open questions, and a clear word about it', async () => {
    const many = await room.resident('resident-fa')
    const { inquiries } = room.app.portal
    const entries = await room.accesses(many, 21)
    for (const index of entries.slice(0, 20)) {
      await inquiries.ask(many.actor, { index, question: { kind: 'ask', reasons: ['other'] } })
    }
    const theirs = await walker(room.app, 'resident-fa')
    await theirs.open(`/de/me/accesses/${entries[20]}/ask`)
    const refused = await theirs.send(`/de/me/accesses/${entries[20]}/ask`, WRONG)
    expect(refused.status).toBe(409)
    expect(refused.body).toContain('Sie haben schon 20 offene Fragen.')
  })
})

describe('an officer', () => {
  it('cannot say that the office did wrong and do nothing about it', async () => {
    const { reference } = await ask()
    const at = `/de/oversight/inquiries/${reference}`
    await officer.open(at)
    const words = 'Ich schreibe noch daran.'
    const refused = await officer.send(`${at}/answer`, { finding: 'no_reason', words_de: words })
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Bitte sagen Sie, was daraus folgt.')
    expect(refused.body).toContain(words)
    const done = await officer.send(`${at}/answer`, { finding: 'procedure' })
    expect(done.status).toBe(200)
  })

  it('does not answer what has changed meanwhile, and reads what it is now', async () => {
    const { reference } = await ask()
    const at = `/de/oversight/inquiries/${reference}`
    await officer.open(at)
    await room.app.portal.inquiries.withdraw(person.actor, reference)
    const late = await officer.send(`${at}/answer`, { finding: 'procedure' })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Zurückgezogen')
  })

  it('passes an own matter on, and may tell later what came of it', async () => {
    const { reference } = await ask()
    const at = `/de/oversight/inquiries/${reference}`
    await officer.open(at)
    await officer.send(`${at}/pass`, { reason: 'own_matter' })
    const waiting = await own.open(`/ar/me/inquiries/${reference}`)
    expect(waiting.body).toContain('يتعلق السؤال بحماية البيانات في الدائرة نفسها.')
    await officer.open(at)
    await officer.send(`${at}/answer`, { finding: 'duty' })
    expect((await own.open(`/ar/me/inquiries/${reference}`)).body).toContain('تمت الإجابة')
  })

  it('reads a list that names nobody and nobody who looked', async () => {
    const { reference } = await ask()
    const { body } = await officer.open('/de/oversight/inquiries')
    expect(body).toContain(reference)
    const { rows } = await room.superuser.query<{ unit: string | null }>(
      'select distinct unit::text as unit from overview.access_event where unit is not null',
    )
    expect(rows.length).toBeGreaterThanOrEqual(0)
    for (const secret of [person.number, ...person.actor.subjects, 'من هذه الدائرة؟']) {
      expect(body).not.toContain(secret)
    }
    expect((await officer.open('/de/oversight/inquiries?show=ended&after=x')).status).toBe(200)
  })
})
