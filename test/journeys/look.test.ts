import pg from 'pg'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import { STAFF } from '../../server/demo/people.js'
import type { Actor } from '../../server/identity/index.js'
import type { Look, RouteSpec } from '../../server/platform/http/route.js'
import { authorityOf } from '../ingestion/authority.js'
import { REFUSED } from '../platform/answers.js'
import type { TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'
import { says } from '../support/past.js'
import { visitor, type Visitor } from '../support/visitor.js'
import { openPortal } from './people.js'
import { linksIn } from './places.js'

const OFFICE = 'i.pf.abh'
const LIST = '/de/oversight/accesses'

let app: TestApp
let dpo: Visitor
let resident: Visitor
let accessOfOffice: string

beforeAll(async () => {
  app = await openPortal(STAFF)
  const office = await authorityOf(app, { code: OFFICE })
  const { status } = await office.deliver(office.events(1, 1, { caseRef: undefined }))
  expect(status).toBe(201)
  dpo = visitor(app)
  resident = visitor(app)
  await dpo.signIn('dpo')
  await resident.signIn('resident-en')
  const list = await dpo.get(LIST)
  const [first] = linksIn(list.body).filter((link) => /\/oversight\/accesses\/\d+$/.test(link))
  if (first === undefined) throw new Error('the list has no access of the office')
  accessOfOffice = first
}, 120_000)

afterAll(async () => app?.close())

/** Accesses that stand in the person's own log, newest first. */
async function accesses(): Promise<readonly string[]> {
  const { body } = await resident.get('/de/me/accesses')
  return linksIn(body).filter((link) => /\/me\/accesses\/\d+$/.test(link))
}

async function asked<Row extends object>(statement: string) {
  const client = new pg.Client({ connectionString: app.adminUrl })
  await client.connect()
  try {
    return await client.query<Row>(statement)
  } finally {
    await client.end()
  }
}

async function asSuperuser(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: app.adminUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

test('the list of the office alone is no look', async () => {
  const before = await accesses()
  for (const address of [LIST, `${LIST}?flagged=yes`, `${LIST}?before=100000`, '/de/staff']) {
    expect((await dpo.get(address)).status).toBe(200)
  }
  expect(await accesses()).toEqual(before)
})

test('a look of the data protection officer shows at once to the person, as office, unit and reason', async () => {
  const before = await accesses()
  const { status } = await dpo.get(accessOfOffice)
  expect(status).toBe(200)
  const [newest, ...older] = await accesses()
  expect(older).toEqual(before)
  for (const { tag } of LANGUAGES) {
    const { body } = await resident.get((newest ?? '').replace('/de/', `/${tag}/`))
    const texts = app.installation.catalogue.texts(tag)
    expect(body).toContain(texts.party(OFFICE).name)
    expect(body).toContain(texts.unit('data_protection').label)
    expect(body).toContain(texts.purpose('portal_data_protection').name)
    expect(body).not.toMatch(/dpo|portal_|gdpr_/)
  }
})

test('an access of another office, or none, looks the same to the officer, and is no look', async () => {
  const other = visitor(app)
  await other.signIn('dpo-2')
  const before = await accesses()
  const hidden = await other.get(accessOfOffice)
  const missing = await other.get(`${LIST}/999999`)
  expect([hidden.status, missing.status]).toEqual([404, 404])
  const plain = (body: string) =>
    body.replaceAll(/\/\d+"/g, '"').replace(/<bdi class="id".*?<\/bdi>|value="[^"]+"/g, '')
  expect(plain(hidden.body)).toBe(plain(missing.body))
  expect(await accesses()).toEqual(before)
})

test('where the look cannot be written, nothing is shown', async () => {
  const before = await accesses()
  const refusing = [
    'create function overview.refuse() returns trigger language plpgsql as ' +
      `$$ begin raise exception 'no space left' using errcode = '53100'; end $$`,
    'create trigger refuse before insert on overview.access_event for each row execute function overview.refuse()',
  ]
  const mended = ['drop trigger refuse on overview.access_event', 'drop function overview.refuse()']
  await asSuperuser(...refusing)
  const { status, body, headers } = await dpo.get(accessOfOffice)
  await asSuperuser(...mended)
  expect(status).toBe(503)
  expect(headers.get('retry-after')).toMatch(/^\d+$/)
  expect(body).not.toContain(app.installation.catalogue.texts('de').party(OFFICE).name)
  expect(await accesses()).toEqual(before)
  expect((await dpo.get(accessOfOffice)).status).toBe(200)
  expect(await accesses()).toHaveLength(before.length + 1)
})

test('where the right to write looks is missing, nothing is shown', async () => {
  const role = app.installation.roles.web_staff
  await asSuperuser(`revoke insert on overview.access_event from ${role}`)
  const { status, body } = await dpo.get(accessOfOffice)
  await asSuperuser(`grant insert on overview.access_event to ${role}`)
  expect(status).toBe(503)
  expect(body).not.toContain(app.installation.catalogue.texts('de').party(OFFICE).name)
})

test('a look outside its flow is shown, and stands in the log as what it is', async () => {
  const { rows } = await asked<{ subject: string }>('select subject from identity.account_subject')
  const subject = rows[0]?.subject ?? ''
  const route = (role: 'caseworker' | 'dpo', look: Partial<Look>): RouteSpec<Actor> => ({
    ...{ name: `test.${role}`, method: 'get', path: `/:lang/test/${role}`, allow: [role] },
    disclosure: () => Promise.resolve([{ subject, fields: ['portal.sign_in_code'], ...look }]),
    handle: () => Promise.resolve({ kind: 'bytes', body: 'shown', type: 'text/plain' }),
  })
  const routes = [route('caseworker', {}), route('dpo', { secret: true })]
  const beside = await listenWith(app, routes)
  const opened = async (role: 'caseworker' | 'dpo') => {
    const browser = visitor(app)
    await browser.signIn(role)
    const headers = { cookie: browser.cookies() }
    const answer = await fetch(`${beside.url}/de/test/${role}`, { headers })
    return [answer.status, await answer.text()]
  }
  const before = await accesses()
  try {
    expect(await opened('caseworker')).toEqual([200, 'shown'])
    const [newest = '', ...older] = await accesses()
    expect(older).toEqual(before)
    expect((await resident.get(newest)).body).toContain('Was hier nicht passt')
    await app.portal.ledger.tick()
    expect((await dpo.get(`${LIST}?flagged=yes`)).body).toContain(`${newest.split('/').at(-1)}"`)
    // What is kept from its person is flagged out of their sight.
    expect(await opened('dpo')).toEqual([200, 'shown'])
    expect(await accesses()).toEqual([newest, ...older])
    const flags = await asked('select from overview.sealed_flag')
    expect(flags.rows).toHaveLength(1)
  } finally {
    await beside.close()
  }
})

test('an office flags its own looks alone, as they were recorded', async () => {
  const office = app.installation.catalogue.parties.byCode(OFFICE)?.id ?? 0
  const staff = { who: ['web', 'web_staff'] as const, settings: { office: String(office) } }
  const elsewhere = { ...staff, settings: { office: String(office + 1) } }
  const flag = (which: string, { at = 'recorded_at', rule = 'flow.unknown' } = {}) =>
    `insert into overview.access_flag select leaf_index, '${rule}', subject, '{}', ${at}, expires_on
      from (values ${which}) look (leaf_index, subject, recorded_at, expires_on)`
  const { rows } = await asked<{ look: string; is_look: boolean }>(
    `select format('(%s::bigint, %L::uuid, %L::timestamptz, %L::date)', leaf_index, subject, recorded_at, expires_on) as look,
      stream is null as is_look from overview.access_event order by leaf_index desc`,
  )
  const look = rows.find(({ is_look: is }) => is)?.look ?? ''
  const delivered = rows.find(({ is_look: is }) => !is)?.look ?? ''
  expect(await says({ app }, staff, [flag(look)])).toEqual(['1 rows'])
  const others = [flag(delivered), flag(look, { at: 'now()' }), flag(look, { rule: 'consent.x' })]
  expect(await says({ app }, staff, others)).toEqual([REFUSED, REFUSED, REFUSED])
  expect(await says({ app }, elsewhere, [flag(look)])).toEqual([REFUSED])
})
