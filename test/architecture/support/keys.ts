import ts from 'typescript'
import { literalText, placeIn, sourceOf, walk } from './code.js'
import { baseOf, interfaceTexts } from './locales.js'
import { pathsIn, type Tree } from './tree.js'
import { stringIn, viewNodes, viewsIn } from './views.js'

/** A key, or a pattern of keys, that a view or a source file names. */
interface Use {
  readonly place: string
  /** The key; what the code computes is `*`. */
  readonly key: string
}

/**
 * Keys that no file names, each with who asks for them. A key written as a template, such as
 * `common:label.${kind}`, needs no entry: the template says it.
 */
export const ASKED_FOR_ELSEWHERE: readonly { readonly prefix: string; readonly why: string }[] = []

const KEY = /^[a-z][a-z0-9-]*:[\w*][\w.*-]*$/

/** Helpers whose first argument is always a key. */
const TEXT_HELPERS = ['t', 'say', 'inGerman']

function usesIn(tree: Tree): Use[] {
  const code = pathsIn(tree, ['server'], ['.ts']).flatMap((path) => usesInCode(tree, path))
  const views = viewsIn(tree).flatMap((path) => usesInView(tree, path))
  return [...code, ...views]
}

function usesInCode(tree: Tree, path: string): Use[] {
  const found: Use[] = []
  walk(sourceOf(tree, path), (node) => {
    const key = literalText(node, '*')
    if (key === undefined || !KEY.test(key) || isTypeOrModule(node)) return
    found.push({ place: placeIn(path, node), key })
  })
  return found
}

function isTypeOrModule(node: ts.Node): boolean {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)
}

function usesInView(tree: Tree, path: string): Use[] {
  return viewNodes(tree, path).flatMap((node) => {
    const key = stringIn(node)
    return key !== undefined && KEY.test(key)
      ? [{ place: `${path}:${node.loc.start.line}`, key }]
      : []
  })
}

/** Patterns of the keys that some files ask for. */
export function askedIn(tree: Tree, paths: readonly string[]): readonly RegExp[] {
  const keys = paths.flatMap((path) => usesInCode(tree, path)).map(({ key }) => key)
  return [...new Set(keys)].map(patternOf)
}

function patternOf(key: string): RegExp {
  const parts = key.split('*').map((part) => part.replace(/[.\\-]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^:]+')}$`)
}

/** Keys that are asked for and do not exist. A group asked for as a text is missing, too. */
export function missingKeys(tree: Tree): string[] {
  const keys = new Set([...interfaceTexts(tree, 'de').keys()].map(baseOf))
  const files = new Set([...keys].map((key) => key.split(':')[0]))
  const wanted = usesIn(tree).filter(({ key }) => files.has(key.split(':')[0] ?? ''))
  return [...wanted, ...unknownFiles(tree, files)]
    .filter(({ key }) => !exists(keys, key))
    .map(({ place, key }) => `${place} asks for ${key}, which locales/de lacks: add it there first`)
}

function exists(keys: ReadonlySet<string>, key: string): boolean {
  if (!key.includes('*')) return keys.has(key)
  const pattern = patternOf(key)
  return [...keys].some((known) => pattern.test(known))
}

/** Keys of a file that does not exist, where it is certain that a key is meant: `t('room:key')`. */
function unknownFiles(tree: Tree, files: ReadonlySet<string | undefined>): Use[] {
  const found: Use[] = []
  const certain = ({ place, key }: Use) => {
    if (KEY.test(key) && !files.has(key.split(':')[0])) found.push({ place, key })
  }
  for (const path of pathsIn(tree, ['server'], ['.ts'])) {
    walk(sourceOf(tree, path), (node) => {
      if (!ts.isCallExpression(node) || !/(^|\.)t$/.test(node.expression.getText())) return
      const key = node.arguments[0] && literalText(node.arguments[0], '*')
      if (key !== undefined) certain({ place: placeIn(path, node), key })
    })
  }
  for (const path of viewsIn(tree)) {
    for (const use of helperKeys(tree, path)) certain(use)
  }
  return found
}

function helperKeys(tree: Tree, path: string): Use[] {
  return viewNodes(tree, path).flatMap((node) => {
    const key = stringIn(node.params?.[0])
    if (key === undefined || !TEXT_HELPERS.includes(String(node.path?.original))) return []
    return [{ place: `${path}:${node.loc.start.line}`, key }]
  })
}

/** Keys that nothing asks for. */
export function orphanKeys(tree: Tree): string[] {
  const uses = usesIn(tree).map(({ key }) => key)
  const exact = new Set(uses)
  const patterns = [...new Set(uses.filter((key) => key.includes('*')))].map(patternOf)
  const keys = [...new Set([...interfaceTexts(tree, 'de').keys()].map(baseOf))]
  return keys
    .filter((key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)))
    .filter((key) => !ASKED_FOR_ELSEWHERE.some(({ prefix }) => key.startsWith(prefix)))
    .map((key) => `locales/de has ${key}, which nothing asks for: remove it in every language`)
}

/** Entries of the list above that no key needs any more. */
export function idleExceptions(tree: Tree): string[] {
  const keys = [...interfaceTexts(tree, 'de').keys()]
  return ASKED_FOR_ELSEWHERE.filter(
    ({ prefix }) => !keys.some((key) => key.startsWith(prefix)),
  ).map(({ prefix }) => `ASKED_FOR_ELSEWHERE names ${prefix}, which no key begins with: remove it`)
}
