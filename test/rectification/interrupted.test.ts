import { sql } from 'kysely'
import { linksIn } from '../journeys/places.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn } from '../support/visitor.js'
import { beginName, walker, type Walker } from './journey.js'

const PERSON = 'resident-ar'

let app: TestApp
let resident: Walker

beforeAll(async () => {
  app = await startTestApp({ demo: true })
})

beforeEach(async () => {
  resident = await walker(app, PERSON)
  await sql`delete from identity.kept_form`.execute(app.installation.admin)
})

afterAll(() => app?.close())

/** Long enough for the session to end by itself. */
const goAway = () => app.clock.moveTo(new Date(app.clock.now().getTime() + 16 * 60_000))

/** A draft that has come to a step; its address. */
async function draftAt(step: string, person = resident): Promise<string> {
  const at = `/de/me/requests/drafts/${await beginName(person)}`
  const answers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['kind', { kind: 'wrong' }],
    ['right', { latin: 'Yağmur' }],
    ['proof', { evidence: 'passport' }],
    ['tell', { restrict: 'yes' }],
  ]
  await person.open(`${at}/kind`)
  for (const [name, typed] of answers) {
    if (name === step) return at
    await person.send(`${at}/${name}`, typed)
  }
  return at
}

/** Sends a form when the session is over, signs in again, and opens what was kept from the first screen. */
async function lateAndBack(path: string, typed: Readonly<Record<string, string | string[]>>) {
  await resident.open(path)
  goAway()
  const late = await resident.send(path, typed)
  expect(late.status).toBe(401)
  await resident.browser.signIn(PERSON)
  const { body } = await resident.open('/de/me')
  const link = linksIn(body).find((href) => href.includes('?kept=')) ?? 'no link'
  return resident.open(link)
}

describe('a session that ends on a page of the draft', () => {
  it.each([
    ['kind', { kind: 'outdated', stored: 'Alkatib' }, [/value="outdated" checked/, /Alkatib/]],
    [
      'right',
      { latin: 'Zaunkönig', original: 'هدهد', onlyOne: 'yes', words: 'Meine Worte' },
      [/value="Zaunkönig"/, /value="هدهد"/, /name="onlyOne" value="yes" checked/, /Meine Worte/],
    ],
    [
      'proof',
      { evidence: ['id_card', 'witness'] },
      [/value="id_card" checked/, /value="witness" checked/],
    ],
    [
      'tell',
      { restrict: 'no', recipients: 'yes' },
      [/value="no" checked/, /name="recipients" value="yes" checked/],
    ],
  ] as const)('loses nothing that was typed: %s', async (step, typed, shown) => {
    const at = await draftAt(step)
    const page = await lateAndBack(`${at}/${step}`, typed as Record<string, string | string[]>)
    expect(page.status).toBe(200)
    expect(page.body).toContain('Noch ist nichts gesendet')
    for (const pattern of shown) expect(page.body).toMatch(pattern)
    const sent = await resident.send(`${at}/${step}`, typed)
    expect(sent.to).not.toBe('')
  })

  it('keeps the choice of the field', async () => {
    const { body } = await lateAndBack('/de/me/requests/new', { field: 'azr.birth_date' })
    expect(body).toMatch(/value="azr.birth_date"[^>]* (checked|selected)/)
  })

  it('keeps the whole draft where it ends on the last page', async () => {
    const at = await draftAt('check')
    await resident.open(`${at}/check`)
    goAway()
    expect((await resident.send(`${at}/check/file`)).status).toBe(401)
    await resident.browser.signIn(PERSON)
    expect((await resident.open(`${at}/check`)).status).toBe(200)
    expect((await resident.send(`${at}/check/file`)).to).toMatch(/requests\/[0-9A-Z]{8}$/)
  })

  it('keeps no line of a passport', async () => {
    const at = await draftAt('right')
    const zone = 'P<SYRGOLDAMMER<<ROTKEHLCHEN'
    const typed = { latin: 'Yağmur', zone, help: 'zone' }
    const { body } = await lateAndBack(`${at}/right`, typed)
    expect(body).toContain('value="Yağmur"')
    expect(body).not.toContain('GOLDAMMER')
  })
})

describe('the same draft on two devices', () => {
  it('is not overwritten unseen, whatever help was asked for meanwhile', async () => {
    const at = await draftAt('right')
    const other = await walker(app, PERSON)
    await resident.open(`${at}/right`)
    await other.open(`${at}/right`)
    await other.send(`${at}/right`, { latin: 'Yağmur' })
    const zone = await resident.send(`${at}/right`, { latin: 'Yagmur', help: 'zone', zone: 'x' })
    expect(zone.status).toBe(400)
    const stale = await resident.send(`${at}/right`, { latin: 'Yagmur' })
    expect([stale.status, stale.body.includes('value="Yagmur"')]).toEqual([409, true])
    expect(stale.body).toContain('Auf einem anderen Gerät')
    expect((await resident.send(`${at}/right`, { latin: 'Yagmur' })).to).toMatch(/proof$/)
  })

  it('goes on where it stopped', async () => {
    const at = await draftAt('proof')
    const other = await walker(app, PERSON)
    const { headers } = await other.open(at)
    expect(headers.get('location')).toBe(`${at}/proof`)
  })
})

describe('a form that arrives twice because the connection broke', () => {
  it('is taken once, and the second one leads on like the first', async () => {
    const at = await draftAt('right')
    const { body } = await resident.open(`${at}/right`)
    const version = /name="version" value="(\d+)"/.exec(body)?.[1] ?? ''
    const form = { csrf: csrfIn(body), version, latin: 'Yağmur', words: 'So' }
    const [one, again] = [
      await resident.browser.post(`${at}/right`, form),
      await resident.browser.post(`${at}/right`, form),
    ]
    expect([one, again].map(({ headers }) => headers.get('location'))).toEqual([
      `${at}/proof`,
      `${at}/proof`,
    ])
  })
})

describe('pages of what offices hold and did', () => {
  const correct = (html: string) =>
    linksIn(html).find((href) => href.startsWith('/de/me/requests/new')) ?? ''

  it('lead from a field, an access and an office to a request about it', async () => {
    const field = await resident.open('/de/me/data/azr.birth_date')
    const { body: chosen } = await resident.open(correct(field.body))
    expect(chosen).toMatch(/value="azr.birth_date" checked/)
    const { body: list } = await resident.open('/de/me/accesses?field=azr.family_name')
    const access = linksIn(list).find((href) => /accesses\/\d+$/.test(href)) ?? ''
    const { body: one } = await resident.open(access)
    const { body: few } = await resident.open(correct(one))
    expect(few).toContain('value="azr.family_name"')
    const { body: all } = await resident.open('/de/me/requests/new')
    expect(few.split('name="field"').length).toBeLessThanOrEqual(all.split('<option').length)
    const { body: office } = await resident.open('/de/me/offices/i.pf.abh')
    expect(linksIn(office)).toContain('/de/me/data/abh.file')
  })
})
