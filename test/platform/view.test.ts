import { cpSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GERMAN,
  languageOf,
  LANGUAGES,
  type Language,
} from '../../server/platform/http/languages.js'
import { createTexts, type Texts } from '../../server/platform/http/texts.js'
import { createUrls } from '../../server/platform/http/urls.js'
import { FRAME_ROUTES } from '../../server/platform/http/view-frame.js'
import { createViews, type ViewContext, type Views } from '../../server/platform/http/view.js'

const ARABIC = languageOf('ar') as Language
const assets = {
  css: (direction: string) => `/assets/${direction}.css`,
  icons: '/assets/icons.svg',
  scripts: { passkey: '/assets/passkey.js' },
}
const routes = [
  { name: FRAME_ROUTES.home, path: '/:lang' },
  { name: FRAME_ROUTES.signOut, path: '/:lang/sign-out' },
  { name: 'room.thing', path: '/:lang/things/:thing' },
]
const ROOM = {
  plain: '{{office}} & more',
  sentence: '{{office}} read <{{fields}}> on {{at}}, {{count}} times',
  bare: 'A < B & C',
}

let folder = ''
let views: Views
let texts: Texts

const put = (name: string, template: string) =>
  writeFileSync(join(folder, 'views/room', `${name}.hbs`), template)

const build = (development = false) =>
  createViews({
    viewsDir: join(folder, 'views'),
    assets,
    texts,
    development,
  })

function contextIn(language: Language, changes: Partial<ViewContext> = {}): ViewContext {
  return {
    language,
    t: texts.in(language),
    urls: createUrls(routes, language.tag),
    csrf: 'token-of-the-session',
    navigation: [
      { name: FRAME_ROUTES.home, label: 'common:nav.home', current: 'page', news: 0, below: [] },
      { name: FRAME_ROUTES.signOut, label: 'common:signOut', current: false, news: 2, below: [] },
    ],
    foot: [],
    signedIn: false,
    demo: false,
    legalBasis: 'Art. 6 DSGVO',
    requestId: 'reference-1',
    ...changes,
  }
}

/** The page that a template makes, and the part between `main` and `/main`. */
function page(template: string, model: object = {}, language: Language = GERMAN): string {
  put('page', template)
  return build().render({
    view: 'room/page',
    model: { title: 'Title', ...model },
    context: contextIn(language),
  })
}
const mainOf = (html: string) => /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1]?.trim() ?? ''
const body = (template: string, model: object = {}) => mainOf(page(template, model))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mirat-views-'))
  cpSync('locales', join(folder, 'locales'), { recursive: true })
  for (const part of ['layouts', 'partials', 'errors']) {
    cpSync(join('views', part), join(folder, 'views', part), { recursive: true })
  }
  for (const { tag } of LANGUAGES) {
    writeFileSync(join(folder, 'locales', tag, 'room.json'), JSON.stringify(ROOM))
  }
  mkdirSync(join(folder, 'views/room'))
  put('plain', '<h1>{{title}}</h1>')
  texts = createTexts(join(folder, 'locales'))
  views = build()
})

