import type { ErrorRequestHandler, Request, Response } from 'express'
import type { ErrorCode } from '../kernel/errors.js'
import type { Log } from '../log.js'
import { codeOfError, STATUS } from './error-page.js'
import { Overloaded } from './limits.js'
import { footOf, languageOfRequest, type Hallway } from './mount.js'
import { problem } from './problem.js'
import { passageOf } from './request-log.js'
import type { Principal } from './route.js'
import { createUrls } from './urls.js'

type Parts<Actor extends Principal> = Hallway<Actor> & { readonly log: Log }

/** Seconds after which a program may come again. */
const RETRY_AFTER = '5'

/** One place turns what was thrown into a page, a problem or a redirect to the sign-in. */
export function errorPage<Actor extends Principal>(parts: Parts<Actor>): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    const code = codeOfError(error)
    const { requestId } = passageOf(response)
    const isFault = STATUS[code] >= 500 && !(error instanceof Overloaded)
    if (isFault) parts.log.error('failed', { requestId, code }, error)
    if (response.headersSent) next(error)
    else answer(parts, code, { request, response })
  }
}

function answer<Actor extends Principal>(
  parts: Parts<Actor>,
  code: ErrorCode,
  { request, response }: { request: Request; response: Response },
): void {
  const { requestId } = passageOf(response)
  response.setHeader('Cache-Control', 'no-store')
  if (code === 'UNAVAILABLE' || code === 'RATE_LIMIT')
    response.setHeader('Retry-After', RETRY_AFTER)
  if (isForPrograms(request.path)) {
    const body = problem(code, { requestId })
    response.status(STATUS[code]).type('application/problem+json').send(body)
    return
  }
  if (code === 'SIGN_IN_NEEDED' && request.method !== 'POST') {
    const { tag } = languageOfRequest(request)
    response.redirect(303, createUrls(parts.routes, tag).to('identity.sign-in'))
    return
  }
  if (code === 'STEP_UP' && request.method !== 'POST') {
    const { tag } = languageOfRequest(request)
    const next = request.path
    response.redirect(303, createUrls(parts.routes, tag).to('identity.step-up', { next }))
    return
  }
  response
    .status(STATUS[code])
    .type('html')
    .send(pageFor(parts, code, { request, requestId }))
}

function isForPrograms(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/log/')
}

/** In the place of a reference, until the page is sent; no reference holds a zero. */
const ANY_REFERENCE = '00000000'
const prepared = new WeakMap<object, Map<string, string>>()

/** Under overload this page is all there is time for: it is made once for each language. */
function pageFor<Actor extends Principal>(
  parts: Parts<Actor>,
  code: ErrorCode,
  { request, requestId }: { request: Request; requestId: string },
): string {
  if (code !== 'UNAVAILABLE') return pageOf(parts, code, { request, requestId })
  const pages = prepared.get(parts) ?? new Map<string, string>()
  prepared.set(parts, pages)
  const { tag } = languageOfRequest(request)
  const page = pages.get(tag) ?? pageOf(parts, code, { request, requestId: ANY_REFERENCE })
  pages.set(tag, page)
  return page.replaceAll(ANY_REFERENCE, requestId)
}

/** The menu and the sign-out are left out: who is asking may be just what is not known. */
function pageOf<Actor extends Principal>(
  { routes, texts, views, demo, legalBasis }: Parts<Actor>,
  code: ErrorCode,
  { request, requestId }: { request: Request; requestId: string },
): string {
  const language = languageOfRequest(request)
  const t = texts.in(language)
  const title = t(`errors:${code}.title`)
  const text = t(`errors:${code}.text`)
  return views.render({
    view: 'errors/error',
    model: { title, text, status: STATUS[code], requestId },
    context: {
      language,
      t,
      urls: createUrls(routes, language.tag),
      csrf: '',
      navigation: [],
      foot: footOf(routes),
      signedIn: false,
      demo,
      legalBasis,
      requestId,
    },
  })
}
