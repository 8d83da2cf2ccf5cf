import type { Page } from 'playwright-core'
import { SERVICES } from '../../server/information/counsel.js'
import { LANGUAGES, type Language } from '../../server/platform/http/languages.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import type { Visitor } from '../support/visitor.js'
import { linksIn, pageRoutes, routeOf, walk } from './places.js'
import { readHtml, type PageFacts } from './reading.js'
import { inLanguage, stationsOf, visitorAs, type Station } from './stations.js'
import { wordingOf, type Wording } from './wording.js'

let app: TestApp
let browser: TestBrowser
/** An empty page whose parser reads HTML. */
let reader: Page
let stations: readonly Station[]
let wording: Wording

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  browser = await startBrowser()
  reader = await (await browser.context({ javaScriptEnabled: true })).newPage()
  stations = await stationsOf(app)
  wording = wordingOf(app.installation.catalogue)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('links alone lead to every page, for everybody who may enter it', () => {
  const routes = pageRoutes(app)
  const reached = new Set(stations.map(({ address }) => routeOf(routes, address)?.name))
  const letters = ['decision', 'letter', 'due', 'own-file', 'case-file', 'told-letter', 'proof']
  const downloads = [
    'overview.proof',
    ...['file', 'table', 'whole', 'summary', 'whole-beside', 'summary-beside'].map(
      (name) => `reports.copy-${name}`,
    ),
    ...letters.map((name) => `rectification.${name}`),
    'blocks.letter',
    'consent.desk-letter',
    'consent.receipt-json',
    'consent.receipt-pdf',
    'reports.access-file',
    'reports.copy-part',
  ]
  // Nothing is there before two people agreed to it.
  const asked = ['oversight.unmask']
  const leadOn = ['rectification.resume', 'tidings.open']
  const missed = routes.map(({ name }) => name).filter((name) => !reached.has(name))
  expect([...missed].sort()).toEqual([...downloads, ...asked, ...leadOn].sort())
})

/** The stations of each person. */
function perPerson(): ReadonlyMap<string, readonly Station[]> {
  const people = new Set(stations.map(({ person }) => person))
  return new Map([...people].map((one) => [one, stations.filter(({ person }) => person === one)]))
}

describe.each([...LANGUAGES])('in $tag', (language) => {
  const { tag } = language

  test('every page is whole, names its language, and says nothing in another', async () => {
    const faults = tally()
    for (const [person, own] of perPerson()) {
      const visitor = await visitorAs(app, person, tag)
      for (const { address, status } of own) {
        const answer = await visitor.get(inLanguage(address, tag))
        const facts = await readHtml(reader, answer.body)
        const found = [
          ...(answer.status === status ? [] : [`answers ${answer.status}`]),
          ...faultsOf(facts, language),
          ...wording.faults(facts.texts, tag),
        ]
        faults.add(`${person} at ${address}`, found)
      }
    }
    expect(faults.all()).toEqual([])
  }, 300_000)
})

/** Every fault once, with the first place that has it and how many more do. */
function tally() {
  const places = new Map<string, string[]>()
  return {
    add: (place: string, faults: readonly string[]) => {
      for (const fault of faults) places.set(fault, [...(places.get(fault) ?? []), place])
    },
    all: () =>
      [...places].map(([fault, [first, ...more]]) => `${fault} (${first}, ${more.length} more)`),
  }
}

