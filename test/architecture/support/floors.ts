import { FLOORS, ROOF, isDoor, placeOf, type Place } from './house.js'
import { importsOf, type Import } from './imports.js'
import { pathsIn, type Tree } from './tree.js'

type Inside = Extract<Place, { kind: 'room' | 'platform' }>

/** What compose.ts may take from a room besides its door: lists that only compose collects. */
const COLLECTED = new Set(['routes', 'jobs', 'commands', 'section'])

/** Imports that break the order of the floors, and files that stand on none. */
export function floorFaults(tree: Tree): string[] {
  const paths = pathsIn(tree, ['server', 'migrations'], ['.ts'])
  return paths.flatMap((path) => [
    ...homeless(path),
    ...importsOf(tree, path).flatMap((item) => floorFault(item) ?? []),
  ])
}

function homeless(path: string): string[] {
  const place = placeOf(path)
  if (place?.kind === 'roof' && !ROOF.includes(place.name)) {
    return [`${path} stands in no room: move it into the room whose word it is (house.md, tree)`]
  }
  if ((place?.kind !== 'room' && place?.kind !== 'platform') || place.floor >= 0) return []
  return [
    `${path}: the room "${place.room}" has no floor: enter it in FLOORS of test/architecture/support/house.ts`,
  ]
}

function floorFault(item: Import): string | undefined {
  const target = item.target === undefined ? undefined : placeOf(item.target)
  if (target === undefined || item.target === undefined) return undefined
  const reason = reasonAgainst(item, target)
  return reason && `${item.place} imports ${item.target}: ${reason}`
}

function reasonAgainst(item: Import, target: Place): string | undefined {
  const from = placeOf(item.from)
  if (from === undefined) return migrationReason(target)
  if (from.kind === 'roof') return roofReason(from.name, item, target)
  if (from.kind === 'tools') return toolReason(from.name, item, target)
  if (from.floor < 0) return undefined
  if (target.kind === 'tools')
    return 'a tool is a program of its own: move what is shared into a room'
  if (target.kind === 'roof') return roofTargetReason(from, item, target.name)
  return betweenRooms(from, item, target)
}

function migrationReason(target: Place): string | undefined {
  if (target.kind === 'platform' && target.room === 'db') return undefined
  return 'a landed migration never changes, so it imports platform/db only: write the SQL out (law 8)'
}

function roofTargetReason(from: Inside, item: Import, name: string): string | undefined {
  if (from.kind === 'room' && name === 'database.ts' && item.typeOnly) return undefined
  return `take what you need as an argument; a room may import database.ts, as types only (law 1)`
}

function betweenRooms(from: Inside, item: Import, target: Inside): string | undefined {
  if (from.room === target.room) return undefined
  if (isHallwayType(from, item, target)) return undefined
  if (target.floor >= from.floor) {
    return `"${target.room}" does not lie below "${from.room}" (${order()}): let compose.ts hand in a function`
  }
  return needsDoor(item, target) ? `use the door, server/${target.room}/index.ts` : undefined
}

/** http may name the type of the log that it is given: nothing of it is left when the program runs. */
function isHallwayType(from: Inside, item: Import, target: Inside): boolean {
  const hallway = from.kind === 'platform' && target.kind === 'platform'
  return hallway && item.typeOnly && target.floor === from.floor
}

function needsDoor(item: Import, target: Inside): boolean {
  return target.kind === 'room' && !isDoor(item.target ?? '')
}

function roofReason(name: string, item: Import, target: Place): string | undefined {
  if (target.kind === 'tools') return 'a tool has its own entry: start it by an npm script'
  if (name === 'database.ts') return databaseReason(item, target)
  if (target.kind !== 'room') return undefined
  if (name === 'compose.ts') {
    const open = isDoor(item.target ?? '') || COLLECTED.has(target.piece)
    return open ? undefined : `use the door, server/${target.room}/index.ts (law 1)`
  }
  if (item.typeOnly && isDoor(item.target ?? '')) return undefined
  return 'compose.ts is the only file that knows the rooms: let it hand this in (law 1)'
}

function databaseReason(item: Import, target: Place): string | undefined {
  if (item.typeOnly && target.kind === 'room' && target.piece === 'tables') return undefined
  return "database.ts takes the rooms' tables.ts, as types only"
}

function toolReason(name: string, item: Import, target: Place): string | undefined {
  if (target.kind === 'tools') return undefined
  if (name.startsWith('verify')) {
    return 'the offline verifier shares no code with the server it checks: write it again (ledger.md)'
  }
  if (name.startsWith('reference-register')) {
    return 'the reference register is another house: it shares no code with the portal it answers to'
  }
  return target.kind === 'room' && needsDoor(item, target)
    ? `use the door, server/${target.room}/index.ts`
    : undefined
}

function order(): string {
  return FLOORS.map((rooms) => rooms.join(', ')).join(' < ')
}
