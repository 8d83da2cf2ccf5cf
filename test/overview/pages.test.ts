import { LANGUAGES } from '../../server/platform/http/languages.js'
import { barsOf } from '../../server/overview/pages/chart.js'
import { screensOf, type Asked, type Screen } from './screens.js'
import {
  access,
  DAY,
  flowLike,
  NOON,
  officeOf,
  openWorld,
  QUERY,
  resident,
  STORE,
  subject,
  type Told,
  type World,
} from './world.js'

let world: World
let show: ReturnType<typeof screensOf>
/** Somebody with every sort of entry. */
let person: ReturnType<typeof subject>
let indices: readonly number[]

const daysAgo = (count: number) => new Date(NOON.getTime() - count * DAY)

beforeAll(async () => {
  world = await openWorld()
  show = screensOf(world)
  person = subject()
  const { catalogue } = world
  const flow = (wanted: Parameters<typeof flowLike>[1]) => flowLike(catalogue, wanted)
  const told: Partial<Told>[] = [
    { caseRef: 'PF-7', unit: 'residence_titles', at: daysAgo(1) },
    { caseRef: 'PF-7', unit: 'residence_titles', at: daysAgo(2) },
    {
      flow: flow({ ...QUERY, recipient: 'jobcenter' }),
      fields: ['azr.fingerprints'],
      at: daysAgo(3),
    },
    { flow: flow(STORE), fields: flow(STORE).fields, at: daysAgo(40) },
    { flow: flow(STORE), fields: ['azr.marital_status'], at: daysAgo(41) },
    { flow: flow(STORE), fields: ['azr.address_current'], at: daysAgo(41) },
    { flow: flow(STORE), operation: 'erase', fields: ['azr.birth_place'], at: daysAgo(20) },
    { flow: flow({ operation: 'transmit', disclosure: 'open', recipient: 'ba' }), at: daysAgo(60) },
    { consentId: '33333333-3333-3333-3333-333333333333', at: daysAgo(70) },
  ]
  const older = Array.from({ length: 30 }, (_, place) => ({
    caseRef: `PF-1${place}`,
    at: daysAgo(80 + place),
  }))
  const of = (one: Partial<Told>) => access(catalogue, { subject: person, ...one })
  await world.record(older.map(of))
  indices = await world.record(told.map(of))
  await world.ledger.tick()
}, 60_000)
afterAll(() => world.close())

/** Every page, and every state of it that a person can come to. */
const pages = (): [string, string, Omit<Asked, 'actor' | 'tag'>][] => [
  ['home', 'home', {}],
  ['offices', 'offices', {}],
  ['an office that holds data', 'office', { params: { party: 'bva' } }],
  [
    'an office that only looked',
    'office',
    { params: { party: officeOf(world.catalogue, 'abh').code } },
  ],
  ['data', 'data', {}],
  ['a held field', 'field', { params: { field: 'azr.marital_status' } }],
  ['an erased field', 'field', { params: { field: 'azr.birth_place' } }],
  ['a field that nobody holds', 'field', { params: { field: 'vol.cv' } }],
  ['accesses', 'accesses', {}],
  ['older accesses', 'accesses', { query: `before=${Math.max(...indices) - 5}` }],
  ['filtered accesses', 'accesses', { query: 'operation=query&period=2027-04' }],
  ['no accesses', 'accesses', { query: 'period=2025-01' }],
  ['refused accesses', 'accesses', { query: 'office=x&before=y' }],
  ...indices.map((index): [string, string, Omit<Asked, 'actor' | 'tag'>] => {
    return [`access ${index}`, 'access', { params: { entry: String(index) } }]
  }),
  ['limits', 'limits', {}],
]

const seen = new Map<string, Promise<[string, Screen][]>>()

/** All of them as the person sees them in one language; made once. */
const all = (tag: string) => {
  const known = seen.get(tag) ?? inTurn(tag)
  seen.set(tag, known)
  return known
}
const inTurn = async (tag: string) => {
  const screens: [string, Screen][] = []
  for (const [what, name, rest] of pages()) {
    screens.push([what, await show(name, { actor: resident([person]), tag, ...rest })])
  }
  return screens
}

