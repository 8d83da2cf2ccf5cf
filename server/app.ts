import compression from 'compression'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { ASSETS_PATH } from './platform/http/assets.js'
import { codeOfError, STATUS } from './platform/http/error-page.js'
import { securityHeaders, refuseTwoHosts } from './platform/http/headers.js'
import { languageOfRequest, mount, type Hallway } from './platform/http/mount.js'
import { problem } from './platform/http/problem.js'
import { passageOf, requestLog } from './platform/http/request-log.js'
import type { Principal } from './platform/http/route.js'
import { createUrls } from './platform/http/urls.js'
import { DomainError } from './platform/kernel/errors.js'
import type { Log } from './platform/log.js'

/** What the application is made of; the hallway brings the routes. */
export interface AppParts<Actor extends Principal> extends Hallway<Actor> {
  readonly log: Log
  readonly assetsDir: string
  readonly monotonic: () => number
}

/** The whole application: headers, log, assets, routes, 404, errors, in this order. */
export function createApp<Actor extends Principal>(parts: AppParts<Actor>): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.use(refuseTwoHosts())
  app.use(requestLog(parts))
  app.use(securityHeaders(parts.origin.startsWith('https:')))
  app.use(
    ASSETS_PATH,
    express.static(parts.assetsDir, { immutable: true, maxAge: '1y', index: false }),
  )
  app.use(compression())
  mount(app, parts)
  app.use((request, _response, next) => {
    const known = parts.routes.some(({ path }) => path === request.path)
    next(new DomainError(known ? 'METHOD' : 'NOT_FOUND'))
  })
  app.use(errorPage(parts))
  return app
}

/** One place turns what was thrown into a page, a problem or a redirect to the sign-in. */
function errorPage<Actor extends Principal>(parts: AppParts<Actor>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const code = codeOfError(error)
    const status = STATUS[code]
    const { requestId, role } = passageOf(response)
    if (status >= 500) parts.log.error('failed', { requestId, code }, error)
    if (response.headersSent) {
      next(error)
      return
    }
    response.setHeader('Cache-Control', 'no-store')
    if (code === 'UNAVAILABLE' || code === 'RATE_LIMIT') response.setHeader('Retry-After', '5')
    if (request.path.startsWith('/api/') || request.path.startsWith('/log/')) {
      response.status(status).type('application/problem+json').send(problem(code, { requestId }))
      return
    }
    const language = languageOfRequest(request)
    const urls = createUrls(parts.routes, language.tag)
    if (code === 'SIGN_IN_NEEDED' && request.method === 'GET') {
      response.redirect(303, urls.to('identity.sign-in', { next: request.path }))
      return
    }
    const t = parts.texts.in(language)
    const html = parts.views.render({
      view: 'errors/error',
      model: {
        title: t(`errors:${code}.title`),
        text: t(`errors:${code}.text`),
        status,
        requestId,
      },
      context: {
        language,
        t,
        urls,
        csrf: '',
        navigation: [],
        signedIn: role !== 'public' && role !== '-',
        demo: parts.demo,
        legalBasis: parts.legalBasis,
        requestId,
      },
    })
    response.status(status).type('html').send(html)
  }
}