/** What a page lacks that every page has. */
function faultsOf(facts: PageFacts, { tag, direction }: Language): readonly string[] {
  const { landmarks, forms, links, ids } = facts
  const rules: readonly (readonly [boolean, string])[] = [
    [facts.lang === tag, `lang is ${facts.lang}`],
    [facts.dir === direction, `dir is ${facts.dir}`],
    [facts.headings.length === 1, `${facts.headings.length} first headings`],
    [/^.+ · Mirat$/.test(facts.title), `the title is ${facts.title}`],
    [facts.title.startsWith(facts.headings[0] ?? '?'), 'the title does not begin with the heading'],
    [landmarks.main === 1, `${landmarks.main} main landmarks`],
    [landmarks.header === 1 && landmarks.footer === 1, 'header or footer is missing'],
    [facts.namelessNavs === 0, 'a navigation without a name'],
    [facts.unlabelled.length === 0, `no label: ${facts.unlabelled.join()}`],
    [facts.inline.length === 0, `inline: ${facts.inline.join()}`],
    [new Set(ids).size === ids.length, 'an id stands twice'],
    [
      links.every((href) => isOurs(href, ids)),
      `links: ${links.filter((href) => !isOurs(href, ids)).join()}`,
    ],
    [forms.every(({ method, hasToken }) => method === 'get' || hasToken), 'a form without token'],
  ]
  return rules.flatMap(([isKept, fault]) => (isKept ? [] : [fault]))
}

/** Home pages of others that the help page names. */
const SERVICE_PAGES: readonly string[] = Object.values(SERVICES).flatMap((services) =>
  services.map(({ href }) => href),
)

/** An address of ours, a place on this page, a letter to the operator, a service, or the one way out. */
function isOurs(href: string, ids: readonly string[]): boolean {
  if (href.startsWith('#')) return ids.includes(href.slice(1))
  if (href.startsWith('mailto:')) return /^mailto:[\w.]+@mirat\.example$/.test(href)
  return (
    href.startsWith('/') || href === 'https://www.wikipedia.org/' || SERVICE_PAGES.includes(href)
  )
}

test('every link that a resident can reach answers, and every page behind one speaks Arabic alone', async () => {
  const visitor = await visitorAs(app, 'resident-ar')
  const routes = pageRoutes(app)
  const pages = await walk({
    visitor,
    from: ['/ar/me'],
    follow: (address) =>
      address.startsWith('/ar/me') && routeOf(routes, address)?.name !== 'overview.proof',
  })
  expect(pages.size).toBeGreaterThan(50)
  const faults = tally()
  for (const [address, html] of pages) {
    const { texts } = await readHtml(reader, html)
    faults.add(address, wording.faults(texts, 'ar'))
  }
  expect(faults.all()).toEqual([])
  const beyond = [...pages.values()].flatMap(linksIn).filter((link) => !isSwitch(link))
  expect(
    await unanswered(
      visitor,
      beyond.filter((link) => !pages.has(link)),
    ),
  ).toEqual([])
}, 300_000)

/** The same page in another language: `stations` has opened each sort of it. */
function isSwitch(link: string): boolean {
  return /^\/(de|en)\//.test(link)
}

test('every link on a page of anybody else answers', async () => {
  for (const [person, own] of perPerson()) {
    if (person === 'resident-ar') continue
    const visitor = await visitorAs(app, person)
    const links: string[] = []
    for (const { address } of own) links.push(...linksIn((await visitor.get(address)).body))
    expect([person, await unanswered(visitor, links)]).toEqual([person, []])
  }
}, 300_000)

/** Links that answer neither a page nor the way to one. */
async function unanswered(visitor: Visitor, links: readonly string[]): Promise<readonly string[]> {
  const faults: string[] = []
  for (const link of new Set(links)) {
    const { status } = await visitor.get(link)
    if (status !== 200 && status !== 303) faults.push(`${link} answers ${status}`)
  }
  return faults
}

test.each([
  'resident-fa',
  'resident-uk',
  'resident-tr',
  'resident-ru',
  'resident-en',
  'resident-withheld',
])(
  'what %s meets is said in Arabic as well',
  async (person) => {
    const visitor = await visitorAs(app, person)
    const pages = await walk({
      visitor,
      from: ['/ar/me', '/ar/me/offices', '/ar/me/data', '/ar/me/accesses'],
      follow: (address) => /^\/ar\/me\/accesses\?before=\d+$/.test(address),
    })
    for (const [address, html] of pages) {
      const { texts } = await readHtml(reader, html)
      expect([address, wording.faults(texts, 'ar')]).toEqual([address, []])
    }
  },
  120_000,
)
