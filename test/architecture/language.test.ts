import { LANGUAGES, ON_PAPER, PAPER_LANGUAGES } from '../../server/platform/http/languages.js'
import { sideFile, stale, stamped } from '../../server/tools/stamp-texts.js'
import { fingerprint, germanTexts, textsOf } from '../../server/tools/text-files.js'
import { catalogueGaps, englishGaps, foreignLetters, NAMES } from './support/catalogue-texts.js'
import { idleExceptions, missingKeys, orphanKeys } from './support/keys.js'
import {
  folderFaults,
  markupFaults,
  parityFaults,
  placeholderFaults,
  pluralFaults,
} from './support/locales.js'
import { paperFaults, paperKeys } from './support/paper-texts.js'
import { staleLegalTexts, stampFaults } from './support/stamps.js'
import { house, shortened, treeOf } from './support/tree.js'

const TAGS = LANGUAGES.map(({ tag }) => tag)
const ALL_TAGS = ON_PAPER.map(({ tag }) => tag)
const PAPER_TAGS = PAPER_LANGUAGES.map(({ tag }) => tag)

describe('the texts of the house', () => {
  it('exist for every language of pages or papers', () => {
    expect(folderFaults(house, ON_PAPER)).toEqual([])
  })

  it('have the same keys in every language', () => {
    expect(shortened(parityFaults(house, LANGUAGES))).toEqual([])
  })

  it('are what papers ask for, and no more, in a language that papers alone speak', () => {
    expect(shortened(paperFaults(house, PAPER_LANGUAGES))).toEqual([])
    const keys = paperKeys(house)
    const files = new Set(keys.map((key) => key.split(':')[0]))
    expect(keys.length).toBeGreaterThan(400)
    expect(keys.length).toBeLessThan(700)
    for (const room of ['consent', 'copy', 'inquiries', 'oversight', 'rectification', 'reports']) {
      expect(files).toContain(room)
    }
  })

  it('have exactly the plural forms of their language', () => {
    expect(pluralFaults(house, ON_PAPER)).toEqual([])
  })

  it('have the placeholders of the German', () => {
    expect(placeholderFaults(house, ON_PAPER)).toEqual([])
  })

  it('bring words and no markup', () => {
    expect(markupFaults(house, ON_PAPER)).toEqual([])
  })

  it('exist wherever one is asked for', () => {
    expect(shortened(missingKeys(house))).toEqual([])
  })

  it('are asked for, every one', () => {
    expect(shortened(orphanKeys(house))).toEqual([])
    expect(idleExceptions(house)).toEqual([])
  })

  it('carry a stamp that fits, in every language but German', () => {
    expect(shortened(stampFaults(house, ALL_TAGS))).toEqual([])
  })

  it('with legal effect are not older than their German', () => {
    expect(staleLegalTexts(house, ALL_TAGS)).toEqual([])
  })
})

describe('the texts of the catalogue', () => {
  it('stand in English wherever they stand in German', () => {
    expect(englishGaps(house)).toEqual([])
  })

  it('are whole in every other language', () => {
    expect(shortened(catalogueGaps(house, TAGS))).toEqual([])
    expect(shortened(catalogueGaps(house, PAPER_TAGS, NAMES))).toEqual([])
  })

  it('keep to the script of their language', () => {
    expect(foreignLetters(house, ALL_TAGS)).toEqual([])
  })
})

const two = [
  { tag: 'de', intl: 'de-DE' },
  { tag: 'ar', intl: 'ar' },
]
const locales = (german: object, arabic: object, more: Record<string, string> = {}) =>
  treeOf({
    'locales/de/overview.json': JSON.stringify(german),
    'locales/ar/overview.json': JSON.stringify(arabic),
    ...more,
  })

