import ts from 'typescript'
import { codeLines, placeIn, sourceOf, walk } from './code.js'
import { pathsIn, type Tree } from './tree.js'

/** The numbers of law 16 and of the tree in house.md. */
export const LIMITS = {
  file: 300,
  function: 60,
  /** Nine of ten functions are no longer than this. */
  shortFunction: 30,
  roof: { 'server/main.ts': 60, 'server/compose.ts': 120, 'server/app.ts': 100 },
} as const

const SOURCES = ['server', 'migrations', 'views', 'test']
const CODE = ['server', 'migrations', 'views']
const ENDINGS = ['.ts', '.js', '.mjs', '.hbs', '.css']
const SCRIPTS = ['.ts', '.js', '.mjs']
const CATCH_ALL = /(^|\/)(utils?|helpers?|common|misc|shared|lib)(\/|\.[a-z]+$|\.test\.ts$)/

/** Files that are longer than the law allows. */
export function longFiles(tree: Tree): string[] {
  return pathsIn(tree, SOURCES, ENDINGS).flatMap((path) => {
    const limit = LIMITS.roof[path as keyof typeof LIMITS.roof] ?? LIMITS.file
    const lines = lineCount(tree.read(path))
    if (lines <= limit) return []
    return `${path} has ${lines} lines of at most ${limit}: find the second noun in it and give that a file (law 16)`
  })
}

/** Lines of a text as an editor counts them. */
export function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}

/** Names that say nothing and therefore collect everything; `test/support` is a room of its own. */
export function catchAlls(tree: Tree): string[] {
  return pathsIn(tree, ['server', 'migrations', 'views', 'test'], SCRIPTS)
    .filter((path) => CATCH_ALL.test(path))
    .map((path) => `${path} is a catch-all: name it by the noun that it is about (house.md)`)
}

type Measured = { readonly place: string; readonly name: string; readonly lines: number }

/** Functions with a name of their own: declarations, methods, and functions held by a name. */
function functionsIn(tree: Tree): Measured[] {
  const found: Measured[] = []
  for (const path of pathsIn(tree, CODE, SCRIPTS)) {
    walk(sourceOf(tree, path), (node) => {
      const name = nameOf(node)
      if (name !== undefined)
        found.push({ place: placeIn(path, node), name, lines: codeLines(node) })
    })
  }
  return found
}

function nameOf(node: ts.Node): string | undefined {
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return undefined
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (node.name) return node.name.getText()
  const { parent } = node
  const holds =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent)
  return holds ? parent.name.getText() : undefined
}

/** Functions beyond the limit, however they are written. */
export function longFunctions(tree: Tree): string[] {
  return functionsIn(tree)
    .filter(({ lines }) => lines > LIMITS.function)
    .map(({ place, name, lines }) => tooLong(place, `${name} has ${lines} lines of code`))
}

function tooLong(place: string, what: string): string {
  return `${place} ${what}, of at most ${LIMITS.function}: name its steps and make each a function (law 16)`
}

/** One fault where more than one function in ten is longer than thirty lines, with the longest named. */
export function longTail(tree: Tree): string[] {
  const all = functionsIn(tree)
  const long = all.filter(({ lines }) => lines > LIMITS.shortFunction)
  if (long.length * 10 <= all.length) return []
  const worst = long.sort((one, other) => other.lines - one.lines).slice(0, 10)
  const list = worst.map(({ place, name, lines }) => `  ${place} ${name} (${lines})`).join('\n')
  return [
    `${long.length} of ${all.length} functions are longer than ${LIMITS.shortFunction} lines, more than one in ten; shorten:\n${list}`,
  ]
}
