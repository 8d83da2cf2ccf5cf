import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance, type Module, type Resource, type ResourceLanguage } from 'i18next'
import { ON_PAPER, paperLanguageOf, type Language } from './languages.js'

/**
 * The text of a key (`room:path.to.key`) in one language; `count` among the values chooses the plural form.
 * Throws where the key, a value or the plural form is missing, so that no raw key ever reaches a reader.
 */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string

/** All texts of all languages of pages, and of the others what papers ask for. */
export interface Texts {
  in(language: Language): Translate
}

/** Reads `locales/<tag>/<room>.json` once; throws where the folder of a shipped language is missing. */
export function createTexts(localesDir: string): Texts {
  const i18n = createInstance()
  // Everything is at hand, so that `initAsync: false` is done when the call returns.
  void i18n.use(numbersInOurDigits).init({
    resources: Object.fromEntries(ON_PAPER.map(({ tag }) => [tag, read(join(localesDir, tag))])),
    initAsync: false,
    load: 'currentOnly',
    fallbackLng: false,
    keySeparator: '.',
    nsSeparator: ':',
    appendNamespaceToMissingKey: true,
    interpolation: { escapeValue: false, alwaysFormat: true, skipOnVariables: true },
    parseMissingKeyHandler: (key: string) => complain(`no text for ${key}`),
    returnedObjectHandler: (key: string) => complain(`${key} is a group, not a text`),
    missingInterpolationHandler: (text: string, hole: string[]) =>
      complain(`no value for ${hole[0] ?? ''} in: ${text}`),
  })
  const translators = new Map(
    ON_PAPER.map(({ tag }) => [tag, translator(i18n.getFixedT(tag) as unknown as Fixed)]),
  )
  return {
    in: ({ tag }) => translators.get(tag) ?? complain(`no texts in ${tag}`),
  }
}

/**
 * A value for a plain-text sentence (title, attribute, e-mail, CSV), fenced by U+2068 and U+2069
 * so that its direction cannot disturb the sentence around it (UAX 9, section 2.4).
 */
export function isolate(value: string): string {
  return `\u2068${value}\u2069`
}

type Fixed = (key: string, options: object) => unknown

/** Values travel as `replace`, where no value's name is taken for an option of i18next; nesting is off. */
function translator(fixed: Fixed): Translate {
  // Most texts of a page take no values: looking them up anew took a quarter of a page's time.
  const plain = new Map<string, string>()
  const translate: Translate = (key, values = {}) => {
    const { count } = values
    const plural = typeof count === 'number' ? { count } : {}
    const text = fixed(key, { ...plural, replace: values, nest: false })
    return typeof text === 'string' ? text : complain(`${key} is no text`)
  }
  return (key, values = {}) => {
    if (Object.keys(values).length > 0) return translate(key, values)
    const text = plain.get(key) ?? translate(key)
    plain.set(key, text)
    return text
  }
}

/** The side file that says who has checked which text; it holds no texts. */
const STATUS = 'status.json'

function read(folder: string): ResourceLanguage {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== STATUS)
  return Object.fromEntries(
    files.map((name) => {
      const texts = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Resource[string][string]
      return [name.slice(0, -'.json'.length), texts]
    }),
  )
}

/** Numbers inside sentences follow the same rules as everywhere else: the language's, with Latin digits. */
const numbersInOurDigits: Module & object = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format: string | undefined, tag: string | undefined) =>
    typeof value === 'number' ? numberFormat(tag ?? '').format(value) : value,
} as Module & object

const numberFormats = new Map<string, Intl.NumberFormat>()

/** Made once per language, because making one costs more than the rest of a sentence. */
function numberFormat(tag: string): Intl.NumberFormat {
  const format = numberFormats.get(tag) ?? new Intl.NumberFormat(paperLanguageOf(tag)?.intl)
  numberFormats.set(tag, format)
  return format
}

function complain(sentence: string): never {
  throw new Error(sentence)
}
