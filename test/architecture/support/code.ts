import ts from 'typescript'
import type { Tree } from './tree.js'

const parsed = new Map<string, ts.SourceFile>()

/** The syntax tree of a TypeScript or JavaScript file, parsed once for each text it has had. */
export function sourceOf(tree: Tree, path: string): ts.SourceFile {
  const text = tree.read(path)
  const known = parsed.get(path)
  if (known?.text === text) return known
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  parsed.set(path, source)
  return source
}

/** Calls `visit` for a node and everything below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

/** `path:line` of a node, as editors and terminals link it. */
export function placeIn(path: string, node: ts.Node): string {
  const source = node.getSourceFile()
  return `${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

/** Whether a node is `object.property`, for instance `process.env`. */
export function isAccess(node: ts.Node, object: string, property: string): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object &&
    node.name.text === property
  )
}

/** The literal text of a string or template; what a template computes becomes `gap`. */
export function literalText(node: ts.Node, gap: string): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map((span) => gap + span.literal.text).join('')
}

/** Lines of a node that hold code: neither blank nor comment alone, as the linter counts them. */
export function codeLines(node: ts.Node): number {
  const source = node.getSourceFile()
  const lines = new Set<number>()
  walk(node, (child) => {
    if (child.getChildCount(source) > 0) return
    const first = source.getLineAndCharacterOfPosition(child.getStart(source)).line
    const last = source.getLineAndCharacterOfPosition(child.getEnd()).line
    for (let line = first; line <= last; line++) lines.add(line)
  })
  const end = source.getLineAndCharacterOfPosition(node.getEnd()).line
  return lines.add(end).size
}
