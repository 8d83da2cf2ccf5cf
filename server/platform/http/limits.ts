import { Overloaded } from '../kernel/errors.js'

/** How many requests may be worked on at once; the rest is refused, never queued. */
export interface GateLimits {
  /** Twice what the pool of their login holds: the second half waits a moment for a connection. */
  readonly pages: number
  readonly programs: number
  /** Of the programs' requests, those of one stream: a noisy authority leaves room for the others. */
  readonly stream: number
  /** Forms with files that are read or worked on, each up to 25 MB of memory; and those of one sender. */
  readonly uploads: number
  readonly sender: number
}

/** What a process with pools of eight connections can do in a tenth of a second. */
export const GATE_LIMITS: GateLimits = {
  pages: 16,
  programs: 16,
  stream: 8,
  uploads: 8,
  sender: 2,
}

/** A bounded number of requests at work, counted for whoever watches. */
export interface Gate {
  /**
   * Works on a request, or refuses it at once with UNAVAILABLE, answered 503 with Retry-After (RFC 9110
   * section 15.6.4). Called when the body is there: a slow sender holds no place.
   */
  within<Value>(path: string, work: () => Promise<Value>): Promise<Value>
  /** Reads and works on a form with files, or refuses it likewise: while its body arrives, it holds memory. */
  receiving<Value>(sender: string, work: () => Promise<Value>): Promise<Value>
  readonly inFlight: () => number
  /** Requests that were sent away since the start. */
  readonly shed: () => number
}

/** Cheap, and needed most when everything else is refused: is it alive, and is the log still there. */
const EXEMPT = ['/livez', '/readyz', '/metrics', '/log/']
const STREAM = /^\/api\/v1\/streams\/[^/]+/

/** Makes the gate of one process. */
export function openGate(limits: GateLimits = GATE_LIMITS): Gate {
  const places = new Map<string, number>()
  let shed = 0
  const taken = (lane: string) => places.get(lane) ?? 0
  const move = (lanes: readonly Lane[], by: number) => {
    for (const { name } of lanes) {
      const left = taken(name) + by
      if (left > 0) places.set(name, left)
      else places.delete(name)
    }
  }
  const inLanes = async <Value>(lanes: readonly Lane[], work: () => Promise<Value>) => {
    if (lanes.some(({ name, most }) => taken(name) >= most)) {
      shed += 1
      throw new Overloaded()
    }
    move(lanes, 1)
    try {
      return await work()
    } finally {
      move(lanes, -1)
    }
  }
  return {
    within: (path, work) => inLanes(lanesOf(path, limits), work),
    receiving: (sender, work) => {
      const all = { name: 'uploads', most: limits.uploads }
      return inLanes([all, { name: `uploads of ${sender}`, most: limits.sender }], work)
    },
    inFlight: () => taken('pages') + taken('programs'),
    shed: () => shed,
  }
}

interface Lane {
  readonly name: string
  readonly most: number
}

/** Pages and programs have lanes of their own: neither residents nor authorities can shut the others out. */
function lanesOf(path: string, { pages, programs, stream }: GateLimits): Lane[] {
  if (EXEMPT.some((exempt) => path.startsWith(exempt))) return []
  if (!path.startsWith('/api/')) return [{ name: 'pages', most: pages }]
  const one = STREAM.exec(decoded(path))?.[0]
  const all = { name: 'programs', most: programs }
  return one === undefined ? [all] : [all, { name: one, most: stream }]
}

/** A stream has one lane however its name is written; what cannot be decoded is refused later, with a reason. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
