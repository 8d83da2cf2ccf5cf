import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { systemResolve, createOutbound } from '../../server/platform/http/outbound.js'
import { visitor, type Visitor } from '../support/visitor.js'
import {
  actorOf,
  OFFICE,
  openWorld,
  PERSON,
  startRegister,
  wordsOf,
  type Register,
  type World,
} from './connected.js'

let world: World
let register: Register
let browser: Visitor
const NAME = 'azr.family_name'

beforeAll(async () => {
  world = await openWorld()
  register = await startRegister(world)
  browser = visitor(world.app)
  await browser.signIn(PERSON)
  await connectAll()
}, 180_000)

afterAll(async () => {
  await register?.remove()
  await world?.app.close()
})

/** The time of the portal is the register's, so that what is signed counts. */
beforeEach(() => world.app.clock.moveTo(new Date()))

async function connectAll(): Promise<void> {
  for (const office of new Set(world.records.map((record) => record.office))) {
    const fields = world.records.filter((record) => record.office === office)
    const codes = [...new Set(fields.map(({ field }) => field))].join(',')
    await world.command(
      `register:connect --office ${office} --url ${register.origin}/${office}/values --fields ${codes}`,
    )
  }
}

const fieldPage = async (field = NAME, lang = 'de') =>
  wordsOf((await browser.get(`/${lang}/me/data/${field}`)).body)

const call = createOutbound({
  allowed: [],
  plainLoopback: true,
  resolve: systemResolve,
  deadlineMs: 3_000,
})

/** Sends a correction of the misheard name; gives the status. */
async function correct(
  changes: object = {},
  { typ = 'correction+jwt', office = OFFICE }: { typ?: string; office?: string } = {},
): Promise<number | string> {
  const iat = Math.floor(Date.now() / 1000)
  const subject = world.records.find((record) => record.office === OFFICE)?.subject
  const body = await world.signer.sign(typ, {
    iss: world.app.url,
    aud: register.origin,
    iat,
    exp: iat + 60,
    jti: randomUUID(),
    sub: subject,
    field: NAME,
    value: 'Al-Khatib',
    reference: 'K7M2P9QR',
    decidedAt: '2026-11-20T10:00:00+01:00',
    ...changes,
  })
  const url = `${register.origin}/${office}/corrections`
  const answer = await call({ url, post: { type: 'application/jose', body } })
  return answer.kind === 'answer' ? answer.status : answer.why
}

describe('the page of a field', () => {
  it('shows what each connected office has written, and where they differ', async () => {
    const words = await fieldPage()
    expect(words).toMatch(/Ausländerbehörde Alkatib/)
    expect(words).toMatch(/Jobcenter Stadt Pforzheim Al-Khatib/)
    expect(words).toContain('Die Stellen schreiben diese Angabe verschieden.')
    expect(words).toContain('Mirat speichert ihre Antworten nicht.')
    expect(await fieldPage('azr.birth_date')).toMatch(/Ausländerbehörde 01\.01\.1991/)
    expect(await fieldPage('azr.birth_date', 'ar')).toContain('01.01.1991')
  })

  it('says nothing of values where no office that holds the field is connected', async () => {
    const words = await fieldPage('azr.religion')
    expect(words).not.toContain('Was dort jetzt steht')
    expect(words).toContain('Mirat kennt nur die Art der Daten, nicht ihren Inhalt.')
  })

  it('is kept by nobody: no answer may be stored, and nothing of it stands in a table or log', async () => {
    const page = await browser.get(`/de/me/data/${NAME}`)
    expect(page.body).toContain('Alkatib')
    expect(page.headers.get('cache-control')).toContain('no-store')
    expect(await tablesWith('Alkatib')).toEqual([])
    expect(world.lines.filter((line) => /Alkatib|Al-Khatib|1991/.test(line))).toEqual([])
  })
})

describe('whoever asks', () => {
  const ask = async (person: string, assurance?: 'letter') => {
    const actor = await actorOf(world.app, person)
    const subject = world.records.find(({ office }) => office === OFFICE)?.subject
    const wanted = [{ office: OFFICE, subject: subject as never, fields: [NAME] }]
    const asking = assurance === undefined ? actor : { ...actor, assurance }
    return world.app.portal.registers.values(asking, wanted)
  }

  it('gets the own values, and nothing about anybody else', async () => {
    expect((await ask(PERSON)).get(OFFICE)?.get(NAME)).toMatchObject({ texts: ['Alkatib'] })
    expect(await ask('resident-tr')).toEqual(new Map())
  })

  it('gets nothing by a letter alone', async () => {
    expect(await ask(PERSON, 'letter')).toEqual(new Map())
    const letter = visitor(world.app)
    await letter.signIn('resident-letter')
    const page = await letter.get(`/de/me/data/${NAME}`)
    expect(page.status).toBe(403)
  })
})

