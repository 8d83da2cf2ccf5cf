import ts from 'typescript'
import { isAccess, placeIn, sourceOf, walk } from './code.js'
import { importsOf } from './imports.js'
import { pathsIn, type Tree } from './tree.js'

const MAY_READ_THE_ENVIRONMENT = /^server\/(main\.ts|tools\/)/
const MAY_TAKE_TIME = /^server\/(main\.ts|tools\/|platform\/kernel\/(clock|random)\.ts)/

/** Relative imports inside functions: they load a room behind the back of the floors. */
export function hiddenImports(tree: Tree): string[] {
  return pathsIn(tree, ['server', 'migrations'], ['.ts']).flatMap((path) =>
    importsOf(tree, path)
      .filter(({ dynamic, target }) => dynamic && target !== undefined)
      .map(({ place }) => `${place} imports inside a function: import at the top of the file`),
  )
}

/** Cycles of imports that run, each named once from its first file in the alphabet. */
export function cycles(tree: Tree): string[] {
  const paths = pathsIn(tree, ['server', 'migrations'], ['.ts'])
  const next = new Map(paths.map((path) => [path, runtimeTargets(tree, path)]))
  const found = new Set<string>()
  for (const start of paths) follow(next, [start], found)
  return [...found].map(
    (ring) => `${ring}: break the cycle: move what both need into a third file (law 16)`,
  )
}

function runtimeTargets(tree: Tree, path: string): string[] {
  return importsOf(tree, path).flatMap(({ target, typeOnly }) =>
    typeOnly || target === undefined || !tree.has(target) ? [] : [target],
  )
}

/** Looks for ways back to the first file through files after it in the alphabet only: each ring once. */
function follow(next: Map<string, string[]>, start: readonly string[], found: Set<string>): void {
  const first = start[0] ?? ''
  const seen = new Set<string>()
  const queue: (readonly string[])[] = [start]
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    for (const target of next.get(way.at(-1) ?? '') ?? []) {
      if (target === first) found.add([...way, first].join(' -> '))
      if (target <= first || seen.has(target)) continue
      seen.add(target)
      queue.push([...way, target])
    }
  }
}

/** Reads of the environment or the arguments outside main.ts and the tools. */
export function environmentReads(tree: Tree): string[] {
  return scan(tree, MAY_READ_THE_ENVIRONMENT, (node) => {
    const read = isAccess(node, 'process', 'env') || isAccess(node, 'process', 'argv')
    const imported =
      ts.isImportDeclaration(node) &&
      /^["'](node:)?process["']$/.test(node.moduleSpecifier.getText())
    if (!read && !imported) return undefined
    return 'touches the environment: read it in loadConfig(env) and hand the value in (law 1)'
  })
}

const TAKEN = [
  ['Date', 'now', 'take a Clock'],
  ['Math', 'random', 'take a Random'],
  ['crypto', 'randomUUID', 'take a Random'],
] as const
const TAKERS = ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues']

/** Time, randomness and ids that are taken where they should be given. */
export function takenNotGiven(tree: Tree): string[] {
  return scan(tree, MAY_TAKE_TIME, (node) => {
    const taken = TAKEN.find(([object, property]) => isAccess(node, object, property))
    if (taken) return `takes ${taken[0]}.${taken[1]}: ${taken[2]} as an argument (law 10)`
    if (
      ts.isNewExpression(node) &&
      node.expression.getText() === 'Date' &&
      !node.arguments?.length
    ) {
      return 'takes the time: take a Clock as an argument (law 10)'
    }
    if (ts.isImportSpecifier(node) && TAKERS.includes((node.propertyName ?? node.name).text)) {
      return `takes randomness by ${node.getText()}: take a Random as an argument (law 10)`
    }
    return undefined
  })
}

function scan(tree: Tree, exempt: RegExp, judge: (node: ts.Node) => string | undefined): string[] {
  const faults: string[] = []
  for (const path of pathsIn(tree, ['server', 'migrations'], ['.ts'])) {
    if (exempt.test(path)) continue
    walk(sourceOf(tree, path), (node) => {
      const fault = judge(node)
      if (fault !== undefined) faults.push(`${placeIn(path, node)} ${fault}`)
    })
  }
  return faults
}
