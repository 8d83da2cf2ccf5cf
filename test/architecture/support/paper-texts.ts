import { askedIn } from './keys.js'
import { baseOf, interfaceTexts, type Shipped } from './locales.js'
import { pathsIn, type Tree } from './tree.js'

/** Where papers are written. */
const WRITERS = ['server/reports/service', 'server/reports/copying']
/** What was chosen in words, and the sections of all rooms, whose senses name texts. */
const BESIDE_THEM = ['server/oversight/words.ts', '/section.ts']
/** What a file asks for that asks for much besides. */
const ALSO = [/^rectification:nationalities\./]

/** Keys that papers ask for, and that a language which papers alone speak has therefore. */
export function paperKeys(tree: Tree): readonly string[] {
  const files = [...pathsIn(tree, WRITERS, ['.ts']), ...pathsIn(tree, ['server'], BESIDE_THEM)]
  const patterns = [...askedIn(tree, files), ...ALSO]
  const keys = new Set([...interfaceTexts(tree, 'de').keys()].map(baseOf))
  return [...keys].filter((key) => patterns.some((pattern) => pattern.test(key)))
}

/** Keys that papers ask for and such a language lacks, and those that no paper asks for. */
export function paperFaults(tree: Tree, languages: readonly Shipped[]): string[] {
  const wanted = new Set(paperKeys(tree))
  return languages.flatMap(({ tag }) => {
    const here = new Set([...interfaceTexts(tree, tag).keys()].map(baseOf))
    const lacking = [...wanted].filter((key) => !here.has(key))
    const beyond = [...here].filter((key) => !wanted.has(key))
    return [
      ...lacking.map((key) => `locales/${tag} lacks ${key}, which papers ask for: translate it`),
      ...beyond.map((key) => `locales/${tag} has ${key}, which no paper asks for: remove it`),
    ]
  })
}
