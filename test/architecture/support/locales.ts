import { germanTexts, languagesIn, textsOf, type Texts } from '../../../server/tools/text-files.js'
import type { Tree } from './tree.js'

/** A shipped language, as far as the laws need it. */
export interface Shipped {
  readonly tag: string
  /** The tag that plurals and dates follow. */
  readonly intl: string
}

const FORM = /_(zero|one|two|few|many|other)$/
const HOLE = /\{\{-?\s*([\w.]+)\s*(?:,[^}]*)?\}\}/g

/** A key without its plural form. */
export function baseOf(key: string): string {
  return key.replace(FORM, '')
}

/** Whether a key belongs to the catalogue, whose German stands in the reference data. */
export function isCatalogue(key: string): boolean {
  return key.startsWith('catalogue/')
}

/** The texts of a language outside the catalogue. */
export function interfaceTexts(tree: Tree, tag: string): Texts {
  return new Map([...textsOf(tree, tag)].filter(([key]) => !isCatalogue(key)))
}

/** Folders of languages that nobody ships, and shipped languages without a folder. */
export function folderFaults(tree: Tree, shipped: readonly Shipped[]): string[] {
  const found = languagesIn(tree)
  const tags = shipped.map(({ tag }) => tag)
  return [
    ...tags
      .filter((tag) => !found.includes(tag))
      .map((tag) => `locales/${tag} is missing: translate it or take it out of languages.ts`),
    ...found
      .filter((tag) => !tags.includes(tag))
      .map((tag) => `locales/${tag} is not shipped: enter it in languages.ts`),
  ]
}

/** Keys that one language has and another lacks; German is the source. */
export function parityFaults(tree: Tree, shipped: readonly Shipped[]): string[] {
  const source = new Set([...interfaceTexts(tree, 'de').keys()].map(baseOf))
  return shipped.flatMap(({ tag }) => {
    const here = new Set([...interfaceTexts(tree, tag).keys()].map(baseOf))
    const lacking = [...source].filter((key) => !here.has(key))
    const beyond = [...here].filter((key) => !source.has(key))
    return [
      ...lacking.map((key) => `locales/${tag} lacks ${key}: translate it`),
      ...beyond.map(
        (key) => `locales/${tag} has ${key}, which German lacks: write the German first`,
      ),
    ]
  })
}

/** Plural keys whose forms are not exactly those of the language. */
export function pluralFaults(tree: Tree, shipped: readonly Shipped[]): string[] {
  return shipped.flatMap(({ tag, intl }) => {
    const wanted = new Intl.PluralRules(intl).resolvedOptions().pluralCategories
    const keys = [...interfaceTexts(tree, tag).keys()]
    const bases = new Set(keys.filter((key) => FORM.test(key)).map(baseOf))
    return [...bases].flatMap((base) => {
      const forms = keys.flatMap((key) => (baseOf(key) === base ? (FORM.exec(key)?.[1] ?? '') : []))
      if ([...forms].sort().join() === [...wanted].sort().join()) return []
      const names = forms.map((form) => form || 'a key without form').join(', ')
      return [`locales/${tag} ${base} has ${names}; ${tag} needs exactly ${wanted.join(', ')}`]
    })
  })
}

function holesIn(text: string): string[] {
  return [...new Set([...text.matchAll(HOLE)].map(([, name = '']) => name))].sort()
}

/** The German text that a translated key is compared with: its own form, else `_other`. */
function germanFor(german: Texts, key: string): string | undefined {
  return german.get(key) ?? german.get(`${baseOf(key)}_other`) ?? german.get(baseOf(key))
}

/** Translations with other placeholders than the German. A plural form may say its number in words. */
export function placeholderFaults(tree: Tree, shipped: readonly Shipped[]): string[] {
  const german = germanTexts(tree)
  return shipped.flatMap(({ tag }) =>
    [...textsOf(tree, tag)].flatMap(([key, text]) => {
      const source = germanFor(german, key)
      if (source === undefined) return []
      const spoken = FORM.test(key) && !key.endsWith('_other')
      const without = (holes: string[]) => holes.filter((name) => !(spoken && name === 'count'))
      const [wanted, found] = [without(holesIn(source)).join(), without(holesIn(text)).join()]
      if (wanted === found) return []
      return [`locales/${tag} ${key} has {{${found}}}, the German {{${wanted}}}: use the same`]
    }),
  )
}

/** Texts with markup: the templates bring the markup, the texts bring the words. */
export function markupFaults(tree: Tree, shipped: readonly Shipped[]): string[] {
  return shipped.flatMap(({ tag }) =>
    [...textsOf(tree, tag)]
      .filter(([, text]) => /<\/?[a-z]|&[a-z#0-9]+;|\$t\(/i.test(text))
      .map(
        ([key]) => `locales/${tag} ${key} holds markup: hand it in as a value from the template`,
      ),
  )
}
