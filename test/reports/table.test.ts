import { sql } from 'kysely'
import { tonguesOf } from '../../server/compose/reports.js'
import type { Section, Senses } from '../../server/platform/kernel/section.js'
import { leavesOf, senseOf, shownOf, type Leaf } from '../../server/reports/copying/leaves.js'
import { writeTable } from '../../server/reports/copying/table.js'
import { labelOf, wordsOf, type CopyTongue } from '../../server/reports/copying/words.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { GERMAN, PAPER_LANGUAGES } from '../../server/platform/http/languages.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { testPages } from '../support/pages.js'
import { visitorAs } from '../journeys/stations.js'

const PEOPLE = [
  'resident-ar',
  'resident-fa',
  'resident-uk',
  'resident-tr',
  'resident-ru',
  'resident-en',
]

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)

afterAll(() => app?.close())

/** Reads a table (RFC 4180) with everything in quotes. */
function cellsIn(text: string): readonly (readonly string[])[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell))
}

/** The person as the portal knows them once they are signed in. */
async function actorOf(person: string): Promise<ResidentActor> {
  const { rows } = await sql<{ account: string; subjects: string[] }>`
    select account::text, array_agg(subject::text) as subjects from identity.account
      join identity.account_subject using (account)
      where demo_name = ${person} group by account`.execute(app.installation.admin)
  return { role: 'resident', assurance: 'high', ...rows[0] } as unknown as ResidentActor
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('the copy as a table', () => {
  it('holds every value of the copy, with words beside the codes', async () => {
    const browser = await visitorAs(app, 'resident-ar')
    const table = await browser.get('/ar/me/documents/export.csv')
    expect(table.status).toBe(200)
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(table.headers.get('content-disposition')).toMatch(/^attachment; .*\.csv"$/)
    const [head, ...lines] = cellsIn(table.body)
    expect(head).toEqual([
      ...['section', 'item', 'field', 'value', 'section_de', 'field_de', 'value_de'],
      ...['section_ar', 'field_ar', 'value_ar'],
    ])
    const { body } = await browser.get('/ar/me/documents/export.json')
    const copy = JSON.parse(body) as Readonly<Record<string, unknown>>
    const sections = Object.entries(copy).filter(([, items]) => Array.isArray(items))
    for (const [name, items] of sections as [string, object[]][]) {
      const wanted = items.flatMap((item, at) =>
        [...leavesOf(item)].map(({ place }) => `${at + 1} ${place}`),
      )
      const found = lines.filter(([section]) => section === name)
      expect([name, found.map(([, item, field]) => `${item} ${field}`)]).toEqual([name, wanted])
    }
    expect(lines.at(-1)?.slice(0, 4)).toEqual([
      ...['end', '1', 'items'],
      String(sections.reduce((sum, [, items]) => sum + (items as object[]).length, 0)),
    ])
    const office = lines.find(([section, , field]) => section === 'accesses' && field === 'source')
    expect(office?.slice(4, 7)).toEqual(['Zugriffe auf Ihre Daten', 'Von', expect.any(String)])
    expect(office?.[9]).toMatch(/\p{Script=Arabic}/u)
  }, 60_000)

  it('makes no formula of what somebody wrote', async () => {
    const section: Section<null> = {
      name: 'requests',
      tables: [],
      senses: { words: 'plain' },
      items: async function* () {
        yield { words: '=HYPERLINK("http://x")' }
        yield { words: ['+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1'] }
      },
    }
    const german = { t: (key: string) => key, tag: 'de' } as unknown as CopyTongue
    const head = { format: 'f', made: new Date(0), origin: 'o', limits: '-l' }
    let text = ''
    for await (const part of writeTable({ head, tongues: [german] }, [section], null)) text += part
    expect(text.startsWith('\ufeff')).toBe(true)
    const cells = cellsIn(text).flat()
    expect(cells.length).toBeGreaterThan(50)
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([])
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
  })
})

describe('what is told of a copy', () => {
  it('is said of each value of each section, and in words', async () => {
    const { texts } = testPages()
    const tongues = [GERMAN, ...PAPER_LANGUAGES].map(({ tag }) =>
      tonguesOf(app.installation, texts)(tag),
    )
    const lacks = ({ path, value }: Leaf, senses: Senses): boolean => {
      const sense = senseOf(senses, path)
      if (sense === undefined || sense === 'inner') return sense === undefined
      for (const tongue of tongues) labelOf(tongue, path)
      return sense !== 'plain' && tongues.some((one) => wordsOf(one, sense, value) === undefined)
    }
    const unsaid = new Set<string>()
    for (const person of PEOPLE) {
      const actor = await actorOf(person)
      for (const { name, items, senses } of app.portal.sectionsIn('de')) {
        const leaves = (await allOf(items(actor))).flatMap((item) => [...leavesOf(item)])
        const lacking = leaves.filter((leaf) => lacks(leaf, senses))
        for (const { path, value } of lacking) unsaid.add(`${name}.${path} ${String(value)}`)
      }
    }
    expect([...unsaid]).toEqual([])
  }, 120_000)

  it('has a name for everything that a section tells to people', () => {
    const t = testPages().texts.in(GERMAN)
    for (const { name, senses, columns = [] } of app.portal.sectionsIn('de')) {
      expect(t(`copy:section.${name}`)).not.toBe('')
      for (const [path, sense] of Object.entries(senses)) {
        if (sense !== 'inner') expect(labelOf({ t }, path)).not.toBe('')
      }
      for (const path of columns.flatMap(({ paths }) => paths))
        expect(senseOf(senses, path)).toBeDefined()
    }
  })

  it('takes a path for everything below it, and nothing for what nobody said', () => {
    const senses = { a: 'inner', 'a.b': 'plain' }
    expect(['a', 'a.c', 'a.b.c', 'b'].map((path) => senseOf(senses, path))).toEqual([
      ...['inner', 'inner', 'plain', undefined],
    ])
  })

  it('keeps lists of things apart from lines', () => {
    const item = { a: 1, none: null, b: { c: ['x', 'y'] }, d: [{ e: 2, f: [{ e: 3 }] }], g: [] }
    const senses = { a: 'plain', b: 'plain', d: 'plain' }
    expect(shownOf(item, senses)).toEqual({
      lines: [
        { path: 'a', values: [1] },
        { path: 'b.c', values: ['x', 'y'] },
      ],
      lists: [
        {
          path: 'd',
          entries: [
            {
              lines: [{ path: 'd.e', values: [2] }],
              lists: [
                { path: 'd.f', entries: [{ lines: [{ path: 'd.f.e', values: [3] }], lists: [] }] },
              ],
            },
          ],
        },
      ],
    })
  })
})
