import ts from 'typescript'
import { isAccess, placeIn, sourceOf, walk } from './code.js'
import { pathsIn, type Tree } from './tree.js'

export const CONFIG = 'server/config.ts'
export const EXAMPLE = '.env.example'

/** Where .env.example and the list of variables in config.ts differ. */
export function exampleFaults(example: string, names: readonly string[]): string[] {
  const shown = shownIn(example)
  const missing = names.filter((name) => !shown.includes(name))
  const foreign = shown.filter((name) => !names.includes(name))
  const twice = shown.filter((name, index) => shown.indexOf(name) !== index)
  return [
    ...missing.map((name) => `${EXAMPLE} lacks ${name}: add the line, with a sentence above it`),
    ...foreign.map((name) => `${EXAMPLE} names ${name}, which ${CONFIG} does not read: remove it`),
    ...twice.map((name) => `${EXAMPLE} names ${name} twice: keep one line`),
  ]
}

/** Names of an example file: `NAME=value`, or `# NAME=value` where a default stands in the code. */
function shownIn(example: string): string[] {
  return example.split('\n').flatMap((line) => /^(?:#\s?)?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? [])
}

export const COMPOSE = 'compose.yaml'
export const IMAGE = 'Dockerfile'

/** Where compose.yaml hands the portal other variables than config.ts reads; the image fixes some of them itself. */
export function composeFaults(
  { compose, image }: { readonly compose: string; readonly image: string },
  names: readonly string[],
): string[] {
  const portal = compose.slice(compose.indexOf('\n  portal:\n'))
  const handed = [...portal.matchAll(/^ {6}([A-Z][A-Z0-9_]*): /gm)].map(([, name = '']) => name)
  const [, line = ''] = /^ENV (.+)$/m.exec(image) ?? []
  const fixed = [...line.matchAll(/([A-Z][A-Z0-9_]*)=/g)].map(([, name = '']) => name)
  // Production refuses demonstration data, and compose.yaml runs nothing else.
  const wanted = names.filter((name) => !fixed.includes(name) && !name.startsWith('DEMO'))
  const missing = wanted.filter((name) => !handed.includes(name))
  const foreign = handed.filter((name) => !wanted.includes(name))
  return [
    ...missing.map((name) => `${COMPOSE} does not hand ${name} to the portal: add the line`),
    ...foreign.map((name) => `${COMPOSE} hands over ${name}, which the portal does not take`),
  ]
}

/** Variables that a program reads by name although config.ts does not list them. */
export function unlistedReads(tree: Tree, names: readonly string[]): string[] {
  const faults: string[] = []
  for (const path of pathsIn(tree, ['server'], ['.ts'])) {
    walk(sourceOf(tree, path), (node) => {
      if (!ts.isPropertyAccessExpression(node) || !isAccess(node.expression, 'process', 'env'))
        return
      if (names.includes(node.name.text)) return
      faults.push(
        `${placeIn(path, node)} reads ${node.name.text}: list it in VARIABLES of ${CONFIG} and read it there`,
      )
    })
  }
  return faults
}
