import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import { ASSETS_PATH } from './platform/http/assets.js'
import { errorPage } from './platform/http/errors.js'
import { securityHeaders, refuseTwoHosts } from './platform/http/headers.js'
import { methodsOf, mount, type Hallway } from './platform/http/mount.js'
import { requestLog } from './platform/http/request-log.js'
import type { Principal } from './platform/http/route.js'
import { DomainError } from './platform/kernel/errors.js'
import type { Log } from './platform/log.js'
import type { Metrics } from './platform/metrics.js'

/** A name as `server/tools/build-assets.ts` gives it. */
const HASHED = /^\/[a-z]+\.[0-9a-f]{12}\.[a-z]+$/

/** What the application is made of; the hallway brings the routes. */
export interface AppParts<Actor extends Principal> extends Hallway<Actor> {
  readonly log: Log
  readonly metrics: Metrics
  readonly assetsDir: string
  /** Addresses and networks whose word on who called them is believed. */
  readonly trustedProxies: readonly string[]
  readonly monotonic: () => number
}

/** The whole application: headers, log, assets, routes, 404, errors, in this order. */
export function createApp<Actor extends Principal>(parts: AppParts<Actor>): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  // One spelling for each address: what decides by the beginning of a path, such as the gate, knows that one.
  app.enable('case sensitive routing')
  app.set('trust proxy', [...parts.trustedProxies])
  app.use(requestLog(parts))
  app.use(securityHeaders(parts.origin.startsWith('https:')))
  app.use(refuseTwoHosts())
  app.use(compression())
  app.use(ASSETS_PATH, builtAssets(parts.assetsDir))
  mount(app, parts)
  app.use((request, response, next) => {
    const methods = methodsOf(parts.routes, request.path)
    if (methods.length > 0) response.setHeader('Allow', methods.join(', '))
    next(new DomainError(methods.length > 0 ? 'METHOD' : 'NOT_FOUND'))
  })
  app.use(errorPage(parts))
  return app
}

/** Files named after their content; folders are no addresses, and the list of names is ours alone. */
function builtAssets(dir: string): RequestHandler {
  const files = express.static(dir, {
    immutable: true,
    maxAge: '1y',
    index: false,
    // Small files: a part of one serves nobody.
    acceptRanges: false,
  })
  return (request, response, next) => {
    if (HASHED.test(request.path)) files(request, response, next)
    else next()
  }
}
