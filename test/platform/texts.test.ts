import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GERMAN,
  languageOf,
  LANGUAGES,
  type Language,
} from '../../server/platform/http/languages.js'
import { createTexts, isolate } from '../../server/platform/http/texts.js'

const ARABIC = languageOf('ar') as Language
const ENGLISH = languageOf('en') as Language

const house = createTexts('locales')

/** A folder with the same texts in every shipped language. */
function localesWith(texts: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-texts-'))
  for (const { tag } of LANGUAGES) {
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
