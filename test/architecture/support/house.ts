/**
 * The floors of the house, lowest first: a room imports doors of lower floors only. A new room gets
 * its floor here. Demonstration data stands on the top floor because it fills every room below it.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['kernel'],
  ['folder', 'metrics', 'threads'],
  [
    'db',
    'http',
    'log',
    'pdf',
    'jobs',
    'secrets',
    'ticker',
    'root',
    'folder-copy',
    'mail',
    'child',
    'files',
  ],
  ['catalogue'],
  ['ledger'],
  ['journal'],
  ['identity'],
  ['registers'],
  ['overview'],
  ['notices', 'tidings'],
  ['consent', 'blocks', 'rectification', 'inquiries', 'appointments', 'emergencies'],
  ['ingestion'],
  ['reports', 'oversight', 'information', 'demo'],
]

/** The files that stand beside the rooms. */
export const ROOF = ['main.ts', 'compose.ts', 'app.ts', 'config.ts', 'database.ts']

/** The pieces of furniture; any other file of a room is a `noun`: a part of its domain, named by it. */
export const FURNITURE = [
  'index',
  'rules',
  'tables',
  'store',
  'service',
  'forms',
  'pages',
  'routes',
  'section',
  'jobs',
  'commands',
  'actor',
] as const
export type Piece = (typeof FURNITURE)[number] | 'noun'

/** Where in the house a file stands. */
export type Place =
  | { readonly kind: 'roof'; readonly name: string }
  | { readonly kind: 'tools'; readonly name: string }
  | { readonly kind: 'platform'; readonly room: string; readonly floor: number }
  | { readonly kind: 'room'; readonly room: string; readonly floor: number; readonly piece: Piece }

/** Floors below this one are the platform's. */
const GROUND = 3

/** The rooms with a place in `migrations/`, besides those of the foundation. */
export const ROOMS: readonly string[] = FLOORS.slice(GROUND).flat()

/** The place of a path below `server/`; nothing for other paths. `floor` is -1 where none was given. */
export function placeOf(path: string): Place | undefined {
  const [top, room = '', ...rest] = path.split('/')
  if (top !== 'server') return undefined
  if (rest.length === 0) return { kind: 'roof', name: room }
  // The composition root outgrew its file: `compose/` stands behind it and knows the rooms, too.
  if (room === 'compose') return { kind: 'roof', name: 'compose.ts' }
  if (room === 'tools') return { kind: 'tools', name: rest.join('/') }
  if (room === 'platform') {
    const name = (rest[0] ?? '').replace(/\.ts$/, '')
    return { kind: 'platform', room: name, floor: floorOf(name, 0, GROUND) }
  }
  return { kind: 'room', room, floor: floorOf(room, GROUND, FLOORS.length), piece: pieceOf(rest) }
}

function floorOf(room: string, from: number, to: number): number {
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room))
  return floor >= from && floor < to ? floor : -1
}

/** `store.ts` and everything in `store/` is the store: a piece that grew too long becomes a folder. */
function pieceOf(inside: readonly string[]): Piece {
  const name = (inside[0] ?? '').replace(/\.ts$/, '')
  return FURNITURE.find((piece) => piece === name) ?? 'noun'
}

/** Whether a path is a door: what other rooms may import. `identity/actor.ts` is public by decision. */
export function isDoor(path: string): boolean {
  return /^server\/[a-z]+\/index\.ts$/.test(path) || path === 'server/identity/actor.ts'
}
