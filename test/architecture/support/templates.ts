import type { Tree } from './tree.js'
import { stringIn, viewNodes, viewsIn, type ViewNode } from './views.js'

/** Stands where a template prints a value. */
const VALUE = '\uE000'

/** Words that are the same in every language. */
const NAMES = /\bMirat\b/g

/** Attributes that are read out or shown. */
const SPOKEN =
  /^(alt|title|label|placeholder|summary|aria-(label|description|roledescription|valuetext))$/

/** Parameters of helpers and partials that are never shown. */
const UNSEEN = /class|icon|id$|name|type|href|path|box|points|transform/i

/** A tag with its attributes, or the text between two tags, in the order of the page. */
type Part =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | {
      readonly kind: 'tag'
      readonly name: string
      readonly attributes: ReadonlyMap<string, string>
      readonly line: number
    }

/** What each node of a template puts into the page; the nodes inside an expression put nothing. */
const PRINTED: Readonly<Record<string, (node: ViewNode) => string>> = {
  ContentStatement: ({ value }) => String(value),
  MustacheStatement: () => VALUE,
  PartialStatement: () => VALUE,
}

/** The HTML of a template with every branch of it, and a mark where a value is printed. */
function markupOf(tree: Tree, path: string): string {
  return viewNodes(tree, path)
    .map((node) => PRINTED[node.type]?.(node) ?? '')
    .join('')
}

const TAG = /<!--[\s\S]*?-->|<![^>]*>|<\/[^>]*>|<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g

/** Lines are those of the markup: templates with long tags of Handlebars are some lines off. */
function partsOf(markup: string): Part[] {
  const parts: Part[] = []
  let end = 0
  const lineAt = (index: number) => markup.slice(0, index).split('\n').length
  for (const match of markup.matchAll(TAG)) {
    parts.push({ kind: 'text', text: markup.slice(end, match.index), line: lineAt(end) })
    end = match.index + match[0].length
    if (match[1] === undefined) continue
    const attributes = attributesOf(match[2] ?? '')
    parts.push({ kind: 'tag', name: match[1].toLowerCase(), attributes, line: lineAt(match.index) })
  }
  return [...parts, { kind: 'text', text: markup.slice(end), line: lineAt(end) }]
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      double ?? single ?? bare ?? '',
    ]),
  )
}

function hasWords(text: string): boolean {
  return /\p{L}{2,}/u.test(text.replace(/&#?\w+;/g, ' ').replace(NAMES, ' '))
}

/** Words in a template: every text comes from locales/ by a key. */
export function sentences(tree: Tree): string[] {
  return viewsIn(tree).flatMap((path) => [
    ...partsOf(markupOf(tree, path)).flatMap((part) => sentenceIn(path, part)),
    ...spokenParameters(tree, path),
  ])
}

function sentenceIn(path: string, part: Part): string[] {
  const instead = 'put it into locales/ and print it by {{t}} (law 11)'
  if (part.kind === 'text') {
    if (!hasWords(part.text)) return []
    return [`${path}: near line ${part.line} stands "${part.text.trim()}": ${instead}`]
  }
  const shown = [...part.attributes].filter(
    ([name, value]) => (SPOKEN.test(name) || isButtonText(part, name)) && hasWords(value),
  )
  return shown.map(([name, value]) => `${path}: ${part.name} has ${name}="${value}": ${instead}`)
}

function isButtonText(part: Extract<Part, { kind: 'tag' }>, name: string): boolean {
  const { attributes } = part
  if (part.name === 'meta') return name === 'content' && attributes.get('name') === 'description'
  const type = attributes.get('type') ?? ''
  return part.name === 'input' && name === 'value' && ['submit', 'button', 'reset'].includes(type)
}

/** Sentences handed to helpers and partials: `{{> notice text="Two words"}}`. */
function spokenParameters(tree: Tree, path: string): string[] {
  return viewNodes(tree, path).flatMap(({ key, value, loc }) => {
    const text = key === undefined || UNSEEN.test(key) ? '' : (stringIn(value as ViewNode) ?? '')
    if (!/\p{L}+\s+\p{L}+/u.test(text)) return []
    return [`${path}:${loc.start.line} hands in ${key}="${text}": hand in the key (law 11)`]
  })
}

/** Values that are printed without escaping. */
export function unescaped(tree: Tree): string[] {
  return viewsIn(tree).flatMap((path) =>
    viewNodes(tree, path)
      .filter(({ type, escaped }) => type === 'MustacheStatement' && escaped === false)
      .map(
        ({ loc }) => `${path}:${loc.start.line} prints without escaping: use two braces (law 11)`,
      ),
  )
}

/** Styles and scripts inside a page, which the Content-Security-Policy refuses. */
export function inlineCode(tree: Tree): string[] {
  return viewsIn(tree).flatMap((path) =>
    partsOf(markupOf(tree, path)).flatMap((part) =>
      part.kind === 'tag' ? inlineIn(path, part) : [],
    ),
  )
}

function inlineIn(path: string, { name, attributes }: Extract<Part, { kind: 'tag' }>): string[] {
  const instead = 'the Content-Security-Policy refuses it: move it to views/assets (security.md)'
  const handlers = [...attributes].filter(
    ([key, value]) => key === 'style' || /^on[a-z]/.test(key) || /^\s*javascript:/i.test(value),
  )
  const block = name === 'style' || (name === 'script' && !attributes.has('src'))
  return [
    ...(block ? [`${path} has an inline ${name}: ${instead}`] : []),
    ...handlers.map(([key]) => `${path} has ${key} on ${name}: ${instead}`),
  ]
}

/** Pages that do not say their language and direction. */
export function speechless(tree: Tree): string[] {
  return viewsIn(tree).flatMap((path) =>
    partsOf(markupOf(tree, path)).flatMap((part) => {
      if (part.kind !== 'tag' || part.name !== 'html') return []
      return ['lang', 'dir']
        .filter((name) => part.attributes.get(name)?.includes(VALUE) !== true)
        .map(
          (name) =>
            `${path}: html has no computed ${name}: print that of the page's language (law 11)`,
        )
    }),
  )
}

/** Whether any layout opens the document. */
export function hasDocument(tree: Tree): boolean {
  return viewsIn(tree).some((path) => /<html[\s>]/.test(tree.read(path)))
}
