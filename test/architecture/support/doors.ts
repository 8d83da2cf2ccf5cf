import ts from 'typescript'
import { posix } from 'node:path'
import { placeIn, sourceOf } from './code.js'
import { importsOf } from './imports.js'
import { placeOf } from './house.js'
import { lineCount } from './numbers.js'
import { pathsIn, type Tree } from './tree.js'

/** The most lines a door may have; house.md aims at forty. */
export const DOOR_LINES = 60

/** Paths of all doors. */
function doorsOf(tree: Tree): string[] {
  return pathsIn(tree, ['server'], ['/index.ts']).filter((path) => placeOf(path)?.kind === 'room')
}

/** Doors that show routes, or are too long to be read at a glance. */
export function doorFaults(tree: Tree): string[] {
  return doorsOf(tree).flatMap((path) => {
    const lines = lineCount(tree.read(path))
    const long = `${path} has ${lines} lines of at most ${DOOR_LINES}: a door names what is inside and does nothing`
    const routes = importsOf(tree, path)
      .filter(({ target }) => /\/routes(\/|\.ts$)/.test(target ?? ''))
      .map(({ place }) => `${place} shows routes: compose.ts takes them from routes.ts (house.md)`)
    return [...(lines > DOOR_LINES ? [long] : []), ...routes]
  })
}

/** Rooms with a door but without a sign on it. */
export function missingSigns(tree: Tree): string[] {
  return doorsOf(tree)
    .filter((path) => !tree.has(`${posix.dirname(path)}/README.md`))
    .map(
      (path) =>
        `${posix.dirname(path)} has no README.md: write its door sign: purpose, article of law, tables, who may what`,
    )
}

/** Symbols that other rooms or the reader of the rules meet without a word of explanation. */
export function undocumented(tree: Tree): string[] {
  const rules = pathsIn(tree, ['server'], ['.ts']).filter((path) => {
    const place = placeOf(path)
    return place?.kind === 'room' && place.piece === 'rules'
  })
  const paths = [...new Set([...doorsOf(tree), ...rules])]
  return paths.flatMap((path) => exportsOf(tree, path).flatMap((found) => undocumentedFault(found)))
}

interface Exported {
  readonly name: string
  readonly path: string
  readonly node: ts.Node
}

function undocumentedFault({ name, path, node }: Exported): string[] {
  if (isSentence(docOf(node)) || isListedUnion(node)) return []
  return [
    `${placeIn(path, node)} ${name} has no doc comment: one sentence, then the article or RFC section (law 13)`,
  ]
}

/** What a file exports, each name followed to the declaration behind it. */
function exportsOf(tree: Tree, path: string): Exported[] {
  if (!tree.has(path)) return []
  return sourceOf(tree, path).statements.flatMap((node) => {
    if (ts.isExportDeclaration(node)) return reexported(tree, path, node)
    if (!isExported(node)) return []
    return namesOf(node).map((name) => ({ name, path, node }))
  })
}

function reexported(tree: Tree, path: string, node: ts.ExportDeclaration): Exported[] {
  const from = node.moduleSpecifier
  if (from === undefined || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return []
  const target = posix.join(posix.dirname(path), from.text).replace(/\.js$/, '.ts')
  const all = exportsOf(tree, target)
  const clause = node.exportClause
  if (clause === undefined || !ts.isNamedExports(clause)) return all
  const wanted = clause.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
  return all.filter(({ name }) => wanted.includes(name))
}

function isExported(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  )
}

function namesOf(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.map(({ name }) => name.getText())
  }
  const { name } = node as ts.Statement & { name?: ts.Identifier }
  return name === undefined ? [] : [name.text]
}

function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter((item) => ts.isJSDoc(item))
  return comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ')
}

/** A sentence has words and an end. */
function isSentence(text: string): boolean {
  return text.trim().split(/\s+/).length >= 2 && /[.:;!?)]/.test(text)
}

/** `type Role = (typeof ROLES)[number]`: the documented list beside it says it already. */
function isListedUnion(node: ts.Node): boolean {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isIndexedAccessTypeNode(node.type)) return false
  return /^\(?typeof [A-Z_]+\)?$/.test(node.type.objectType.getText())
}
