import { sql } from 'kysely'
import { endpointsOf } from '../../server/compose/requests.js'
import { disputesOf } from '../../server/rectification/index.js'
import { visitor } from '../support/visitor.js'
import {
  OFFICE,
  openWorld,
  PERSON,
  startRegister,
  wordsOf,
  type Register,
  type World,
} from '../registers/connected.js'
import { beginName, walker, type Walker } from './journey.js'

const PARTNER = 'i.rt.abh'
const [FAMILY, GIVEN] = ['azr.family_name', 'azr.given_names']

let world: World
let register: Register
let resident: Walker
let clerk: Walker
let second: Walker
let reference = ''

beforeAll(async () => {
  world = await openWorld()
  register = await startRegister(world)
  const { installation } = world.app
  const number = (code: string) => installation.catalogue.parties.byCode(code)?.id ?? 0
  await sql`insert into rectification.partner values (${number(OFFICE)}, ${number(PARTNER)}, now())
    on conflict (office) do nothing`.execute(installation.admin)
  const values = `--office ${OFFICE} --url ${register.origin}/${OFFICE}/values`
  await world.command(`register:connect ${values} --fields ${FAMILY},${GIVEN}`)
  const url = `${register.origin}/${OFFICE}/corrections`
  expect((await endpointsOf(installation).connect({ office: OFFICE, url })).ok).toBe(true)
  resident = await walker(world.app, PERSON)
  clerk = await walker(world.app, 'caseworker')
  second = await walker(world.app, 'caseworker-2')
}, 180_000)

afterAll(async () => {
  await register?.remove()
  await world?.app.close()
})

beforeEach(() => world.app.clock.moveTo(new Date()))

const file = () => `/de/work/cases/${reference}`

/** A draft as far as the page of what is right. */
async function draftOn(field: string, kind = 'wrong'): Promise<string> {
  const draft = await beginName(resident, { field })
  const at = `/de/me/requests/drafts/${draft}`
  await resident.open(`${at}/kind`)
  await resident.send(`${at}/kind`, { kind, stored: 'Layla' })
  await resident.open(`${at}/right`)
  return at
}

/** What of a draft is left to be said; its reference. */
async function fileFrom(at: string): Promise<string> {
  await resident.send(`${at}/proof`, { evidence: ['passport'] })
  await resident.send(`${at}/tell`, { restrict: 'yes', recipients: 'yes' })
  const filed = await resident.send(`${at}/check/file`)
  return filed.to.split('/').at(-1) ?? ''
}

async function live(field: string): Promise<string> {
  const browser = visitor(world.app)
  await browser.signIn(PERSON)
  return wordsOf((await browser.get(`/de/me/data/${field}`)).body)
}

const stored = (body: string, name: string) =>
  new RegExp(`id="${name}"[^>]*value="([^"]*)"`).exec(body)?.[1]

/** What a page says that the register has now, of the leading name or of a further one. */
const standing = (body: string, name: string) => {
  const from = name === '' ? body : body.slice(body.indexOf(`<summary>${name}</summary>`))
  const line = /<p>Im Register steht jetzt: ([^]*?)<\/p>/.exec(from)?.[1] ?? ''
  return line.replace(/<[^>]*>/g, '').trim()
}

/** What the demonstration's office has written of the person. */
const before = (field: string) => {
  const record = world.records.find((one) => one.office === OFFICE && one.field === field)
  return record?.texts.join(' ')
}

