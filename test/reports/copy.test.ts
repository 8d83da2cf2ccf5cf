import { sql } from 'kysely'
import pg from 'pg'
import { STAFF } from '../../server/demo/people.js'
import { writeCopy } from '../../server/reports/copy.js'
import type { Section } from '../../server/platform/kernel/section.js'
import type { Actor } from '../../server/identity/index.js'
import type { RouteSpec } from '../../server/platform/http/route.js'
import { authorityOf } from '../ingestion/authority.js'
import { openPortal } from '../journeys/people.js'
import type { TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'
import { visitor } from '../support/visitor.js'

const FILE = '/en/me/documents/export.json'
const HEAD = { format: 'f', made: new Date(0), origin: 'o', limits: 'l' }

let app: TestApp

beforeAll(async () => {
  app = await openPortal(STAFF)
  const office = await authorityOf(app)
  await office.deliver(office.events(1, 3))
}, 120_000)

afterAll(() => app?.close())

interface Copy {
  readonly accesses: readonly { readonly index: number; readonly recipient: string }[]
  readonly words: readonly { readonly code: string; readonly de: string; readonly en: string }[]
  readonly [section: string]: unknown
}

async function copyOf(person: string): Promise<Copy> {
  const browser = visitor(app, 'en')
  await browser.signIn(person)
  const { status, headers, body } = await browser.get(FILE)
  expect(status).toBe(200)
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="mirat-[\d-]+\.json"$/)
  expect(headers.get('cache-control')).toBe('no-store')
  return JSON.parse(body) as Copy
}

describe('the copy of everything', () => {
  it('holds every paper that the person took, however many', async () => {
    const superuser = new pg.Client({ connectionString: app.adminUrl })
    await superuser.connect()
    await superuser.query(`insert into reports.paper
      select account, encode(sha256(n::text::bytea), 'hex'), repeat('0', 64), 'ABCD2345', 'whole', 'de', 1, now(), 1,
          '1', 1, timestamptz '2026-11-01' + make_interval(mins => n / 700), current_date + 365, 1, 1
        from identity.account, generate_series(1, 1203) n where demo_name = 'resident-en'`)
    await superuser.end()
    const papers = (await copyOf('resident-en'))['papers'] as readonly { readonly sha256: string }[]
    expect(papers).toHaveLength(1203)
    expect(new Set(papers.map(({ sha256 }) => sha256)).size).toBe(1203)
  })

  it('holds each access that the pages show, and explains each code', async () => {
    const copy = await copyOf('resident-en')
    const { rows } = await sql<{ index: number }>`
      select leaf_index as index from overview.access_event order by leaf_index desc`.execute(
      app.installation.admin,
    )
    expect(copy.accesses.length).toBeGreaterThanOrEqual(3)
    expect(copy.accesses.map(({ index }) => Number(index))).toEqual(
      rows.map(({ index }) => Number(index)),
    )
    const words = new Map(copy.words.map(({ code, de, en }) => [code, [de, en]]))
    for (const { recipient } of copy.accesses) expect(words.get(recipient)).toHaveLength(2)
    expect(Object.keys(copy)).toEqual([
      'format',
      'made',
      'origin',
      'limits',
      'account',
      'waysIn',
      'accesses',
      'holdings',
      'words',
      'requests',
      'messages',
      'mail',
      'inquiries',
      'consents_asked',
      'consents',
      'blocks',
      'appointments',
      'papers',
    ])
  })

  it('holds nobody else’s entries, and no secret of the account', async () => {
    const mine = await copyOf('resident-en')
    const { rows } = await sql<{ token: Buffer }>`
      select token_hash as token from identity.session`.execute(app.installation.admin)
    const text = JSON.stringify(mine)
    for (const { token } of rows) expect(text).not.toContain(token.toString('base64'))
    expect(text).not.toContain('csrf')
    expect(text).not.toContain('subject_key')
  })

  it('wants a fresh proof', async () => {
    const browser = visitor(app, 'en')
    await browser.signIn('resident-en')
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + 6 * 60_000))
    const answer = await browser.get(FILE)
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/en/step-up?next=%2Fen%2Fme%2Fdocuments%2Fexport.json',
    ])
    app.clock.moveTo(start)
  })
})

describe('writing a copy', () => {
  const section = (name: string, items: Section<null>['items']): Section<null> => ({
    name,
    tables: [],
    senses: {},
    items,
  })
  async function written(sections: readonly Section<null>[]): Promise<string> {
    let text = ''
    for await (const part of writeCopy(HEAD, sections, null)) text += part
    return text
  }

  it('is JSON whatever the sections hold', async () => {
    const text = await written([
      section('none', async function* () {}),
      section('two"', async function* () {
        yield { a: '"\n' }
        yield { b: 2 }
      }),
    ])
    expect(JSON.parse(text)).toEqual({
      ...HEAD,
      made: '1970-01-01T00:00:00.000Z',
      none: [],
      'two"': [{ a: '"\n' }, { b: 2 }],
    })
  })

  it('that fails on the way is cut off, and no JSON', async () => {
    const broken = section('broken', async function* () {
      yield { a: 'x'.repeat(100_000) }
      throw new Error('the database went away')
    })
    const route: RouteSpec<Actor> = {
      name: 'copy.broken',
      method: 'get',
      path: '/:lang/broken',
      allow: 'everyone',
      handle: async () => ({
        kind: 'stream',
        type: 'application/json',
        file: 'x.json',
        body: writeCopy(HEAD, [broken], null),
      }),
    }
    const server = await listenWith(app, [route])
    await expect(fetch(`${server.url}/de/broken`).then((answer) => answer.text())).rejects.toThrow()
    expect((await fetch(`${server.url}/livez`)).status).toBe(200)
    await server.close()
  })
})
