import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { copyRoutesOf } from '../../server/compose/reports.js'
import type { Actor } from '../../server/identity/index.js'
import type { Section } from '../../server/platform/kernel/section.js'
import type { Exchange, RouteSpec } from '../../server/platform/http/route.js'
import { visitorAs } from '../journeys/stations.js'
import {
  canRead,
  copied,
  faultsOf,
  nodesOf,
  objectsOf,
  treeOf,
  untaggedTexts,
} from '../platform/pdf/reader.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { testPages } from '../support/pages.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'
import { fileAs } from './paper.js'

const WHOLE = '/ar/me/documents/report.pdf'
const MINUTE_MS = 60_000

let app: TestApp
let resident: Visitor
let superuser: pg.Client

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  resident = await visitorAs(app, 'resident-ar')
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
}, 300_000)

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function whole(): Promise<Buffer> {
  const { status, headers, bytes } = await fileAs(app, resident, WHOLE)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('application/pdf')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="mirat-report-.*pdf"$/)
  return bytes
}

interface Noted {
  readonly sha256: string
  readonly digest: string
  readonly reference: string
  readonly pages: number
}

async function noted(): Promise<readonly Noted[]> {
  const { rows } = await superuser.query<Noted>(
    'select sha256, digest, reference, pages from reports.paper order by issued_at',
  )
  return rows
}

async function checked(by: Visitor, query: Record<string, string>): Promise<string> {
  const { status, body } = await by.get(`/de/check?${new URLSearchParams(query).toString()}`)
  expect(status).toBe(200)
  return body
}

describe('the whole report', () => {
  it('has the same bytes when it is made again, whatever the time', async () => {
    const first = await whole()
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + MINUTE_MS))
    const again = await whole()
    app.clock.moveTo(start)
    expect(sha256(again)).toBe(sha256(first))
    expect(await noted()).toEqual([expect.objectContaining({ sha256: sha256(first) })])
  }, 60_000)

  it('wants a fresh proof', async () => {
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + 6 * MINUTE_MS))
    const answer = await resident.get(WHOLE)
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/ar/step-up?next=%2Far%2Fme%2Fdocuments%2Freport.pdf',
    ])
    app.clock.moveTo(start)
  })

  it('is cut off where something changes while it is made', async () => {
    let reads = 0
    const changing: Section<unknown> = {
      name: 'mail',
      tables: [],
      senses: { address: 'plain' },
      items: async function* () {
        reads += 1
        yield { address: `a${reads}@example.org` }
      },
    }
    const rooms = { ...app.portal, sectionsIn: () => [changing] }
    const routes = copyRoutesOf(app.installation, rooms, testPages().texts)
    const route = routes.find(({ name }) => name === 'reports.copy-whole') as RouteSpec<Actor>
    const { rows } = await sql<{ account: string }>`
      select account::text from identity.account where demo_name = 'resident-ar'`.execute(
      app.installation.admin,
    )
    const actor = { role: 'resident', assurance: 'high', subjects: [], ...rows[0] }
    const before = await noted()
    const answer = await route.handle({
      ...{ actor, language: { tag: 'de' }, now: new Date(0) },
    } as unknown as Exchange<Actor>)
    const read = async () => {
      if (answer.kind !== 'stream') return
      for await (const _ of answer.body);
    }
    await expect(read()).rejects.toThrow('CONFLICT')
    expect(await noted()).toEqual(before)
  })
})

describe('checking an own report', () => {
  it('is for its owner, by number and checksum or by the file', async () => {
    const bytes = await whole()
    const [{ digest, reference } = { digest: '', reference: '' }] = await noted()
    const hash = sha256(bytes)
    expect(await checked(resident, { hash })).toContain('Unverändert')
    expect(await checked(resident, { hash: digest, reference })).toContain('Unverändert')
    expect(await checked(resident, { hash: digest })).toContain('Nicht bekannt')
    const { body } = await resident.get('/de/check')
    const form = new FormData()
    form.set('csrf', csrfIn(body))
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), 'a.pdf')
    const headers = { 'sec-fetch-site': 'same-origin' }
    const sent = await resident.request('/de/check', { method: 'POST', body: form, headers })
    expect((await resident.get(sent.headers.get('location') ?? '')).body).toContain('Unverändert')
  }, 60_000)

  it('tells everybody else to the byte what it tells of no report', async () => {
    await whole()
    const [first] = await noted()
    const { digest, reference, sha256: hash } = first as Noted
    const others = [
      visitor(app),
      await visitorAs(app, 'resident-en'),
      await visitorAs(app, 'dpo'),
      await visitorAs(app, 'supervisor'),
    ]
    const none = 'f'.repeat(64)
    const levelled = (page: string) =>
      page
        .replaceAll(hash, none)
        .replaceAll(digest, none)
        .replace(/name="csrf" value="[^"]+"/g, '')
    for (const other of others) {
      const unknown = levelled(await checked(other, { hash: none, reference }))
      expect(unknown).toContain('Nicht bekannt')
      expect(levelled(await checked(other, { hash, reference }))).toBe(unknown)
      expect(levelled(await checked(other, { hash: digest, reference }))).toBe(unknown)
    }
  }, 60_000)

  it('ends with the account', async () => {
    const leaving = await visitorAs(app, 'resident-ru')
    const { status } = await fileAs(app, leaving, '/de/me/documents/report.pdf')
    expect(status).toBe(200)
    const before = await noted()
    const { body } = await leaving.get('/de/me/devices/leave')
    await leaving.post('/de/me/devices/leave', { csrf: csrfIn(body) })
    expect(await noted()).toHaveLength(before.length - 1)
  }, 60_000)
})