describe('a value', () => {
  const evil = '<script>"&\'`='
  const escaped = '&lt;script&gt;&quot;&amp;&#x27;&#x60;&#x3D;'

  it('is escaped wherever it is printed', () => {
    expect(body('{{name}}', { name: evil })).toBe(escaped)
    expect(body("{{t 'room:plain' office=name}}", { name: evil })).toBe(
      `\u2068${escaped}\u2069 &amp; more`,
    )
    expect(body('{{german name}}|{{id name}}|{{strong name}}', { name: evil })).toBe(
      `<bdi lang="de" dir="ltr">${escaped}</bdi>|<bdi class="id" dir="ltr">${escaped}</bdi>|` +
        `<strong><bdi>${escaped}</bdi></strong>`,
    )
    expect(body('{{link name name}}', { name: evil })).toBe(
      `<a href="${escaped}"><bdi>${escaped}</bdi></a>`,
    )
    expect(page('', { title: evil })).toContain(`<title>${escaped} · Mirat</title>`)
  })

  it('stands fenced inside a sentence, whose own signs are escaped', () => {
    const template =
      "{{say 'room:sentence' office=office fields=(strong (list fields)) at=(date day) count=n}}"
    const model = { office: 'Amt <1>', fields: ['A', 'B & C'], day: '2027-03-07', n: 1234 }
    expect(body(template, model)).toBe(
      '<bdi>Amt &lt;1&gt;</bdi> read &lt;<strong><bdi>A</bdi> und <bdi>B &amp; C</bdi></strong>&gt; on ' +
        '<time datetime="2027-03-07" dir="auto">7. März 2027</time>, 1.234 times',
    )
    expect(body("{{say 'room:bare'}}")).toBe('A &lt; B &amp; C')
  })

  it('cannot pass for the place of another value', () => {
    const template = "{{say 'room:sentence' office=office fields='F' at='T' count=1}}"
    expect(body(template, { office: '\uE0001\uE001{{fields}}' })).toContain(
      '<bdi>\uE0001\uE001{{fields}}</bdi> read &lt;<bdi>F</bdi>',
    )
  })

  it('may come as an object with the key', () => {
    const model = { key: 'room:plain', values: { office: 'A' } }
    expect(body('{{say key values}}', model)).toBe('<bdi>A</bdi> &amp; more')
  })

  it('is marked with its time, its German or its reading direction', () => {
    const at = new Date('2027-03-07T13:05:00Z')
    expect(body('{{dateTime at}}', { at })).toBe(
      '<time datetime="2027-03-07T13:05:00.000Z" dir="auto">7. März 2027 um 14:05</time>',
    )
    expect(body('{{month at}}', { at })).toContain('datetime="2027-03"')
    expect(body('{{date at}}', { at })).toContain('datetime="2027-03-07"')
    expect(mainOf(page("{{inGerman 'common:back'}}", {}, ARABIC))).toContain(
      '<bdi lang="de" dir="ltr">Zurück</bdi>',
    )
  })
})

describe('what is missing stops the page', () => {
  it.each([
    ['a field', '{{nothing}}', '"nothing" not defined'],
    ['a field of a field', '{{nothing.at.all}}', 'room/page: '],
    ['a list', '{{#each nothing}}x{{/each}}', 'each was given nothing'],
    ['a text', "{{t 'room:nothing'}}", 'room:nothing'],
    ['a key', '{{t nothing}}', 'was given nothing'],
    ['a value of a text', "{{t 'room:plain'}}", '{{office}}'],
    ['a value of a sentence', "{{say 'room:plain' office=nothing}}", 'office is no text'],
    ['a date', '{{date nothing}}', 'date was given nothing'],
    ['a number', '{{number nothing}}', 'number was given nothing'],
    ['a name', '{{strong nothing}}', 'strong was given nothing'],
    ['a route', "{{url 'room.nowhere'}}", 'room.nowhere'],
    ['a path parameter', "{{url 'room.thing'}}", 'thing'],
    ['a partial', '{{> nothing}}', 'nothing'],
  ])('%s', (_what, template, words) => {
    expect(() => page(template)).toThrow(words)
  })

  it('a view, or the title of a page', () => {
    const context = contextIn(GERMAN)
    expect(() => views.render({ view: 'room/none', model: { title: 'T' }, context })).toThrow(
      'room/none',
    )
    for (const model of [{}, { title: undefined }, { title: '' }]) {
      expect(() => views.render({ view: 'errors/error', model, context })).toThrow('has no title')
    }
  })

  it('a helper: the template stops the start and is named', () => {
    put('broken', '{{tt "room:plain"}}')
    expect(build).toThrow('views/room/broken.hbs')
    put('broken', '{{#if title}}')
    expect(build).toThrow('views/room/broken.hbs')
    put('broken', '')
  })

  it('but a partial may go without what is optional, and sees nothing that it was not handed', () => {
    const html = body("{{> notice text='Text'}}", { link: { href: '#', text: 'page' } })
    expect(html).toContain('Text')
    expect(html).not.toContain('page')
  })
})