describe('names that are swapped', () => {
  let at = ''

  it('are stated on one page, and saved together', async () => {
    at = await draftOn(FAMILY)
    const { body } = await resident.open(`${at}/right`)
    expect(wordsOf(body)).toContain('Sind noch andere Namen falsch?')
    expect(body).toMatch(/<summary>Vornamen<\/summary>/)
    // What the register says now stands beside the inputs, and in none of them: it would be sent and saved.
    const now = (name: string) => standing(body, name)
    expect([now(''), now('Vornamen')]).toEqual([before(FAMILY), before(GIVEN)])
    expect(stored(body, 'stored-given_names') ?? '').toBe('')
    // Fields that are no names of this register, or that the office does not hold, are not offered.
    expect(body).not.toMatch(/name="latin-(family_name|nationality|alias)"/)
    const check = await resident.send(`${at}/right`, {
      latin: 'Al-Khatib',
      'latin-given_names': 'Layla',
      'original-given_names': 'ليلى',
      'stored-given_names': 'Al-Khatib',
    })
    expect(check.to).toMatch(/proof$/)
    const again = await resident.open(`${at}/right`)
    expect(stored(again.body, 'latin-given_names')).toBe('Layla')
    expect(stored(again.body, 'original-given_names')).toBe('ليلى')
    expect(again.body).toMatch(/<details class="act" open><summary>Vornamen/)
  })

  it.each([
    [{ 'latin-given_names': 'Л' }, 'Das Zeichen Л ist hier nicht möglich.'],
    [{ 'stored-given_names': 'Al-Khatib' }, 'Diese Angabe fehlt.'],
    [{ 'latin-given_names': 'Layla', 'none-given_names': 'yes' }, 'Beides geht nicht.'],
    [{ 'latin-given_names': 'Layla', onlyOne: 'yes' }, 'Sie haben nur einen Namen.'],
  ])('may not be %j, and the page keeps what was typed', async (typed, text) => {
    const other = await draftOn(FAMILY)
    const sent = await resident.send(`${other}/right`, { latin: 'Al-Khatib', ...typed })
    expect(sent.status).toBe(400)
    expect(wordsOf(sent.body).replace(/[\u2066-\u2069]/g, '')).toContain(text)
    expect(stored(sent.body, 'latin')).toBe('Al-Khatib')
    expect(sent.body).toMatch(/<details class="act" open><summary>Vornamen/)
  })

  it('are one again when the other is emptied', async () => {
    const other = await draftOn(FAMILY)
    await resident.send(`${other}/right`, { latin: 'Al-Khatib', 'latin-given_names': 'Layla' })
    await resident.open(`${other}/right`)
    await resident.send(`${other}/right`, { latin: 'Al-Khatib', 'latin-given_names': '' })
    const { body } = await resident.open(`${other}/right`)
    expect(stored(body, 'latin-given_names')).toBe('')
  })

  it('stand beside the German that is filed, each by its name', async () => {
    await resident.open(`${at}/proof`)
    await resident.send(`${at}/proof`, { evidence: ['passport'] })
    const check = await resident.send(`${at}/tell`, { restrict: 'yes', recipients: 'yes' })
    const words = wordsOf(check.body)
    expect(words).toMatch(
      /Auch falsch Vornamen Bisher eingetragen, nach meiner Kenntnis Al-Khatib .* Layla/,
    )
    const arabic = await resident.open(`${at.replace('/de/', '/ar/')}/check`)
    const german = /<section[^>]*lang="de"[^>]*>([^]*?)<\/section>/.exec(arabic.body)?.[1] ?? ''
    expect(german).toContain('Auch falsch')
    expect(german).toContain('Vornamen')
    await resident.open(`${at}/tell`)
    reference = await fileFrom(at)
    expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
    const own = await resident.open(`/de/me/requests/${reference}`)
    expect(wordsOf(own.body)).toContain('Familienname und Vornamen')
  })

  it('are in dispute both of them, under any number of the person', async () => {
    const { catalogue } = world.app.installation
    const ingest = { login: 'ingest', role: 'ingest' } as const
    const disputes = await world.app.portal.inTransaction(ingest, (trx) =>
      disputesOf(trx, world.actor.subjects),
    )
    const fields = new Set(disputes.map(({ field }) => catalogue.fields.byId(field)?.code))
    expect([...fields]).toEqual(expect.arrayContaining([FAMILY, GIVEN]))
    const marked = await world.app.portal.rectification.disputed(world.actor)
    expect([marked.get(FAMILY), marked.get(GIVEN)]).toEqual([reference, reference])
  })

  it('are compared one by one in the case', async () => {
    await clerk.open(file())
    const { body } = await clerk.send(`${file()}/claim`)
    const captions = [...body.matchAll(/<caption>([^<]+)</g)].map(([, text]) => text)
    expect(captions).toEqual(['Familienname', 'Vornamen'])
    expect(wordsOf(body)).toContain('Familienname und Vornamen')
  })

  it('are decided each for itself: a correction in part must change one, and not all that is wanted', async () => {
    const part = { outcome: 'corrected_in_part', reasons: ['evidence_shows'], latin: 'Al-Khatib' }
    await clerk.open(file())
    const all = { 'latin-given_names': 'Layla', 'original-given_names': 'ليلى' }
    const same = await clerk.send(`${file()}/decide`, { ...part, ...all })
    expect([same.status, wordsOf(same.body)]).toEqual([
      400,
      expect.stringContaining('Das ist genau der Eintrag, den die Person möchte.'),
    ])
    const none = await clerk.send(`${file()}/decide`, {
      ...part,
      keep: 'yes',
      'keep-given_names': 'yes',
    })
    expect([none.status, wordsOf(none.body)]).toEqual([
      400,
      expect.stringContaining('Nichts soll sich ändern.'),
    ])
    const bad = await clerk.send(`${file()}/decide`, { ...part, 'latin-given_names': ' ' })
    expect(bad.status).toBe(400)
    const done = await clerk.send(`${file()}/decide`, { ...part, 'keep-given_names': 'yes' })
    expect(done.status).toBe(200)
    expect(wordsOf(done.body)).toMatch(/Vornamen Eintrag Bleibt, wie es ist/)
    await second.open(file())
    expect((await second.send(`${file()}/confirm`)).status).toBe(200)
  })

  it('are written as the decision says: what stays is told to nobody', async () => {
    const before = await live(GIVEN)
    const job = world.app.portal.jobs.find(({ name }) => name === 'rectification.tell')
    await job?.work()
    expect(await live(FAMILY)).toContain('Al-Khatib')
    expect(await live(GIVEN)).toBe(before)
    const { rows } = await sql<{ code: string }>`
      select distinct t.code from rectification.notice n
      join rectification.request r on r.request = n.request
      join catalogue.term t on t.kind = 'field' and t.id = n.field
      where r.reference = ${reference}`.execute(world.app.installation.admin)
    expect(rows.map(({ code }) => code)).toEqual([FAMILY])
    const own = wordsOf((await resident.open(`/de/me/requests/${reference}`)).body)
    expect(own).toMatch(/Vornamen Eintrag Bleibt, wie es ist/)
  })
})