;(canRead ? describe : describe.skip)('the file', () => {
  let file: Buffer

  beforeAll(async () => {
    file = await whole()
  }, 60_000)

  it('is sound, embeds its fonts, and names its language and title', () => {
    expect(faultsOf(file)).toEqual([])
    const objects = objectsOf(file)
    expect(objects.at('/Root /Lang')).toBe('u:de')
    expect(objects.at('/Info /Title')).toMatch(/^u:Bericht über Ihre Daten [2-9A-Z]{8}$/)
    const all = objects.all() as Record<string, unknown>[]
    const descriptors = all.filter((item) => item?.['/Type'] === '/FontDescriptor')
    expect(descriptors.length).toBeGreaterThanOrEqual(4)
    for (const descriptor of descriptors) expect(descriptor['/FontFile2']).toBeDefined()
    expect(objects.at('/Root /Outlines /First /First')).toBeDefined()
  })

  it('has no text outside its structure, headings in order, and tables with heads', () => {
    expect(untaggedTexts(file)).toBe(0)
    const nodes = nodesOf(treeOf(objectsOf(file)))
    const depths = nodes.flatMap(({ type }) => (/^H\d$/.test(type) ? [Number(type[1])] : []))
    expect(depths.filter((depth) => depth === 1)).toHaveLength(1)
    expect(depths.filter((depth) => depth === 2).length).toBeGreaterThan(10)
    depths.forEach((depth, at) => expect(depth).toBeLessThanOrEqual((depths[at - 1] ?? 0) + 1))
    const tables = nodes.filter(({ type }) => type === 'Table')
    expect(tables.length).toBeGreaterThan(10)
    for (const table of tables) {
      const heads = nodesOf(table).filter(({ type }) => type === 'TH')
      expect(heads.length).toBeGreaterThan(0)
      for (const { scope } of heads) expect(['Row', 'Column']).toContain(scope)
    }
  })

  it('says in words what it rests on, and names no one’s identifiers', async () => {
    const text = copied(file)
    const [{ digest, reference } = { digest: '', reference: '' }] = await noted()
    for (const words of ['تقرير عن بياناتك', 'Zugriffe auf Ihre Daten', reference, '/ar/check']) {
      expect(text).toContain(words)
    }
    expect(text.replaceAll(' ', '')).toContain(digest)
    const { rows } = await sql<{ subject: string }>`
      select subject::text from identity.account_subject`.execute(app.installation.admin)
    for (const { subject } of rows) expect(text).not.toContain(subject)
  })
})

describe('a paper beside another language than that of the page', () => {
  const PERSIAN = '/ar/me/documents/fa/report.pdf'

  it('is offered by the name that the language has for itself, and is no page', async () => {
    const { body } = await resident.get('/ar/me/documents')
    for (const name of ['report', 'summary']) {
      expect(body).toContain(`href="/ar/me/documents/fa/${name}.pdf"`)
    }
    expect(body).toContain('<bdi lang="fa" dir="rtl">فارسی / دری</bdi>')
    expect(body).toContain('<bdi lang="en" dir="ltr">English</bdi>')
    expect(body).not.toContain('copy/ar/')
    expect(body).not.toContain('href="/fa')
    for (const address of ['/fa/me/documents', '/fa/check', '/ar/me/documents/xx/report.pdf']) {
      expect([address, (await resident.get(address)).status]).toEqual([address, 404])
    }
  })

  it('has the same bytes when it is made again, and is checked like any other', async () => {
    const { status, bytes } = await fileAs(app, resident, PERSIAN)
    expect(status).toBe(200)
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + MINUTE_MS))
    expect(sha256((await fileAs(app, resident, PERSIAN)).bytes)).toBe(sha256(bytes))
    app.clock.moveTo(start)
    expect(await checked(resident, { hash: sha256(bytes) })).toContain('Unverändert')
    const { rows } = await superuser.query<{ language: string }>(
      'select language from reports.paper where sha256 = $1',
      [sha256(bytes)],
    )
    expect(rows).toEqual([{ language: 'fa' }])
    if (!canRead) return
    expect(faultsOf(bytes)).toEqual([])
    expect(untaggedTexts(bytes)).toBe(0)
    const text = copied(bytes)
    for (const words of ['گزارش اطلاعات شما', 'مدیریت ادغام شهر پفورتسهایم', '/de/check']) {
      expect(text).toContain(words)
    }
    const persian = nodesOf(treeOf(objectsOf(bytes))).filter(({ lang }) => lang === 'fa')
    expect(persian.map(({ actual }) => actual)).toContain(
      'هنوز کسی این ترجمه را بررسی نکرده است. متن آلمانی معتبر است.',
    )
    expect(persian.length).toBeGreaterThan(100)
  }, 60_000)
})
