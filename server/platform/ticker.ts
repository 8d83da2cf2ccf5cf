import type { Log } from './log.js'

/** A beat faster than cron's minute; a slow turn is never overtaken by the next. */
export interface Ticker {
  stop(): Promise<void>
}

/** Calls `turn` every `everyMs` until stopped; a failed turn is logged and the next one tries again. */
export function startTicker(deps: {
  everyMs: number
  turn: () => Promise<unknown>
  log: Log
  name: string
}): Ticker {
  const { everyMs, turn, log, name } = deps
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = turn()
      .catch((error: unknown) => log.error('turn failed', { job: name }, error))
      .finally(() => {
        busy = false
      })
  }, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
