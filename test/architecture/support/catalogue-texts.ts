import { germanTexts, referenceTexts, textsOf } from '../../../server/tools/text-files.js'
import { isCatalogue } from './locales.js'
import { pathsIn, type Tree } from './tree.js'

const DATA = 'server/catalogue/data'

/** Scripts of which no letter may stand in a language's catalogue: a raw code or a name left German. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Latin}/u,
  fa: /\p{Script=Latin}/u,
}

/** German texts of the reference data without an English twin. */
export function englishGaps(tree: Tree): string[] {
  return pathsIn(tree, [DATA], ['.json']).flatMap((path) => {
    const content = JSON.parse(tree.read(path)) as object
    const items = (Array.isArray(content) ? content : Object.values(content).flat()) as Item[]
    return items.flatMap((item) =>
      Object.keys(item)
        .filter((name) => name.endsWith('De') && isText(item[name]))
        .map((name) => `${name.slice(0, -2)}En`)
        .filter((name) => !isText(item[name]))
        .map((name) => `${path} ${String(item['code'])} has no ${name}: translate it`),
    )
  })
}

type Item = Readonly<Record<string, unknown>>

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

/** What the terms of the catalogue are called: all that papers say of them. */
export const NAMES = /\.(name|label|title)$/

/** Catalogue texts that a language lacks, or has without a German text behind them; of some texts alone. */
export function catalogueGaps(tree: Tree, tags: readonly string[], only = /^/): string[] {
  const german = [...germanTexts(tree).keys()].filter(isCatalogue)
  const wanted = new Set(german.filter((key) => only.test(key)))
  return tags
    .filter((tag) => tag !== 'de')
    .flatMap((tag) => {
      const own = [...textsOf(tree, tag).keys()].filter(isCatalogue)
      const found = new Set([...own, ...(tag === 'en' ? referenceTexts(tree, 'En').keys() : [])])
      const lacking = [...wanted].filter((key) => !found.has(key))
      const beyond = own.filter((key) => !wanted.has(key))
      return [
        ...lacking.map((key) => `locales/${tag} lacks ${key}: a translated page shows no raw code`),
        ...beyond.map((key) => `locales/${tag} has ${key}, which has no German text: remove it`),
      ]
    })
}

/** Catalogue texts with letters of a foreign script. */
export function foreignLetters(tree: Tree, tags: readonly string[]): string[] {
  return tags.flatMap((tag) => {
    const foreign = FOREIGN[tag]
    if (foreign === undefined) return []
    return [...textsOf(tree, tag)]
      .filter(([key, text]) => isCatalogue(key) && foreign.test(text))
      .map(
        ([key, text]) => `locales/${tag} ${key} holds foreign letters: translate "${text}" whole`,
      )
  })
}
