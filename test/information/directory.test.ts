import type pg from 'pg'
import { LEVELS } from '../../server/information/rules.js'
import { createFormats, isoDay } from '../../server/platform/http/formats.js'
import { GERMAN, LANGUAGES } from '../../server/platform/http/languages.js'
import { authorityOf, OFFICE, type TestAuthority } from '../ingestion/authority.js'
import { openPortal } from '../journeys/people.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import type { TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'

const TAGS = LANGUAGES.map(({ tag }) => tag)

let app: TestApp
let office: TestAuthority
/** The month of everything that happens here, for machines and in German. */
let month: string
let monthInWords: string

beforeAll(async () => {
  app = await openPortal()
  month = isoDay(app.clock.now()).slice(0, 7)
  monthInWords = createFormats(GERMAN).month(month)
  office = await authorityOf(app, { code: OFFICE })
}, 120_000)

afterAll(async () => app?.close())

async function mainOf(page: string, tag = 'de'): Promise<string> {
  const { status, body } = await visitor(app, tag).get(`/${tag}/${page}`)
  expect(status).toBe(200)
  return /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? ''
}

const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const nameOf = (tag: string) => app.installation.catalogue.texts(tag).party(OFFICE).name

/** Times of day and days of deliveries: whatever is finer than a month. */
function finerThanMonths(html: string): readonly string[] {
  const times = [...html.matchAll(/datetime="([^"]+)"/g)].map(([, value = '']) => value)
  const clocks = words(html).match(/\d{1,2}:\d{2}/g) ?? []
  return [...times.filter((value) => !/^\d{4}-\d{2}$/.test(value)), ...clocks]
}

/** The page without its checkpoint, whose time is public in the log itself. */
const withoutCheckpoint = (html: string) => html.replace(/<dl[\s\S]*?<\/dl>/, '')

test('an office with a stream is connected before it has delivered anything', async () => {
  const text = words(await mainOf('directory'))
  expect(text).toContain(nameOf('de'))
  expect(text).toMatch(
    new RegExp(`Verbunden seit\\s+${monthInWords}\\s*\\. Noch keine Lieferung\\.`),
  )
})

test('the last delivery is told as a month, and this month as such', async () => {
  expect((await office.deliver(office.events(1, 1))).status).toBe(201)
  expect(words(await mainOf('directory'))).toContain('Letzte Lieferung: diesen Monat.')
  app.clock.moveTo(new Date(app.clock.now().getTime() + 62 * 86_400_000))
  expect(words(await mainOf('directory'))).toMatch(
    new RegExp(`Letzte Lieferung:\\s+${monthInWords}\\s*\\.`),
  )
  for (const tag of TAGS) {
    const pages = [await mainOf('directory', tag), await mainOf('directory/municipal', tag)]
    const log = withoutCheckpoint(await mainOf('state', tag))
    for (const html of [...pages, log]) {
      expect(words(html)).toContain(nameOf(tag))
      expect(html).toContain(`datetime="${month}"`)
      expect(finerThanMonths(html)).toEqual([])
    }
  }
})

test('an office without a stream is told to be not connected', async () => {
  const { catalogue } = app.installation
  const html = await mainOf('directory/municipal')
  const other = catalogue.texts('de').party('i.pf.abh').name
  const [, after = ''] = html.split(`<bdi>${other}</bdi>`)
  expect(words(after.split('</li>')[0] ?? '')).toContain('Nicht verbunden.')
})

test.each(TAGS)(
  'the directory names the offices of the catalogue, each once, and no other: %s',
  async (tag) => {
    const { catalogue } = app.installation
    const texts = catalogue.texts(tag)
    const known = catalogue.parties.all.filter(({ code }) => code !== 'portal')
    const named: string[] = []
    for (const level of LEVELS) {
      const html = await mainOf(`directory/${level}`, tag)
      const kinds = [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, name = '']) => name)
      const offices = [...html.matchAll(/<li><bdi>(.*?)<\/bdi>/g)].map(([, name = '']) => name)
      named.push(...[...kinds, ...offices].map((name) => words(name).trim()))
    }
    const plain = (name: string) => name.replace(/\s+/g, ' ')
    const wanted = known.map(({ code }) => plain(texts.party(code).name))
    const isolated = named.map((name) => name.replace(/\( (.*?) \)/g, '($1)'))
    expect(isolated.sort()).toEqual(wanted.sort())
  },
)

test('a local office says that its name is example data', async () => {
  expect(words(await mainOf('directory'))).toContain('Name und Zuständigkeit sind Beispieldaten.')
})

describe('the role behind public pages', () => {
  async function asPublic<Value>(work: (client: pg.PoolClient) => Promise<Value>): Promise<Value> {
    const { pools, roles } = app.installation
    const client = await pools.web.connect()
    try {
      await client.query(`set role ${roles.web_public}`)
      return await work(client)
    } finally {
      client.release(true)
    }
  }

  test('reads months of deliveries', async () => {
    const { rows } = await asPublic((client) => client.query('select * from ingestion.coverage()'))
    const { id } = app.installation.catalogue.parties.byCode(OFFICE) ?? {}
    expect(rows).toEqual([{ authority: id, since_month: month, last_month: month }])
  })

  test('reads nothing else of them', async () => {
    const tables = ['stream', 'stream_key', 'batch', 'assertion']
    const statements = tables.map((table) => `select * from ingestion.${table}`)
    const answers = await asPublic((client) => answersTo(client, statements))
    expect(answers).toEqual(tables.map(() => REFUSED))
  })
})