describe('one name alone', () => {
  it('empties the given names, and the register takes both', async () => {
    const at = await draftOn(FAMILY)
    await resident.send(`${at}/right`, { latin: 'Ələsgər', onlyOne: 'yes' })
    const { body } = await resident.open(`${at}/right`)
    expect(body).toMatch(/name="none-given_names" value="yes" checked/)
    reference = await fileFrom(at)
    await clerk.open(file())
    await clerk.send(`${file()}/claim`)
    await clerk.send(`${file()}/decide`, { outcome: 'corrected', reasons: ['evidence_shows'] })
    await second.open(file())
    expect((await second.send(`${file()}/confirm`)).status).toBe(200)
    const job = world.app.portal.jobs.find(({ name }) => name === 'rectification.tell')
    await job?.work()
    expect(await live(FAMILY)).toContain('Ələsgər')
    expect(await live(GIVEN)).toMatch(/ - /)
    const told = wordsOf((await clerk.open(file())).body)
    expect(told).toMatch(/Eigenes Register: bestätigt.{0,40}Familienname und Vornamen/)
  })

  it('stands as family name where somebody begins with the given names', async () => {
    const at = await draftOn(GIVEN)
    await resident.send(`${at}/right`, { latin: 'Suharto', onlyOne: 'yes' })
    const { body } = await resident.open(`${at}/right`)
    expect([stored(body, 'latin'), stored(body, 'latin-family_name')]).toEqual(['', 'Suharto'])
    expect(body).toMatch(/name="onlyOne" value="yes" checked/)
  })

  it('says nothing of a kind that has no right entry', async () => {
    const at = await draftOn(FAMILY, 'not_me')
    const { body } = await resident.open(`${at}/right`)
    expect(wordsOf(body)).not.toContain('Sind noch andere Namen falsch?')
  })
})

describe('a register that does not answer', () => {
  it('leaves the page as it is, and every name says so', async () => {
    const at = await draftOn(FAMILY)
    await world.command(`register:disconnect --office ${OFFICE}`)
    const { status, body } = await resident.open(`${at}/right`)
    expect(status).toBe(200)
    expect(standing(body, '')).toBe('Jetzt nicht verfügbar')
    expect(standing(body, 'Vornamen')).toBe('Jetzt nicht verfügbar')
  })
})
