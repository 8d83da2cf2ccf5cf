import { brotliCompressSync } from 'node:zlib'
import { SERVICES } from '../../server/information/counsel.js'
import { LEVELS } from '../../server/information/rules.js'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import { linksIn } from '../journeys/places.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor, type Page } from '../support/visitor.js'

const BASIS = '§ 3 des Beispielgesetzes'
const CONTROLLER = {
  CONTROLLER_NAME: 'Landratsamt Beispiel',
  CONTROLLER_ADDRESS: 'Hauptweg 1, 12345 Beispiel',
  CONTROLLER_REPRESENTATIVE: 'Leitung des Amtes',
  CONTROLLER_CONTACT: 'post@landkreis.example',
  DPO_CONTACT: 'datenschutz@landkreis.example',
}
const ABOUT = [
  'easy',
  'how',
  'rights',
  'help',
  'directory',
  'state',
  'accessibility',
  'privacy',
  'imprint',
] as const
/** The page of checking takes a file, whose form needs a cookie of the visit. */
const FOOT = [...ABOUT, 'check', 'statistics'] as const
const PAGES = ['', ...ABOUT, ...LEVELS.map((level) => `directory/${level}`)]
const TAGS = LANGUAGES.map(({ tag }) => tag)
const CASES = TAGS.flatMap((tag) => PAGES.map((page) => [tag, page] as const))

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ env: { LEGAL_BASIS: BASIS, ...CONTROLLER } })
}, 120_000)

afterAll(async () => app?.close())

const open = (tag: string, page: string): Promise<Page> => visitor(app, tag).get(`/${tag}/${page}`)

/** What a page shows between its tags. */
function words(html: string): string {
  const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  return text.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
}

test.each(CASES)('everybody reads /%s/%s, small and without a cookie', async (tag, page) => {
  const { status, headers, body } = await open(tag, page)
  expect(status).toBe(200)
  expect(headers.getSetCookie()).toEqual([])
  expect(brotliCompressSync(body).length).toBeLessThan(14 * 1024)
  expect(body).not.toMatch(/information:|\bundefined\b|\[object/)
})

test.each(TAGS)('every page leads to the pages about Mirat, refusals included: %s', async (tag) => {
  const wanted = FOOT.map((page) => `/${tag}/${page}`)
  for (const page of [...PAGES, 'nothing', 'directory/nothing']) {
    const { body } = await open(tag, page)
    const foot = /<footer[\s\S]*<\/footer>/.exec(body)?.[0] ?? ''
    expect([page, linksIn(foot)]).toEqual([page, wanted])
  }
})

test('a page with a form leaves one cookie, whose value says nothing', async () => {
  const { headers } = await visitor(app).get('/demo')
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^mirat-visit=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/) as unknown,
  ])
})

test.each(TAGS)(
  'links to others carry nothing along, and lead where the list says: %s',
  async (tag) => {
    const { body } = await open(tag, 'help')
    const others = [...body.matchAll(/<a\b[^>]*href="https:[^>]*>/g)].map(([link]) => link)
    expect(others.filter((link) => !link.includes('rel="noreferrer"'))).toEqual([])
    const listed = Object.values(SERVICES).flatMap((services) => services.map(({ href }) => href))
    const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? ''
    expect([...main.matchAll(/href="(https:[^"]*)"/g)].map(([, href]) => href)).toEqual(listed)
    expect(listed.filter((href) => new URL(href).search !== '')).toEqual([])
  },
)

test.each(TAGS)('privacy notice and imprint name the configured operator: %s', async (tag) => {
  for (const page of ['privacy', 'imprint']) {
    const text = words((await open(tag, page)).body)
    for (const value of Object.values(CONTROLLER)) expect(text).toContain(value)
    expect(text).not.toContain('mirat.example')
  }
})

test.each(TAGS)(
  'the privacy notice names the configured legal basis in its text: %s',
  async (tag) => {
    const { body } = await open(tag, 'privacy')
    const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? ''
    expect(words(main)).toContain(BASIS)
  },
)

test.each(TAGS)('every right stands beside its place and name in German law: %s', async (tag) => {
  const text = words((await open(tag, 'rights')).body)
  const places = ['15', '16', '17', '18', '19', '21', '77'].map(
    (article) => `Art. ${article} DSGVO`,
  )
  for (const place of [...places, 'Art. 7 Abs. 3 DSGVO', '§ 34 AZRG', '§ 4 AZRG']) {
    expect(text).toContain(place)
  }
  expect(text).toContain('Recht auf Berichtigung')
  expect(text).toContain('DSGVO Art. 12 Abs. 3 Satz 1')
})

test('the state of the log is that of the public checkpoint, and names no witness', async () => {
  const text = words((await open('en', 'state')).body)
  const { body } = await visitor(app).get('/log/checkpoint')
  const [origin = '', size = ''] = body.split('\n')
  expect(text).toContain(origin)
  expect(text).toMatch(new RegExp(`Entries ${Number(size).toLocaleString('en')} `))
  expect(text).toContain(app.portal.ledger.vkey)
  expect(text).toContain('Witnesses: none yet')
  expect(text).toContain(`npm run ledger:verify -- --public --url ${app.url}`)
})

test('a level that does not exist is not found', async () => {
  expect((await open('de', 'directory/nothing')).status).toBe(404)
})
