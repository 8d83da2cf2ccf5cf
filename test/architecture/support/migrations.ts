import ts from 'typescript'
import { literalText, placeIn, sourceOf, walk } from './code.js'
import { ROOMS } from './house.js'
import { importsOf } from './imports.js'
import { pathsIn, type Tree } from './tree.js'

const LIST = 'migrations/index.ts'
const NAME = /^migrations\/(\d{4})_([a-z]+)_[a-z0-9_]+\.ts$/
/** Rooms of a migration's name: roles and schemas are the foundation under all of them. */
const OWNERS = ['foundation', ...ROOMS]

function filesOf(tree: Tree): string[] {
  return pathsIn(tree, ['migrations'], ['.ts']).filter((path) => path !== LIST)
}

/** Names that do not say number, room and matter, or numbers that leave a gap or repeat. */
export function misnamed(tree: Tree): string[] {
  return filesOf(tree).flatMap((path, index) => {
    const [, number, room = ''] = NAME.exec(path) ?? []
    if (number === undefined || !OWNERS.includes(room)) {
      return [`${path}: name it migrations/NNNN_room_matter.ts, with a room of the house (law 8)`]
    }
    const wanted = String(index + 1).padStart(4, '0')
    return number === wanted
      ? []
      : [`${path} stands at place ${wanted}: number without gap or twin`]
  })
}

/** Where migrations/index.ts differs from the folder; a landed migration never moves. */
export function unlisted(tree: Tree): string[] {
  const files = filesOf(tree)
  if (!tree.has(LIST))
    return files.length === 0 ? [] : [`${LIST} is missing: list the migrations in order`]
  const listed = listedIn(tree)
  const imported = new Set(importsOf(tree, LIST).map(({ target }) => target))
  const wanted = files.map((path) => path.slice('migrations/'.length, -'.ts'.length))
  const notImported = files.filter((path) => !imported.has(path))
  return [
    ...(listed.join() === wanted.join()
      ? []
      : [`${LIST} lists ${listed.join(', ') || 'nothing'}; the folder holds ${wanted.join(', ')}`]),
    ...notImported.map((path) => `${LIST} does not import ${path}`),
  ]
}

/** The keys of the exported object, in the order in which they are written. */
function listedIn(tree: Tree): string[] {
  const found: string[] = []
  walk(sourceOf(tree, LIST), (node) => {
    if (!ts.isObjectLiteralExpression(node) || !ts.isVariableDeclaration(node.parent)) return
    for (const { name } of node.properties) {
      if (name && (ts.isStringLiteral(name) || ts.isIdentifier(name))) found.push(name.text)
    }
  })
  return found
}

/** A piece of SQL: the text of a template, without its comments and quoted texts. */
interface Sql {
  readonly place: string
  readonly text: string
}

/** Every literal of the migrations and stores that reads like SQL; what is computed becomes `x`. */
function sqlIn(tree: Tree): Sql[] {
  const stores = pathsIn(tree, ['server'], ['.ts']).filter((path) =>
    /\/(store|platform\/db)[/.]/.test(path),
  )
  return [...filesOf(tree), ...stores].flatMap((path) => {
    const found: Sql[] = []
    walk(sourceOf(tree, path), (node) => {
      const text = literalText(node, 'x')
      if (text !== undefined && SQL.test(text))
        found.push({ place: placeIn(path, node), text: bare(text) })
    })
    return found
  })
}

const SQL =
  /\b(select|insert|update|delete|create|alter|drop|grant|revoke|references|set local|comment on)\b/i

function bare(text: string): string {
  return text.replace(/--[^\n]*/g, '').replace(/'(?:[^']|'')*'/g, "''")
}

const KEYWORDS =
  /\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TABLE|GRANT|REVOKE|FROM|WHERE|INTO|VALUES|JOIN|AND|OR|NOT|NULL|PRIMARY|FOREIGN|KEY|REFERENCES|CONSTRAINT|CHECK|UNIQUE|INDEX|FUNCTION|RETURNS|TRIGGER|BEGIN|END|POLICY|ENABLE|ALWAYS|FORCE|ORDER|BY|LIMIT|ON|SET|ROLE|SCHEMA|VIEW|COMMENT|IS|AS)\b/

/** Faults of the SQL itself that can be seen without a database. */
export function sqlFaults(tree: Tree): string[] {
  return sqlIn(tree).flatMap(({ place, text }) => [
    ...capitals(place, text),
    ...zoneless(place, text),
    ...deathless(place, text),
  ])
}

function capitals(place: string, text: string): string[] {
  const word = KEYWORDS.exec(text)?.[0]
  return word ? [`${place} writes ${word}: SQL keywords are lower-case (law 8)`] : []
}

function zoneless(place: string, text: string): string[] {
  if (!/\btimestamp\b(?!\s*(\(\d\)\s*)?with time zone)/i.test(text)) return []
  return [`${place} uses a timestamp without zone: write timestamptz (law 8)`]
}

/** A reference says what happens to the row when its target is deleted. */
function deathless(place: string, text: string): string[] {
  const found = text.matchAll(/\breferences\s+([\w".]+)(\s*\([^)]*\))?([^,;]*)/gi)
  return [...found].flatMap(([, table = '', , rest = '']) =>
    /\bon delete (restrict|cascade|no action|set null|set default)\b/i.test(rest)
      ? []
      : [`${place} references ${table} without "on delete": say what happens to the row (law 8)`],
  )
}
