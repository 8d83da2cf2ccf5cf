import ts from 'typescript'
import { placeIn, sourceOf, walk } from './code.js'
import { pathsIn, type Tree } from './tree.js'

const FOLDERS = ['server', 'views', 'migrations', 'test']
const SCRIPTS = ['.ts', '.js', '.mjs']
const TEXTS = [...SCRIPTS, '.hbs', '.css']

/** This law's own test plants what it looks for. */
const EXEMPT = 'test/architecture/leftovers'

// The words are put together here so that this file does not hold them.
const WORDS = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['X', 'XX'],
].map((parts) => parts.join(''))
const NOTE = new RegExp(`\\b(${WORDS.join('|')})\\b`)
const SILENCED = new RegExp(['@ts-', '(ignore|nocheck)'].join(''))

/** Notes to oneself and silenced type errors. */
export function notes(tree: Tree): string[] {
  return pathsIn(tree, FOLDERS, TEXTS)
    .filter((path) => !path.startsWith(EXEMPT))
    .flatMap((path) =>
      tree
        .read(path)
        .split('\n')
        .flatMap((line, index) => noteIn(line, `${path}:${index + 1}`)),
    )
}

function noteIn(line: string, place: string): string[] {
  const note = NOTE.exec(line)?.[0]
  const silenced = SILENCED.exec(line)?.[0]
  return [
    ...(note ? [`${place} holds "${note}": do it now, or write it down outside the code`] : []),
    ...(silenced ? [`${place} holds "${silenced}": give the value its true type`] : []),
  ]
}

/** Debug prints, narrowed or skipped tests, values whose type was thrown away, unheard connections. */
export function shortcuts(tree: Tree): string[] {
  const faults: string[] = []
  for (const path of pathsIn(tree, FOLDERS, SCRIPTS)) {
    if (path.startsWith(EXEMPT)) continue
    const isHeard = tree.read(path).includes("pool.on('error'")
    walk(sourceOf(tree, path), (node) => {
      const fault = shortcut(node) ?? (isHeard ? undefined : unheard(node))
      if (fault !== undefined) faults.push(`${placeIn(path, node)} ${fault}`)
    })
  }
  return faults
}

/** A connection that the server ends while it is idle or closing would end whoever opened it. */
function unheard(node: ts.Node): string | undefined {
  if (!ts.isNewExpression(node) || !/^(pg\.)?Pool$/.test(node.expression.getText()))
    return undefined
  return "opens a pool without pool.on('error'): in a test, take poolOf of test/support/pool"
}

const TESTS = /^(describe|it|test)$/
const NARROWED = /^([fx](describe|it|test)|(describe|it|test))$/

function shortcut(node: ts.Node): string | undefined {
  if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
    return 'throws a type away: name the type, or take unknown and parse it (law 4)'
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const { text } = node.expression
    const narrowed = NARROWED.test(text) && !TESTS.test(text)
    return narrowed ? `calls ${text}: every test runs, or is deleted` : undefined
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const [object, property] = [node.expression.text, node.name.text]
  if (object === 'console')
    return `prints by console.${property}: take the log as an argument (law 15)`
  if (!TESTS.test(object) || !['only', 'skip', 'todo', 'failing'].includes(property))
    return undefined
  // `isRoot ? it.skip : it` says when a test cannot run; a bare skip says nothing.
  if (property === 'skip' && ts.isConditionalExpression(node.parent)) return undefined
  return `has ${object}.${property}: every test runs, or is deleted`
}
