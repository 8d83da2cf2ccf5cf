import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'

/** Something that goes on until a fault breaks it or it is ended. */
export interface Course {
  /** Settles when it cannot go on, with the fault where one is known; never rejects. */
  readonly broken: Promise<unknown>
  /** Waits for what is in hand and lets go of everything; never rejects. */
  end(): Promise<void>
}

/** Milliseconds: the first pause, doubled with each fault up to the longest; as long a calm starts anew. */
export interface Pauses {
  readonly firstMs: number
  readonly longestMs: number
}

/**
 * Begins a course, and another one after a pause whenever it breaks, until stopped. Rejects where the
 * first one cannot begin: somebody has just started the program, and must see why it does not run.
 */
export async function keepGoing(deps: {
  /** What the log calls it. */
  name: string
  begin: () => Promise<Course>
  pauses: Pauses
  log: Log
}): Promise<{ stop(): Promise<void> }> {
  const { name, begin, log } = deps
  const stopping = new AbortController()
  const { signal } = stopping
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  const pause = growing(deps.pauses, signal)

  async function beginAgain(): Promise<Course | undefined> {
    while (!signal.aborted) {
      await pause.take()
      if (signal.aborted) break
      try {
        const course = await begin()
        log.info(`${name} resumed`)
        return course
      } catch (error) {
        log.error(`${name} not resumed`, { ms: pause.nextMs() }, error)
      }
    }
    return undefined
  }

  async function follow(first: Course): Promise<void> {
    for (let course: Course | undefined = first; course !== undefined;) {
      const calm = setTimeout(pause.reset, deps.pauses.longestMs)
      const fault = await Promise.race([course.broken, stopped])
      clearTimeout(calm)
      if (!signal.aborted) log.error(`${name} interrupted`, { ms: pause.nextMs() }, fault)
      await course.end()
      course = await beginAgain()
    }
  }

  const followed = follow(await begin())
  return {
    stop: async () => {
      stopping.abort()
      await followed
    },
  }
}

/** Pauses that double, and end at once where the signal says so. */
function growing({ firstMs, longestMs }: Pauses, signal: AbortSignal) {
  let nextMs = firstMs
  return {
    nextMs: () => nextMs,
    reset: () => {
      nextMs = firstMs
    },
    take: async () => {
      const ms = nextMs
      nextMs = Math.min(2 * ms, longestMs)
      await sleep(ms, undefined, { signal }).catch(() => undefined)
    },
  }
}
