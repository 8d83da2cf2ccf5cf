import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GERMAN,
  languageOf,
  LANGUAGES,
  ON_PAPER,
  PAPER_LANGUAGES,
  pagesFor,
  paperLanguageOf,
  type Language,
} from '../../server/platform/http/languages.js'
import { createTexts, isolate } from '../../server/platform/http/texts.js'

const ARABIC = languageOf('ar') as Language
const ENGLISH = languageOf('en') as Language

const house = createTexts('locales')

/** A folder with the same texts in every language of pages and papers. */
function localesWith(texts: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-texts-'))
  for (const { tag } of ON_PAPER) {
    mkdirSync(join(folder, tag))
    writeFileSync(join(folder, tag, 'room.json'), JSON.stringify(texts))
  }
  return folder
}

describe('texts', () => {
  it('speak every shipped language from its own files', () => {
    const spoken = LANGUAGES.map((language) => house.in(language)('common:signOut'))
    expect(spoken).toEqual(['Abmelden', 'Sign out', 'تسجيل الخروج'])
  })

  it('speak a language of papers as well, with Latin digits and Gregorian days', () => {
    expect(PAPER_LANGUAGES.map(({ tag }) => tag)).toEqual(['fa'])
    const persian = paperLanguageOf('fa') as Language
    expect(house.in(persian)('reports:access.title')).toBe('گزارش دسترسی‌ها')
    expect(house.in(persian)('reports:paper.item', { number: 1234 })).toContain('1,234')
    const day = new Intl.DateTimeFormat(persian.intl, { timeZone: 'UTC' }).format(0)
    expect(day).toContain('1970')
    expect(() => house.in(persian)('common:signOut')).toThrow('common:signOut')
  })

  it('are for papers alone in it: no page is, and a paper leads to the German pages', () => {
    for (const { tag, direction } of PAPER_LANGUAGES) {
      expect(languageOf(tag)).toBeUndefined()
      expect([pagesFor(tag), direction]).toEqual(['de', 'rtl'])
    }
    for (const { tag } of LANGUAGES) expect(pagesFor(tag)).toBe(tag)
    expect(paperLanguageOf('xx')).toBeUndefined()
    expect(new Set(ON_PAPER.map(({ tag }) => tag)).size).toBe(ON_PAPER.length)
  })

  it('choose among the six Arabic plural forms', () => {
    const t = house.in(ARABIC)
    const forms = [0, 1, 2, 3, 11, 100].map((count) => t('common:form.problems', { count }))
    expect(new Set(forms.map((form) => form.replace(/\d/g, ''))).size).toBeGreaterThanOrEqual(5)
    expect(forms[1]).not.toContain('1')
    expect(forms[3]).toContain('3')
  })

  it('write numbers inside sentences as the language does, with Latin digits', () => {
    const count = 1234
    expect(house.in(GERMAN)('common:form.problems', { count })).toContain('1.234')
    expect(house.in(ENGLISH)('common:form.problems', { count })).toContain('1,234')
    expect(house.in(ARABIC)('common:form.problems', { count })).toContain('1,234')
  })

  it.each(['common:nowhere', 'nowhere:signOut', 'signOut', 'common:form'])(
    'refuse to print the key %s instead of a text',
    (key) => {
      for (const language of LANGUAGES) expect(() => house.in(language)(key)).toThrow()
    },
  )

  it('name the missing key, so that it can be found', () => {
    expect(() => house.in(GERMAN)('common:nowhere')).toThrow('common:nowhere')
  })

  it.each([{}, { status: undefined }])('refuse a sentence with a hole: %p', (values) => {
    expect(() => house.in(GERMAN)('errors:page.status', values)).toThrow('{{status}}')
  })

  it('refuse a plural form that is missing in one language, and borrow none', () => {
    const texts = createTexts(localesWith({ n_one: 'one', n_other: 'many' }))
    expect(texts.in(GERMAN)('room:n', { count: 5 })).toBe('many')
    expect(() => texts.in(ARABIC)('room:n', { count: 5 })).toThrow('room:n')
  })

  it('take no instruction from a value', () => {
    const texts = createTexts(localesWith({ secret: 'secret', name: 'Hello {{name}}' }))
    const t = texts.in(ENGLISH)
    for (const name of ['$t(room:secret)', '{{name}}', '<b>', '{{- name}}']) {
      expect(t('room:name', { name })).toBe(`Hello ${name}`)
    }
    expect(t('room:name', { name: 'x', lng: 'xx', ns: 'xx', context: 'xx' })).toBe('Hello x')
  })

  it('do not start without the folder of a shipped language', () => {
    expect(() => createTexts(mkdtempSync(join(tmpdir(), 'mirat-empty-')))).toThrow()
  })

  it('fence a name in plain text with isolates', () => {
    expect(isolate('Amt')).toBe('\u2068Amt\u2069')
  })
})
