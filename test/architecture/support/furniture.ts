import { isDoor, placeOf, type Piece, type Place } from './house.js'
import { importsOf, type Import } from './imports.js'
import { pathsIn, type Tree } from './tree.js'

type Room = Extract<Place, { kind: 'room' }>

/** What a piece may import; types of its own room's pieces are free, but for `tables` and `routes`. */
interface Furniture {
  readonly own: readonly Piece[]
  readonly doors: 'values' | 'types' | 'none'
  readonly platform: readonly string[]
  readonly platformTypes?: readonly string[]
  readonly instead: string
}

const PURE = ['rules', 'noun', 'actor'] as const

/** The table of house.md, as the machine reads it. */
const TABLE: Readonly<Record<Piece, Furniture>> = {
  index: {
    own: [...PURE, 'service', 'section'],
    doors: 'values',
    platform: ['kernel', 'db', 'log', 'jobs'],
    platformTypes: ['http'],
    instead: 'the door shows service and rules; compose.ts takes routes, jobs and commands itself',
  },
  rules: {
    own: PURE,
    doors: 'types',
    platform: ['kernel'],
    instead: 'rules are pure: take what the decision needs as an argument',
  },
  actor: {
    own: PURE,
    doors: 'types',
    platform: ['kernel'],
    platformTypes: ['db', 'http'],
    instead: 'the actor is a type with a few pure questions',
  },
  noun: {
    own: [...PURE, 'store', 'service'],
    doors: 'values',
    platform: ['kernel', 'db', 'log', 'jobs'],
    platformTypes: ['http'],
    instead: 'HTTP, pages and documents belong to forms.ts, pages.ts and routes.ts',
  },
  tables: { own: [], doors: 'types', platform: [], instead: 'tables.ts holds types: import type' },
  store: {
    own: [...PURE, 'store'],
    doors: 'types',
    platform: ['kernel', 'db'],
    instead: 'the store turns rows into domain objects; service.ts knows the other rooms',
  },
  service: {
    own: [...PURE, 'store', 'service'],
    doors: 'values',
    platform: ['kernel', 'db', 'log', 'jobs', 'pdf', 'files'],
    platformTypes: ['http'],
    instead: 'the service knows no HTTP: forms.ts gives it a command, pages.ts shows its answer',
  },
  forms: {
    own: [...PURE, 'forms'],
    doors: 'types',
    platform: ['kernel', 'http'],
    instead: 'a form turns input into a command or field errors and decides nothing else',
  },
  pages: {
    own: [...PURE, 'pages'],
    doors: 'types',
    platform: ['kernel'],
    platformTypes: ['http'],
    instead: 'a page is a pure view model: take objects, texts and addresses as arguments',
  },
  routes: {
    own: [...PURE, 'service', 'forms', 'pages', 'routes', 'index'],
    doors: 'none',
    platform: ['kernel', 'http'],
    instead: 'routes name their steps: the service asks other rooms and the store',
  },
  section: {
    own: [...PURE, 'service', 'section'],
    doors: 'types',
    platform: ['kernel'],
    instead: 'a section tells what the service knows; the report draws it',
  },
  jobs: {
    own: [...PURE, 'service', 'index'],
    doors: 'types',
    platform: ['kernel', 'log', 'jobs'],
    platformTypes: ['db'],
    instead: 'a job calls a use case of its service',
  },
  commands: {
    own: [...PURE, 'service', 'index'],
    doors: 'types',
    platform: ['kernel', 'log', 'jobs'],
    platformTypes: ['db'],
    instead: 'a command calls a use case of its service',
  },
}

/** Pieces that stay pure even through the nouns they use. */
const STAYS_PURE: readonly Piece[] = ['rules', 'forms', 'pages', 'actor']

/** Imports that a piece of furniture must not have. */
export function furnitureFaults(tree: Tree): string[] {
  return pathsIn(tree, ['server'], ['.ts']).flatMap((path) => {
    const place = placeOf(path)
    if (place?.kind !== 'room' || place.floor < 0) return []
    const items = importsOf(tree, path)
    return [...items.flatMap((item) => faultOf(place, item) ?? []), ...impurity(tree, place, path)]
  })
}

function faultOf(place: Room, item: Import): string | undefined {
  const target = item.target === undefined ? undefined : placeOf(item.target)
  if (target === undefined || item.target === undefined) return undefined
  const { instead } = TABLE[place.piece]
  if (allowed(place, item, target)) return undefined
  return `${item.place} imports ${item.target}, which ${place.piece} must not: ${instead} (house.md, furniture)`
}

function allowed(place: Room, item: Import, target: Place): boolean {
  const row = TABLE[place.piece]
  if (item.target?.endsWith('.json')) return true
  if (target.kind === 'platform') {
    const typed = item.typeOnly && row.platformTypes?.includes(target.room) === true
    return (
      (item.typeOnly && place.piece === 'tables') || typed || row.platform.includes(target.room)
    )
  }
  if (target.kind !== 'room') return place.piece !== 'rules' && place.piece !== 'pages'
  if (target.room === place.room) return ownAllowed(place.piece, item, target.piece)
  if (item.typeOnly && isCommonWord(item.target)) return true
  return (
    row.doors === 'values' || (row.doors === 'types' && item.typeOnly && isDoor(item.target ?? ''))
  )
}

/** Types that every piece but the rules may name: who asks, and the shared vocabulary. */
function isCommonWord(path: string | undefined): boolean {
  return path === 'server/identity/actor.ts' || path === 'server/catalogue/index.ts'
}

function ownAllowed(piece: Piece, item: Import, target: Piece): boolean {
  if (TABLE[piece].own.includes(target)) return true
  if (target === 'tables') return item.typeOnly && (piece === 'store' || piece === 'tables')
  return item.typeOnly && target !== 'routes' && target !== 'store'
}

/** A pure piece that reaches the store or the service through a noun of its own room. */
function impurity(tree: Tree, place: Room, path: string): string[] {
  if (!STAYS_PURE.includes(place.piece)) return []
  const way = wayToStore(tree, place.room, [path])
  if (way === undefined || way.length < 3) return []
  return [`${way.join(' -> ')}: ${place.piece} stays pure: ${TABLE[place.piece].instead}`]
}

function wayToStore(tree: Tree, room: string, way: readonly string[]): string[] | undefined {
  const last = way.at(-1) ?? ''
  for (const { target, typeOnly } of tree.has(last) ? importsOf(tree, last) : []) {
    const place = target === undefined ? undefined : placeOf(target)
    if (typeOnly || target === undefined || way.includes(target)) continue
    if (place?.kind !== 'room' || place.room !== room) continue
    if (place.piece === 'store' || place.piece === 'service') return [...way, target]
    const longer = wayToStore(tree, room, [...way, target])
    if (longer) return longer
  }
  return undefined
}