describe('a planted text', () => {
  it('without its twin is named on the side that lacks it', () => {
    const tree = locales({ a: { b: 'x' } }, { a: { c: 'x' } })
    expect(parityFaults(tree, two)).toEqual([
      expect.stringContaining('ar lacks overview:a.b'),
      expect.stringContaining('ar has overview:a.c'),
    ])
    expect(folderFaults(tree, [...two, { tag: 'fa', intl: 'fa' }])).toHaveLength(1)
    expect(folderFaults(tree, two.slice(0, 1))).toHaveLength(1)
  })

  it('needs all six Arabic plural forms, and German its two', () => {
    const six = { n_zero: '', n_one: '1', n_two: '2', n_few: '3', n_many: '4', n_other: '5' }
    const whole = { ...six, n_zero: '0' }
    expect(pluralFaults(locales({ n_one: '1', n_other: '2' }, whole), two)).toEqual([])
    expect(pluralFaults(locales({ n_one: '1', n_other: '2' }, six), two)).toHaveLength(1)
    expect(
      pluralFaults(locales({ n_one: '1', n_other: '2', n_few: '3' }, whole), two),
    ).toHaveLength(1)
    expect(pluralFaults(locales({ n: '0', n_one: '1', n_other: '2' }, whole), two)).toHaveLength(1)
  })

  it('has the placeholders of its German, but may say a number in words', () => {
    const german = { n_one: '{{count}} Amt', n_other: '{{count}} Ämter', who: '{{name}}' }
    const forms = { n_two: 'two', n_other: '{{count}}' }
    expect(placeholderFaults(locales(german, { ...forms, who: '{{ name }}' }), two)).toEqual([])
    expect(placeholderFaults(locales(german, { ...forms, who: '{{office}}' }), two)).toHaveLength(1)
    expect(placeholderFaults(locales(german, { n_other: 'many' }), two)).toHaveLength(1)
  })

  it.each(['<b>x</b>', 'a &amp; b', '$t(overview:a)'])('with markup is refused: %s', (text) => {
    expect(markupFaults(locales({ a: text }, { a: 'x' }), two)).toHaveLength(1)
  })

  it('must exist where code or a view asks for it, by a whole key or a pattern', () => {
    const asking = (path: string, text: string) =>
      missingKeys(locales({ a: { b: 'x' } }, {}, { [path]: text }))
    expect(asking('server/overview/pages.ts', "t('overview:a.b')")).toEqual([])
    expect(asking('server/overview/pages.ts', 't(`overview:a.${x}`)')).toEqual([])
    expect(asking('views/overview/home.hbs', "{{t 'overview:a.b'}}")).toEqual([])
    expect(asking('server/overview/pages.ts', "t('overview:a')")).toHaveLength(1)
    expect(asking('server/overview/pages.ts', "const key = 'overview:a.c'")).toHaveLength(1)
    expect(asking('server/overview/pages.ts', 't(`overview:c.${x}`)')).toHaveLength(1)
    expect(asking('server/overview/pages.ts', "exchange.t('reports:a')")).toHaveLength(1)
    expect(asking('views/overview/home.hbs', "{{> row text=(t 'overview:a.c')}}")).toHaveLength(1)
    expect(asking('views/overview/home.hbs', "{{#if x}}{{say 'reports:a'}}{{/if}}")).toHaveLength(1)
  })

  it('of a paper must exist where papers ask for it, and nowhere else', () => {
    const asking = { 'server/reports/service/paper.ts': "t('overview:a.b')" }
    const sense = { 'server/consent/section.ts': "const S = { kind: 'overview:c.*' }" }
    const tree = locales(
      { a: { b: 'x', e: 'x' }, c: { d: 'x' } },
      { a: { b: 'x', e: 'x' } },
      { ...asking, ...sense },
    )
    expect(paperFaults(tree, two.slice(1))).toEqual([
      expect.stringContaining('ar lacks overview:c.d'),
      expect.stringContaining('ar has overview:a.e'),
    ])
  })

  it('that nothing asks for is refused', () => {
    const german = { a: 'x', n_one: '1', n_other: '2' }
    const tree = locales(german, {}, { 'views/overview/home.hbs': "{{t 'overview:n' count=n}}" })
    expect(orphanKeys(tree)).toEqual([expect.stringContaining('overview:a')])
  })
})