describe('a correction', () => {
  it.each([
    ['that nobody signed for corrections', {}, { typ: 'values-read+jwt' }],
    ['for another register', { aud: 'http://127.0.0.1:9' }, {}],
    ['of another portal', { iss: 'https://elsewhere.example' }, {}],
    ['that has run out', { iat: 1_700_000_000, exp: 1_700_000_060 }, {}],
    ['that never ends', { exp: undefined }, {}],
    ['that counts for a day', { exp: Math.floor(Date.now() / 1000) + 86_400 }, {}],
    ['without an id', { jti: undefined }, {}],
    ['that names another office', { office: 'i.pf.jobcenter' }, {}],
  ])('%s is refused', async (_what, changes, options) => {
    expect(await correct(changes, options)).toBe(401)
  })

  it('for several registers, ours among them, is refused', async () => {
    expect(await correct({ aud: [register.origin, 'http://127.0.0.1:9'] })).toBe(401)
  })

  it('whose signature is not the portal’s is refused', async () => {
    const own = world.signer.sign
    const stranger = { ...world, signer: { ...world.signer, sign: forged } }
    async function forged(typ: string, claims: Readonly<Record<string, unknown>>) {
      const [head, , signature] = (await own(typ, claims)).split('.')
      const body = Buffer.from(JSON.stringify({ ...claims, value: 'Mallory' })).toString(
        'base64url',
      )
      return [head, body, signature].join('.')
    }
    const before = world
    world = stranger
    expect(await correct()).toBe(401)
    world = before
  })

  it.each([
    ['of a person who is not known there', { sub: randomUUID() }],
    ['of a field that the office does not have', { field: 'azr.religion' }],
    ['without a value', { value: '' }],
    ['that is too long', { value: 'x'.repeat(501) }],
    ['without a date', { decidedAt: 'today' }],
  ])('%s cannot be done', async (_what, changes) => {
    expect(await correct(changes)).toBe(422)
  })

  it('is no business of an office that does not exist', async () => {
    expect(await correct({}, { office: 'i.pf.nobody' })).toBe(404)
  })

  it('changes what is shown afterwards, once, and for good', async () => {
    expect(await correct()).toBe(201)
    expect(await fieldPage()).toMatch(/Ausländerbehörde Al-Khatib/)
    expect(await fieldPage()).not.toContain('verschieden')
    expect(await correct()).toBe(200)
    expect(await correct({ value: 'Other' })).toBe(409)
    const older = { value: 'Older', reference: 'OLDER222', decidedAt: '2026-01-01T10:00:00Z' }
    expect(await correct(older)).toBe(409)
    const { databaseUrl } = register
    await register.stop()
    register = { ...(await startRegister(world, { databaseUrl })), remove: register.remove }
    await connectAll()
    expect(await fieldPage()).toMatch(/Ausländerbehörde Al-Khatib/)
  }, 30_000)
})

describe('a register that is away', () => {
  it('is not available now, and the page comes in time', async () => {
    await register.stop()
    const begun = performance.now()
    const words = await fieldPage()
    expect(performance.now() - begun).toBeLessThan(3_500)
    expect(words).toMatch(/Ausländerbehörde Jetzt nicht verfügbar/)
    const said = world.lines.filter((line) => line.includes('registers.failed'))
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ code: 'unreachable' })
  })

  it('is asked no more once it is disconnected', async () => {
    for (const office of new Set(world.records.map((record) => record.office))) {
      await world.command(`register:disconnect --office ${office}`)
    }
    expect(await fieldPage()).not.toContain('Was dort jetzt steht')
    expect(await world.command('register:list')).toEqual(['No register is connected.'])
  })
})

/** Every table of the database in which some row holds the text. */
async function tablesWith(text: string): Promise<string[]> {
  const client = new pg.Client(world.app.adminUrl)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const found: string[] = []
  for (const { name } of rows) {
    const hit = await client.query(`select from ${name} t where t::text like $1 limit 1`, [
      `%${text}%`,
    ])
    if (hit.rowCount !== 0) found.push(name)
  }
  await client.end()
  expect(rows.length).toBeGreaterThan(30)
  return found
}
