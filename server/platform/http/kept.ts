import { DomainError } from '../kernel/errors.js'
import { checkCsrf } from './csrf.js'
import type { Hallway } from './mount.js'
import type { Exchange, Principal, RouteSpec } from './route.js'

/** Forms that came too late, kept for the person who filled them in; the identity room's, handed in by compose. */
export interface KeptForms {
  /** The secret behind the forms of a session that ended by itself within a day, 32 bytes; else nothing. */
  lapsed(token: string): Promise<Buffer | undefined>
  /** Keeps a form for the person behind a session, live or lapsed: its id, or nothing where it is gone. */
  keep(token: string, form: { page: string; fields: URLSearchParams }): Promise<string | undefined>
  /** The form kept under an id, for the person signed in and on its page alone. */
  open(
    sessionId: Buffer,
    asked: { page: string; form: string },
  ): Promise<URLSearchParams | undefined>
  /** Drops what was kept of a page's form: it has been sent since. */
  drop(sessionId: Buffer, page: string): Promise<void>
}

/** The parameter with which the page of a form is asked to show what was kept. */
export const KEPT = 'kept'

/** Refused, and nothing lost: the form waits for its person on `page`. */
export class FormKept extends DomainError<'FORM_KEPT' | 'STEP_UP'> {
  constructor(
    code: 'FORM_KEPT' | 'STEP_UP',
    /** Address of the form with what was kept, in the language of the request. */
    readonly page: string,
  ) {
    super(code)
  }
}

type KeepingRoute<Actor extends Principal> = Pick<RouteSpec<Actor>, 'method' | 'keeps' | 'forgets'>

/**
 * What a form is answered that was refused for want of a sign-in or of a fresh proof: kept where its route
 * keeps forms and the form came from our own page, else refused as it was.
 */
export async function keptInstead<Actor extends Principal>(
  hallway: Hallway<Actor>,
  { route, token, live }: { route: KeepingRoute<Actor>; token: string; live: Buffer | undefined },
  { refusal, exchange }: { refusal: unknown; exchange: Exchange<Actor> },
): Promise<unknown> {
  const code = keptCode(refusal)
  if (route.keeps === undefined || code === undefined) return refusal
  const { headers, form, params } = exchange
  try {
    const secret = live ?? (await hallway.keptForms.lapsed(token))
    if (secret === undefined) return refusal
    checkCsrf({ headers, token: form.get('csrf'), secret, origin: hallway.origin })
    const page = exchange.urls.to(route.keeps, params)
    const fields = new URLSearchParams(form)
    for (const name of ['csrf', ...(route.forgets ?? [])]) fields.delete(name)
    const id = await hallway.keptForms.keep(token, { page: withoutLanguage(page), fields })
    return id === undefined ? refusal : new FormKept(code, `${page}?${KEPT}=${id}`)
  } catch {
    // Keeping is a kindness: where it does not work the refusal still says that nothing was saved.
    return refusal
  }
}

function keptCode(refusal: unknown): FormKept['code'] | undefined {
  if (!(refusal instanceof DomainError)) return undefined
  if (refusal.code === 'SIGN_IN_NEEDED') return 'FORM_KEPT'
  return refusal.code === 'STEP_UP' ? 'STEP_UP' : undefined
}

/** What was kept, where the page of a form is asked for it; nothing for everybody else. */
export async function keptForm<Actor extends Principal>(
  { keptForms, routes }: Hallway<Actor>,
  { name }: Pick<RouteSpec<Actor>, 'name'>,
  { query, params, urls, sessionId }: Exchange<Actor>,
): Promise<URLSearchParams | undefined> {
  const form = query.get(KEPT)
  if (form === null || sessionId === undefined) return undefined
  if (!routes.some(({ keeps }) => keeps === name)) return undefined
  return keptForms.open(sessionId, { page: withoutLanguage(urls.to(name, params)), form })
}

/** What was kept of a form is no longer needed once it was sent and taken. */
export async function dropKept<Actor extends Principal>(
  { keptForms }: Hallway<Actor>,
  { keeps }: KeepingRoute<Actor>,
  { params, urls, sessionId }: Exchange<Actor>,
): Promise<void> {
  if (keeps === undefined || sessionId === undefined) return
  // It is over in a day in any case, and the form has been taken: its person shall not see a fault.
  await keptForms.drop(sessionId, withoutLanguage(urls.to(keeps, params))).catch(() => undefined)
}

function withoutLanguage(path: string): string {
  return path.replace(/^\/[^/]+/, '')
}
