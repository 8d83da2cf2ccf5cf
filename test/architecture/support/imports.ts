import ts from 'typescript'
import { posix } from 'node:path'
import { placeIn, sourceOf, walk } from './code.js'
import type { Tree } from './tree.js'

/** One import, re-export, `import()` or `require` of a file. */
export interface Import {
  readonly from: string
  /** `path:line` of the statement. */
  readonly place: string
  /** The file in the tree that a relative specifier means, whether or not it exists yet. */
  readonly target?: string
  /** The package or `node:` module that it names. */
  readonly module?: string
  /** Erased by the compiler: `import type`, or only `type` names. */
  readonly typeOnly: boolean
  /** Written as an expression: `import('...')`. */
  readonly dynamic: boolean
}

/** Every import of a file, in the order in which it stands there. */
export function importsOf(tree: Tree, path: string): Import[] {
  const found: Import[] = []
  walk(sourceOf(tree, path), (node) => {
    const specifier = specifierOf(node)
    if (specifier === undefined) return
    found.push({
      from: path,
      place: placeIn(path, node),
      typeOnly: isTypeOnly(node),
      dynamic: ts.isCallExpression(node),
      ...(specifier.startsWith('.')
        ? { target: targetOf(tree, path, specifier) }
        : { module: packageOf(specifier) }),
    })
  })
  return found
}

function specifierOf(node: ts.Node): string | undefined {
  const literal = literalOf(node)
  return literal && ts.isStringLiteralLike(literal) ? literal.text : undefined
}

function literalOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (!ts.isCallExpression(node)) return undefined
  const callee = node.expression
  const loads =
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(callee) && callee.text === 'require')
  return loads ? node.arguments[0] : undefined
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isExportDeclaration(node)) {
    const names = node.exportClause
    if (node.isTypeOnly) return true
    return names !== undefined && ts.isNamedExports(names) && allTypes(names.elements)
  }
  if (!ts.isImportDeclaration(node)) return false
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    allTypes(names.elements)
  )
}

function allTypes(names: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): boolean {
  return names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly)
}

function targetOf(tree: Tree, from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier)
  const source = path.replace(/\.js$/, '.ts')
  return tree.has(source) || !tree.has(path) ? source : path
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}