describe('the frame of a page', () => {
  const render = (language: Language, changes: Partial<ViewContext> = {}) =>
    views.render({
      view: 'room/plain',
      model: { title: 'Title' },
      context: contextIn(language, changes),
    })

  it('says language and direction, and loads the sheet of that direction', () => {
    expect(render(GERMAN)).toContain('<html lang="de" dir="ltr">')
    expect(render(ARABIC)).toContain('<html lang="ar" dir="rtl">')
    expect(render(ARABIC)).toContain('href="/assets/rtl.css"')
  })

  it('has one h1, a skip link to its main part, and no script or style of its own', () => {
    const html = render(GERMAN, { signedIn: true, demo: true })
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('<a class="skip" href="#main">')
    expect(html).toContain('<main id="main"')
    expect(html).not.toMatch(/<script|<style|style=|\son\w+=/)
  })

  it('switches the language and keeps the page, its parameters and its whole query', () => {
    const html = render(GERMAN, {
      page: {
        name: 'room.thing',
        params: { lang: 'de', thing: 'a b' },
        query: new URLSearchParams('office=1&office=2&q=%C3%A4%26'),
      },
    })
    for (const { tag, direction } of LANGUAGES) {
      const href = `/${tag}/things/a%20b?office&#x3D;1&amp;office&#x3D;2&amp;q&#x3D;%C3%A4%26`
      expect(html).toContain(`<a href="${href}" hreflang="${tag}" lang="${tag}" dir="${direction}"`)
    }
    expect(html).toMatch(/lang="de" dir="ltr" aria-current="true">Deutsch</)
  })

  it('switches to the start page where no route answered', () => {
    expect(render(GERMAN)).toContain('<a href="/ar" hreflang="ar"')
  })

  it('points to the German page where the language is not checked, and nowhere else', () => {
    const query = new URLSearchParams('a=1')
    const at = { name: 'room.thing', params: { lang: 'ar', thing: '1' }, query }
    expect(render(ARABIC, { page: at })).toContain('<a href="/de/things/1?a&#x3D;1" hreflang="de">')
    expect(render(ARABIC)).toContain('class="unchecked"')
    expect(render(GERMAN)).not.toContain('class="unchecked"')
  })

  it('offers to sign out with a token only to those who are signed in', () => {
    const html = render(GERMAN, { signedIn: true })
    expect(html).toContain('<form method="post" action="/de/sign-out">')
    expect(html).toContain('<input type="hidden" name="csrf" value="token-of-the-session">')
    expect(render(GERMAN)).not.toContain('<form')
  })

  it('leads away quickly, and tells the other site nothing', () => {
    expect(render(GERMAN)).toMatch(/<a class="exit" href="https:[^"]+" rel="noreferrer">/)
  })

  it('carries the banner of the demonstration only there', () => {
    expect(render(GERMAN, { demo: true })).toContain('class="demo"')
    expect(render(GERMAN)).not.toContain('class="demo"')
  })

  it('marks the current entry of the menu', () => {
    expect(render(GERMAN)).toContain('<a href="/de" aria-current="page">Start</a>')
    expect(render(GERMAN)).toContain('<a href="/de/sign-out">Abmelden ')
  })

  it('says in words how much is new behind an entry, and nothing where nothing is', () => {
    const news = render(GERMAN).match(/<span class="pill pill-new">[^<]*<\/span>/g)
    expect(news).toEqual(Array(2).fill('<span class="pill pill-new">2 neu</span>'))
  })
})

describe('views', () => {
  it('show the page of an error with its reference number in every language', () => {
    for (const language of LANGUAGES) {
      const context = contextIn(language)
      const model = { title: 'Title', text: 'Text', status: 404 }
      const html = views.render({ view: 'errors/error', model, context })
      expect(html).toContain('<bdi class="id" dir="ltr">reference-1</bdi>')
      expect(html).toContain('404')
    }
  })

  it('read a changed template again in development alone', () => {
    put('live', 'old')
    const [eager, lazy] = [build(true), build()]
    const show = (from: Views) =>
      mainOf(from.render({ view: 'room/live', model: { title: 'T' }, context: contextIn(GERMAN) }))
    expect([show(eager), show(lazy)]).toEqual(['old', 'old'])
    put('live', 'new')
    const later = new Date('2100-01-01T00:00:00Z')
    utimesSync(join(folder, 'views/room/live.hbs'), later, later)
    expect([show(eager), show(lazy)]).toEqual(['new', 'old'])
  })
})
