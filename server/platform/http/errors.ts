import type { ErrorRequestHandler, Request, Response } from 'express'
import { Overloaded, type ErrorCode } from '../kernel/errors.js'
import type { Log } from '../log.js'
import { codeOfError, STATUS } from './error-page.js'
import { FormKept } from './kept.js'
import { footOf } from './menu.js'
import { languageOfRequest, type Hallway } from './mount.js'
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
    else answer(parts, { code, error }, { request, response })
  }
}

function answer<Actor extends Principal>(
  parts: Parts<Actor>,
  { code, error }: { code: ErrorCode; error: unknown },
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
  const onward = onwardOf(parts, { code, error }, request)
  if (onward !== undefined) {
    response.redirect(303, onward)
    return
  }
  response
    .status(STATUS[code])
    .type('html')
    .send(pageFor(parts, code, { request, requestId }))
}

/** A page that was asked for, and a form that was kept, lead on by themselves; a form that was not says so. */
function onwardOf<Actor extends Principal>(
  { routes }: Parts<Actor>,
  { code, error }: { code: ErrorCode; error: unknown },
  request: Request,
): string | undefined {
  const urls = createUrls(routes, languageOfRequest(request).tag)
  const asked = request.method === 'POST' ? undefined : request.path
  if (code === 'SIGN_IN_NEEDED' && asked !== undefined) return urls.to('identity.sign-in')
  const next = error instanceof FormKept ? error.page : asked
  return code === 'STEP_UP' && next !== undefined
    ? urls.to('identity.step-up', { next })
    : undefined
}

/** Codes of refusals that a sign-in mends. */
const SIGN_IN_MENDS: readonly ErrorCode[] = ['SIGN_IN_NEEDED', 'FORM_KEPT']

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
  const urls = createUrls(routes, language.tag)
  const action = SIGN_IN_MENDS.includes(code)
    ? { href: urls.to('identity.sign-in'), text: t('errors:page.signIn') }
    : ''
  return views.render({
    view: 'errors/error',
    model: { title, text, status: STATUS[code], requestId, action },
    context: {
      language,
      t,
      urls,
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