/** Codes, keys and holes: `azr.family_name`, `overview:home.title`, `i.pf.abh`, `{{count}}`, `undefined`. */
const RAW = /\b[a-z]+[a-z0-9]*[._:][a-z0-9_.]*[a-z]\b|\{\{|undefined|\[object|NaN|\bnull\b/i
const ADDRESS = /\b(?:\w+\.)+(?:de|eu)\b/

describe.each(LANGUAGES.map(({ tag }) => tag))('every page in %s', (tag) => {
  it('shows words, and neither a code nor a key nor a hole', async () => {
    for (const [what, { words }] of await all(tag)) {
      const found = RAW.exec(words.replace(ADDRESS, ''))
      expect([what, found?.[0]]).toEqual([what, undefined])
    }
  })

  it('has one h1, and fits into 14 kB', async () => {
    for (const [what, { html, bytes }] of await all(tag)) {
      expect([what, html.match(/<h1/g)?.length]).toEqual([what, 1])
      expect([what, bytes < 14_000]).toEqual([what, true])
    }
  })
})

describe('every page in Arabic', () => {
  it('leaves no German behind but what is marked as German', async () => {
    for (const [what, { words }] of await all('ar')) {
      const latin = words.replaceAll('Mirat', '').match(/\p{Script=Latin}+/gu)
      expect([what, latin]).toEqual([what, null])
    }
  })
})

describe('a letter session', () => {
  it('reads of no place, no unit, no case number, no single field and no download on any page', async () => {
    const letter = resident([person], 'letter')
    const kinds = pages().filter(([, name]) => name !== 'field')
    for (const [what, name, rest] of kinds) {
      const params = name === 'office' && what.includes('only') ? { party: 'abh' } : rest.params
      const { html, words } = await show(name, {
        actor: letter,
        tag: 'de',
        ...rest,
        ...(params && { params }),
      })
      const main = /<main[^>]*>([^]*)<\/main>/.exec(html)?.[1] ?? ''
      const told = name === 'limits' ? words : main
      expect([
        what,
        /Pforzheim|i\.pf\.|PF-|Abteilung|Anschrift|Familienstand|\/proof|download/.exec(told)?.[0],
      ]).toEqual([what, undefined])
      expect([what, name === 'limits' || words.includes('Code aus einem Brief')]).toEqual([
        what,
        true,
      ])
    }
  })
})

describe('home', () => {
  it('answers how many hold data and what happened lately, with a way to what does not fit', async () => {
    const { words, html } = await show('home', { actor: resident([person]), tag: 'de' })
    expect(words).toContain('2 Stellen haben Daten über Sie')
    expect(words).toContain('Letzte 30 Tage: 4 Zugriffe')
    expect(words).toContain('1 ohne passenden Grund: ansehen')
    expect(html).toContain('/de/me/accesses?period=month&amp;only=flagged')
    expect(html.match(/class="card access"/g)).toHaveLength(3)
  })

  it('says that all have a stated reason where none breaks a rule', async () => {
    const calm = subject()
    await world.record([access(world.catalogue, { subject: calm })])
    const { words } = await show('home', { actor: resident([calm]), tag: 'de' })
    expect(words).toContain('Letzte 30 Tage: 1 Zugriff Mit Angabe des Grundes')
  })

  it('says the same about what is withheld to somebody without any entry', async () => {
    const { words } = await show('home', { actor: resident([subject()]), tag: 'de' })
    expect(words).toContain('0 Stellen haben Daten über Sie')
    expect(words).toContain('Manche Einträge darf diese Seite nicht zeigen.')
    expect(words).toContain('Nachsehen ist sicher.')
  })

  it('names at most three accesses as sentences', async () => {
    const { words } = await show('home', { actor: resident([person]), tag: 'en' })
    expect(words).toMatch(/looked up data about you on 14 June 2027 at 12:00 : “/)
  })
})

describe('the log', () => {
  it('tells repeats of the same case once, with a link to each', async () => {
    const { html } = await show('accesses', { actor: resident([person]), tag: 'de' })
    expect(html).toContain('2-mal, gleiches Aktenzeichen')
    for (const index of indices.slice(0, 2)) expect(html).toContain(`/de/me/accesses/${index}"`)
  })

  it('keeps the filter on its way to older entries', async () => {
    const { html } = await show('accesses', {
      actor: resident([person]),
      tag: 'de',
      query: 'operation=query',
    })
    expect(html).toMatch(/\/de\/me\/accesses\?operation=query&amp;before=\d+/)
    expect(html).toMatch(/<option value="query" selected>/)
  })

  it('answers a filter that cannot be used with 400, the reason, and the newest entries', async () => {
    const { status, words, html } = await show('accesses', {
      actor: resident([person]),
      tag: 'de',
      query: 'office=i.xx.abh&operation=query',
    })
    expect(status).toBe(400)
    expect(words).toContain('Diese Auswahl gibt es nicht')
    expect(html).toMatch(/<option value="query" selected>/)
    expect(html).toContain('class="card access"')
  })
})

describe('an access that breaks a rule', () => {
  it('says which rule and which data as facts', async () => {
    const params = { entry: String(indices[2]) }
    const { words } = await show('access', { actor: resident([person]), tag: 'de', params })
    expect(words).toContain('Mehr Daten als für diesen Grund vorgesehen')
    expect(words).toContain('Fingerabdrücke zweckgebunden')
    expect(words).toContain('Es geht um: Fingerabdruckdaten')
  })
})

describe('the words that entries may be missing', () => {
  it('stand at an authority for everybody, with entries or without', async () => {
    const other = subject()
    await world.record([access(world.catalogue, { subject: other })])
    const params = { party: officeOf(world.catalogue, 'abh').code }
    for (const actor of [resident([person]), resident([other])]) {
      const { words } = await show('office', { actor, tag: 'de', params })
      expect(words).toContain('Hier können Einträge fehlen, die diese Seite nicht zeigen darf.')
    }
  })

  it('are the same on the page about limits for everybody', async () => {
    const one = await show('limits', { actor: resident([person]), tag: 'de' })
    const other = await show('limits', { actor: resident([subject()]), tag: 'de' })
    expect(other.html).toBe(one.html)
    expect(one.words).toContain('14 Tage')
    expect(one.words).toContain('jeder zehnte Abruf')
  })
})

describe('a bar', () => {
  it('is as tall as its figure, and all stand side by side inside the drawing', () => {
    const bars = barsOf([0, 2, 4])
    expect(bars.map(({ height }) => height)).toEqual([0, 51, 102])
    expect(bars.every(({ y, height }) => y + height === 120)).toBe(true)
    const [, second, third] = bars
    expect((second?.x ?? 0) + (second?.width ?? 0)).toBeLessThan(third?.x ?? 0)
    expect((third?.x ?? 0) + (third?.width ?? 0)).toBeLessThanOrEqual(360)
  })

  it('of a year without accesses has no height and no division by zero', () => {
    expect(barsOf([0, 0]).map(({ height, y }) => [height, y])).toEqual([
      [0, 120],
      [0, 120],
    ])
  })
})
