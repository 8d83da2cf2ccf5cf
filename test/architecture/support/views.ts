import Handlebars from 'handlebars'
import { pathsIn, type Tree } from './tree.js'

/** A node of a template's syntax tree, as far as the laws look at it. */
export interface ViewNode {
  readonly type: string
  readonly loc: { readonly start: { readonly line: number } }
  /** Text of a content or string literal; the node behind a hash pair. */
  readonly value?: unknown
  /** Name of a hash pair. */
  readonly key?: string
  readonly escaped?: boolean
  readonly path?: { readonly original?: unknown }
  readonly params?: readonly ViewNode[]
}

const CHILDREN = ['body', 'path', 'name', 'params', 'hash', 'pairs', 'value', 'program', 'inverse']

/** Paths of all templates. */
export function viewsIn(tree: Tree): string[] {
  return pathsIn(tree, ['views'], ['.hbs'])
}

/** Every node of a template in the order of its text, both branches of a condition included. */
export function viewNodes(tree: Tree, path: string): ViewNode[] {
  return below(Handlebars.parse(tree.read(path)))
}

function below(node: unknown): ViewNode[] {
  if (Array.isArray(node)) return node.flatMap(below)
  if (typeof node !== 'object' || node === null || !('type' in node)) return []
  const children = CHILDREN.flatMap((name) => below((node as Record<string, unknown>)[name]))
  return [node as ViewNode, ...children]
}

/** The text of a string literal. */
export function stringIn(node: ViewNode | undefined): string | undefined {
  return node?.type === 'StringLiteral' && typeof node.value === 'string' ? node.value : undefined
}
