import pg from 'pg'
import { seedDemonstration } from '../../server/compose/demo.js'
import { loadPages } from '../../server/compose/serve.js'
import { APPOINTMENTS } from '../../server/demo/appointment.js'
import { EMERGENCIES } from '../../server/demo/emergency.js'
import { SIGN_INS } from '../../server/demo/index.js'
import { RESIDENTS, STAFF } from '../../server/demo/people.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor } from '../support/visitor.js'
import { histories, isShown } from './world.js'

const SLOW = 300_000
const pages = loadPages(false)

let app: TestApp
/** The moment at which the first, interrupted try began. */
let begun: Date
const interruptions: unknown[] = []

async function seed(parts: { seed?: string; stopAt?: string } = {}): Promise<unknown> {
  const config = { ...app.installation.config, demoSeed: parts.seed ?? 'mirat' }
  const stop = (line: string) => {
    if (parts.stopAt !== undefined && line.includes(parts.stopAt)) throw new Error(line)
  }
  try {
    return await seedDemonstration({ ...app.installation, config }, pages, stop)
  } catch (error) {
    return error
  }
}

beforeAll(async () => {
  app = await startTestApp()
  begun = app.clock.now()
  interruptions.push(await seed({ stopAt: '25 %' }))
  interruptions.push(await seed({ stopAt: '75 %' }))
  interruptions.push(await seed({ seed: 'other' }))
  app.clock.moveTo(new Date(begun.getTime() + 30 * 3_600_000))
  interruptions.push(await seed())
}, SLOW)

afterAll(() => app.close())

/** Asks as the superuser, from whom no row is hidden. */
async function ask<Row extends object>(query: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: app.adminUrl })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

async function count(table: string): Promise<number> {
  const rows = await ask<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}

/** Looks of the portal's own staff at requests: entries of the log like any other. */
const OF_STAFF = 'overview.access_event where stream is null'

const told = () => [...histories(app.installation.catalogue, { now: begun }).values()].flat()

describe('a demonstration that was interrupted and made whole on another day', () => {
  it('was interrupted, and refused another seed in words', () => {
    expect(interruptions).toEqual([
      expect.objectContaining({ message: expect.stringContaining('25 %') as string }),
      expect.objectContaining({ message: expect.stringContaining('75 %') as string }),
      expect.objectContaining({ message: expect.stringContaining('DEMO_SEED') as string }),
      undefined,
    ])
  })

  it('holds every access once, those that are not shown apart', async () => {
    const shown = told().filter(isShown)
    const looks = await count(OF_STAFF)
    expect((await count('overview.access_event')) - looks).toBe(shown.length)
    expect(await count('overview.sealed_event')).toBe(told().length - shown.length)
  })

  it('has flags on the few accesses that depart from their flow, and on no other', async () => {
    const flags = async (table: string) => {
      const rows = await ask<{ rule: string }>(`select rule from ${table} order by rule`)
      return rows.map(({ rule }) => rule)
    }
    expect(await flags('overview.access_flag')).toEqual([
      'block.in_spite',
      'consent.fields_beyond',
      // Nobody gave one, one was withdrawn before, and a paper had come before the access.
      'consent.not_valid',
      'consent.not_valid',
      'consent.not_valid',
      // What goes beyond the consent goes beyond the flow as well.
      'flow.fields_beyond',
      'flow.fields_beyond',
      'flow.unknown',
      'rst.school',
    ])
    expect(await flags('overview.sealed_flag')).toEqual(['flow.fields_beyond'])
  })

  it('was recorded on the days on which it happened, and keeps nothing whose time is over', async () => {
    const rows = await ask<{ late: number; early: number; over: number }>(`
      select max(extract(epoch from recorded_at - occurred_at))::float8 as late,
        min(extract(epoch from recorded_at - occurred_at))::float8 as early,
        count(*) filter (where expires_on <= '${begun.toISOString().slice(0, 10)}')::int as over
      from overview.access_event where stream is not null`)
    expect(rows[0]?.early).toBeGreaterThan(0)
    expect(rows[0]?.late).toBeLessThan(8 * 86_400)
    expect(rows[0]?.over).toBe(0)
  })

  it('has every appointment once, and accesses that they explain', async () => {
    const said = APPOINTMENTS.flatMap(({ calledOff }) => (calledOff === undefined ? [1] : [1, 2]))
    expect(await count('appointments.appointment')).toBe(said.length)
    const rows = await ask<{ n: number }>('select sum(appointment)::int as n from oversight.tally')
    expect(rows[0]?.n).toBeGreaterThan(0)
  })

  it('has every emergency once, and a finding where the note is missing', async () => {
    const said = EMERGENCIES.flatMap(({ noted }) => (noted === undefined ? [1] : [1, 2]))
    expect(await count('emergencies.declaration')).toBe(said.length)
    const rows = await ask<{ n: number }>(
      `select count(*)::int as n from oversight.finding where rule = 'emergency_without_note'`,
    )
    expect(rows).toEqual([{ n: EMERGENCIES.filter(({ noted }) => noted === undefined).length }])
  })

  it('is left alone by the next start', async () => {
    const before = [await count('ingestion.batch'), await count('ingestion.stream_key')]
    expect(await seed({ stopAt: 'Demonstration' })).toBeUndefined()
    expect([await count('ingestion.batch'), await count('ingestion.stream_key')]).toEqual(before)
  })

  it('leaves no key that could still sign', async () => {
    const rows = await ask<{ open: number }>(`
      select count(*)::int as open from ingestion.stream_key
      where valid_until is null or valid_until > '${app.clock.now().toISOString()}'`)
    expect(rows[0]?.open).toBe(0)
  })
})

describe('the page of sign-ins', () => {
  const tags: Readonly<Record<string, string>> = { ar: 'ar', de: 'de' }

  it('has one form with a token for everybody, and no name twice', async () => {
    const { status, body } = await visitor(app, 'ar').get('/demo')
    expect(status).toBe(200)
    expect(body).toContain('<html lang="ar" dir="rtl">')
    const people = [...body.matchAll(/name="person" value="([^"]+)"/g)].map(([, name]) => name)
    expect(people).toEqual(SIGN_INS)
    expect([...body.matchAll(/<form method="post" action="\/demo">/g)]).toHaveLength(people.length)
    const words = [...body.matchAll(/<span class="kern-label">([^<]+)</g)].map(([, text]) => text)
    expect(new Set(words).size).toBe(people.length)
  })

  it.each(RESIDENTS.map(({ name, language }) => [name, language]))(
    'leads %s to a page of their own in a language that is shipped',
    async (name, language) => {
      const browser = visitor(app)
      const { status, headers } = await browser.signIn(name)
      expect([status, headers.get('location')]).toEqual([303, `/${tags[language] ?? 'en'}/me`])
      expect((await browser.get(headers.get('location') ?? '')).status).toBe(200)
    },
  )

  it.each(STAFF.map(({ name }) => [name]))('leads %s to the page of staff', async (name) => {
    const browser = visitor(app)
    const { status, headers } = await browser.signIn(name)
    expect([status, headers.get('location')]).toEqual([303, '/de/staff'])
    expect((await browser.get('/de/staff')).status).toBe(200)
  })

  it('signs nobody in without a token, and nobody who is not listed', async () => {
    const browser = visitor(app)
    const { body } = await browser.get('/demo')
    const refused = await browser.post('/demo', { person: 'dpo' })
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []])
    const unknown = await browser.post('/demo', { person: 'crowd-000001', csrf: csrfIn(body) })
    expect([unknown.status, unknown.headers.getSetCookie()]).toEqual([400, []])
  })
})
