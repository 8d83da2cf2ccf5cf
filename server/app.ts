import compression from 'compression'
import express, { type Express } from 'express'
import { ASSETS_PATH } from './platform/http/assets.js'
import { errorPage } from './platform/http/errors.js'
import { securityHeaders, refuseTwoHosts } from './platform/http/headers.js'
import { methodsOf, mount, type Hallway } from './platform/http/mount.js'
import { requestLog } from './platform/http/request-log.js'
import type { Principal } from './platform/http/route.js'
import { DomainError } from './platform/kernel/errors.js'
import type { Log } from './platform/log.js'
import type { Metrics } from './platform/metrics.js'

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
  app.set('trust proxy', [...parts.trustedProxies])
  app.use(requestLog(parts))
  app.use(securityHeaders(parts.origin.startsWith('https:')))
  app.use(refuseTwoHosts())
  app.use(compression())
  app.use(
    ASSETS_PATH,
    express.static(parts.assetsDir, { immutable: true, maxAge: '1y', index: false }),
  )
  mount(app, parts)
  app.use((request, response, next) => {
    const methods = methodsOf(parts.routes, request.path)
    if (methods.length > 0) response.setHeader('Allow', methods.join(', '))
    next(new DomainError(methods.length > 0 ? 'METHOD' : 'NOT_FOUND'))
  })
  app.use(errorPage(parts))
  return app
}
