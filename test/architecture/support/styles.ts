import { pathsIn, type Tree } from './tree.js'

const SIDE_PROPERTY = /(^|-)(left|right)(-|$)/
const SIDE_VALUE = /(^|[\s,(])(left|right)([\s,)]|$)/
/** Shorthands that place things; a drawing made of borders does not turn round with the text. */
const FOUR_SIDES = /^(margin|padding|inset|scroll-(margin|padding))$/

/** Declarations of our own style sheets that name a side of the screen instead of a side of the text. */
export function physicalSides(tree: Tree): string[] {
  return pathsIn(tree, ['views'], ['.css']).flatMap((path) =>
    declarationsOf(tree.read(path)).flatMap(({ property, value, line }) => {
      const reason = sideIn(property, value)
      if (reason === undefined) return []
      return [
        `${path}:${line} ${property}: ${value} ${reason}: use inline-start and inline-end (languages.md)`,
      ]
    }),
  )
}

function sideIn(property: string, value: string): string | undefined {
  if (property.startsWith('--')) return undefined
  if (SIDE_PROPERTY.test(property)) return 'is a physical property'
  if (SIDE_VALUE.test(value)) return 'names a physical side'
  if (!FOUR_SIDES.test(property)) return undefined
  const [, right, , left] = value.replace(/\s*!important/, '').split(/\s+(?![^(]*\))/)
  return left !== undefined && right !== left ? 'differs between left and right' : undefined
}

interface Declaration {
  readonly property: string
  readonly value: string
  readonly line: number
}

/** `property: value` pairs; comments, texts and addresses are blanked first, their lines kept. */
function declarationsOf(css: string): Declaration[] {
  const blank = css.replace(/\/\*[\s\S]*?\*\/|"[^"\n]*"|'[^'\n]*'|url\([^)]*\)/g, (text) =>
    text.replace(/[^\n]/g, ' '),
  )
  const found = blank.matchAll(/(?<=[{;}]|^)(\s*)([-\w]+)\s*:([^;{}]*)(?=[;}])/g)
  return [...found].map(({ 1: space = '', 2: property = '', 3: value = '', index }) => ({
    property: property.toLowerCase(),
    value: value.trim().toLowerCase(),
    line: blank.slice(0, index + space.length).split('\n').length,
  }))
}
