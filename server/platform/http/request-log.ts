import type { RequestHandler, Response } from 'express'
import type { Random } from '../kernel/random.js'
import type { Log } from '../log.js'
import type { Metrics } from '../metrics.js'

/** What the hallway notes on a response while it passes. */
export interface Passage {
  requestId: string
  route: string
  role: string
}

const passages = new WeakMap<Response, Passage>()

/** The notes of a response. */
export function passageOf(response: Response): Passage {
  const passage = passages.get(response)
  if (!passage) throw new Error('the request log has not seen this response')
  return passage
}

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Gives each request a reference that people can read out, and logs it when it ends: never address or body. */
export function requestLog(deps: {
  log: Log
  metrics: Metrics
  random: Random
  monotonic: () => number
}): RequestHandler {
  return (request, response, next) => {
    const requestId = [...deps.random.bytes(8)].map((byte) => LETTERS[byte % 32]).join('')
    const started = deps.monotonic()
    const passage: Passage = { requestId, route: '-', role: '-' }
    passages.set(response, passage)
    response.setHeader('X-Request-Id', requestId)
    response.on('close', () => {
      const { method } = request
      const { statusCode: status } = response
      const ms = Math.round(deps.monotonic() - started)
      deps.log.info('request', { ...passage, method, status, ms })
      deps.metrics.finished({ method, route: passage.route, status, ms })
    })
    next()
  }
}
