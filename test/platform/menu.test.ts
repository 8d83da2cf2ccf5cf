import { menuOf, navigationOf } from '../../server/platform/http/menu.js'
import type { RouteSpec } from '../../server/platform/http/route.js'
import { startTestApp, type TestApp } from '../support/app.js'

type Entry = Pick<RouteSpec, 'name' | 'path' | 'menu' | 'menuUnder' | 'menuMarks' | 'allow'>

const route = (entry: Partial<Entry> & Pick<Entry, 'name' | 'path'>): RouteSpec => ({
  ...{ method: 'get', allow: ['dpo', 'supervisor'], disclosure: 'no-identity' },
  handle: () => Promise.reject(new Error('nobody asks')),
  ...entry,
})

const LIST = route({ name: 'list', path: '/:lang/list', menu: 'a', allow: ['dpo'] })
const HELD = route({ name: 'held', path: '/:lang/held', menu: 'b', menuUnder: 'list' })
const ONE = route({ name: 'one', path: '/:lang/held/:entry' })
const OTHER = route({ name: 'other', path: '/:lang/other', menu: 'c' })
/** Its address lies below `held`, and people come to it from elsewhere. */
const FOUND = route({ name: 'found', path: '/:lang/held/found', menuMarks: ['list', 'other'] })
const ROUTES = [OTHER, HELD, LIST, ONE, FOUND]

/** The menu as `name` or `name > below, below`, the page with `!` and what is above it with `^`. */
function drawn(role: string, at: RouteSpec): readonly string[] {
  const marks = { page: '!', true: '^', false: '' } as const
  const text = ({ name, current }: { name: string; current: 'page' | 'true' | false }) =>
    `${name}${marks[`${current}`]}`
  return navigationOf(ROUTES, { role }, { route: at }).map((item) =>
    [text(item), ...item.below.map((one) => `> ${text(one)}`)].join(' '),
  )
}

describe('the menu', () => {
  it('has entries, and under an entry what belongs to it, in the order of the routes', () => {
    expect(drawn('dpo', OTHER)).toEqual(['other!', 'list > held'])
  })

  it('marks the page, the entry that it stands under, and both above a page without an entry', () => {
    expect(drawn('dpo', LIST)).toEqual(['other', 'list! > held'])
    expect(drawn('dpo', HELD)).toEqual(['other', 'list^ > held!'])
    expect(drawn('dpo', ONE)).toEqual(['other', 'list^ > held^'])
  })

  it('marks the entry to whose address a form was sent that is shown again', () => {
    const sent = { ...LIST, name: 'send', method: 'post', menu: undefined } as unknown as RouteSpec
    expect(drawn('dpo', sent)).toEqual(['other', 'list^ > held'])
  })

  it('marks the entry that a page names, the first that its reader may enter', () => {
    expect(drawn('dpo', FOUND)).toEqual(['other', 'list^ > held'])
    expect(drawn('supervisor', FOUND)).toEqual(['other^', 'held'])
  })

  it('shows an entry by itself to whoever may not enter the one above', () => {
    expect(drawn('supervisor', HELD)).toEqual(['other', 'held!'])
  })
})

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.close())

/** Others rely on these: links on paper, leaflets of offices, programs that check a log or send accesses. */
const FIXED = [
  ...[
    '/',
    '/:lang/',
    '/:lang/sign-in',
    '/:lang/activate',
    '/:lang/me',
    '/:lang/state',
    '/:lang/check',
  ],
  ...['offices', 'data', 'accesses', 'requests', 'permissions', 'blocks'].map(below('/:lang/me')),
  ...['', '/report.pdf', '/export.json', '/export.csv'].map((end) => `/:lang/me/documents${end}`),
  ...['/:lang/work/queue', '/:lang/work/cases/:reference'],
  ...['/:lang/oversight', '/:lang/oversight/accesses', '/:lang/oversight/reports'],
  ...['/livez', '/readyz', '/demo', '/.well-known/jwks.json', '/api/openapi.json'],
  ...['/log/checkpoint', '/log/vkey', '/log/tile/*rest', '/api/v1/catalogue'],
  ...['/api/v1/streams/:stream', '/api/v1/streams/:stream/receipts/:seq'],
]

function below(folder: string): (name: string) => string {
  return (name) => `${folder}/${name}`
}

describe('addresses that others rely on', () => {
  it('are all there', () => {
    const paths = new Set(app.portal.routes.map(({ path }) => path))
    expect(FIXED.filter((path) => !paths.has(path))).toEqual([])
  })
})

describe('the menus of the portal', () => {
  it.each([
    ['dpo', 6],
    ['supervisor', 6],
    ['caseworker', 7],
    ['operator', 6],
    ['resident', 8],
  ] as const)('of a %s have at most %i entries, so that they stand in one line', (role, most) => {
    const { routes } = app.portal
    const actor = { role, assurance: 'high' } as const
    const [first] = routes
    if (first === undefined) throw new Error('there are no routes')
    const items = navigationOf(routes, actor, { route: first })
    expect(items.length).toBeLessThanOrEqual(most)
    // Nothing is lost between the two steps, and no entry has a third one under it.
    const shown = items.flatMap(({ name, below }) => [name, ...below.map((one) => one.name)])
    expect([...shown].sort()).toEqual(
      menuOf(routes, actor)
        .map(({ name }) => name)
        .sort(),
    )
  })

  it('stand under entries that there are', () => {
    const { routes } = app.portal
    const entries = new Set(routes.flatMap(({ name, menu }) => (menu === undefined ? [] : [name])))
    const under = routes.flatMap(({ menuUnder }) => (menuUnder === undefined ? [] : [menuUnder]))
    const marked = routes.flatMap(({ menuMarks = [] }) => menuMarks)
    expect([...under, ...marked].filter((name) => !entries.has(name))).toEqual([])
  })
})