describe('a planted catalogue text', () => {
  const field = {
    code: 'azr.x',
    labelDe: 'Name',
    labelEn: 'Name',
    explainDe: 'Satz',
    explainEn: '',
  }
  const tree = (arabic: object) =>
    treeOf({
      'server/catalogue/data/fields.json': JSON.stringify([field]),
      'locales/de/common.json': '{}',
      'locales/ar/catalogue/fields.json': JSON.stringify(arabic),
    })

  it('is missed in English and in the other language', () => {
    expect(englishGaps(tree({}))).toEqual([expect.stringContaining('azr.x has no explainEn')])
    const gaps = catalogueGaps(
      tree({ 'azr.x': { label: 'اسم', explain: '' }, 'azr.y': { label: 'س' } }),
      TAGS,
    )
    expect(gaps).toEqual([
      expect.stringContaining('en lacks catalogue/fields:azr.x.explain'),
      expect.stringContaining('ar lacks catalogue/fields:azr.x.explain'),
      expect.stringContaining('ar has catalogue/fields:azr.y.label'),
    ])
  })

  it('keeps to its script', () => {
    const texts = { 'azr.x': { label: 'اسم Name', explain: 'المادة 34' } }
    expect(foreignLetters(tree(texts), TAGS)).toEqual([expect.stringContaining('azr.x.label')])
  })
})

describe('a stamp', () => {
  const german = { withdraw: 'Widerrufen' }
  const texts = (arabic: object, stamps?: object) =>
    treeOf({
      'locales/de/consent.json': JSON.stringify(german),
      'locales/ar/consent.json': JSON.stringify(arabic),
      ...(stamps ? { 'locales/ar/status.json': JSON.stringify(stamps) } : {}),
    })
  const run = (arabic: object, before = {}, date = '2026-11-22') => {
    const files = texts(arabic)
    return stamped({ texts: textsOf(files, 'ar'), german: germanTexts(files), before, date })
  }

  it('is missed where a text has none, or another one, or is gone', () => {
    const stamps = run({ withdraw: 'أ' })
    expect(stampFaults(texts({ withdraw: 'أ' }, stamps), TAGS)).toEqual([])
    expect(stampFaults(texts({ withdraw: 'أ' }), TAGS)).toHaveLength(1)
    expect(stampFaults(texts({ withdraw: 'ب' }, stamps), TAGS)).toHaveLength(1)
    expect(stampFaults(texts({}, stamps), TAGS)).toHaveLength(1)
  })

  it('grows stale with its German, which a legal text must not', () => {
    const stamps = {
      'consent:withdraw': {
        ...run({ withdraw: 'أ' })['consent:withdraw'],
        source: fingerprint('x'),
      },
    }
    expect(staleLegalTexts(texts({ withdraw: 'أ' }, run({ withdraw: 'أ' })), TAGS)).toEqual([])
    expect(staleLegalTexts(texts({ withdraw: 'أ' }, stamps), TAGS)).toHaveLength(1)
  })

  it('stays as it is while the translation stays, and falls back to machine when it changes', () => {
    const old = run({ withdraw: 'أ' })['consent:withdraw']
    const reviewed = {
      'consent:withdraw': { ...old, status: 'reviewed', source: fingerprint('x') },
    }
    expect(run({ withdraw: 'أ' }, reviewed, '2027-01-01')).toEqual(reviewed)
    expect(run({ withdraw: 'ب' }, reviewed, '2027-01-01')['consent:withdraw']).toMatchObject({
      status: 'machine',
      source: fingerprint('Widerrufen'),
      date: '2027-01-01',
    })
  })

  it('is renewed where somebody vouches for the text', () => {
    const files = texts({ withdraw: 'أ' })
    const before = {
      'consent:withdraw': { ...run({ withdraw: 'أ' })['consent:withdraw'], source: '0' },
    }
    const after = stamped({
      texts: textsOf(files, 'ar'),
      german: germanTexts(files),
      before: before as ReturnType<typeof stamped>,
      date: '2027-01-01',
      vouched: { status: 'reviewed', prefix: 'consent:' },
    })
    expect(stale(after, germanTexts(files))).toEqual([])
    expect(after['consent:withdraw']).toMatchObject({ status: 'reviewed', date: '2027-01-01' })
  })

  it('takes one line of the side file', () => {
    const lines = sideFile(run({ a: '1', b: '2' })).split('\n')
    expect(lines).toHaveLength(5)
    expect(JSON.parse(lines.join('\n'))).toEqual(run({ a: '1', b: '2' }))
  })
})
