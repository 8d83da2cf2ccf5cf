import type { Sense, Senses } from '../../platform/kernel/section.js'

/** A value that is no list and no group. */
export type Scalar = string | number | boolean | Date

/** A value of an item; `place` counts places in lists (`events.0.at`), `path` does not (`events.at`). */
export interface Leaf {
  readonly place: string
  readonly path: string
  readonly value: Scalar
}

/** One line about an item: what it is about, and its values. */
export interface Line {
  readonly path: string
  readonly values: readonly Scalar[]
}

/** An item as people read it: lines, and lists of things that have lines of their own. */
export interface Shown {
  readonly lines: readonly Line[]
  readonly lists: readonly { readonly path: string; readonly entries: readonly Shown[] }[]
}

/** Every value of an item in its order; what is not there is left out. */
export function* leavesOf(value: unknown, place = '', path = ''): Generator<Leaf> {
  if (isScalar(value)) yield { place, path, value }
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield* leavesOf(item, joined(place, String(at)), path)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      yield* leavesOf(item, joined(place, name), joined(path, name))
    }
  }
}

/** How a value is told: by its own path, or by the nearest one above it; nothing where nobody said. */
export function senseOf(senses: Senses, path: string): Sense | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const sense = senses[at]
    if (sense !== undefined) return sense
  }
  return undefined
}

/** What people read of an item, without what is told to programs alone. */
export function shownOf(item: object, senses: Senses, path = ''): Shown {
  const lines: Line[] = []
  const lists: Shown['lists'][number][] = []
  for (const [name, value] of Object.entries<unknown>(item as Record<string, unknown>)) {
    const at = joined(path, name)
    if (isGroups(value)) {
      const entries = value.map((entry) => shownOf(entry, senses, at))
      if (entries.some((entry) => entry.lines.length > 0)) lists.push({ path: at, entries })
    } else if (isScalar(value) || Array.isArray(value)) {
      const values = (Array.isArray(value) ? value : [value]).filter(isScalar)
      const isTold = (senseOf(senses, at) ?? 'inner') !== 'inner'
      if (isTold && values.length > 0) lines.push({ path: at, values })
    } else if (typeof value === 'object' && value !== null) {
      const inside = shownOf(value, senses, at)
      lines.push(...inside.lines)
      lists.push(...inside.lists)
    }
  }
  return { lines, lists }
}

const joined = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date
}

function isGroups(value: unknown): value is object[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object')
}
