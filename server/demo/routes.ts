import type { Actor } from '../identity/actor.js'
import { GERMAN, languageOf } from '../platform/http/languages.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import { chosenSignIn } from './forms.js'
import { signInPage } from './pages.js'

/** What the page of sign-ins asks of others. */
export interface DemoRoutesDeps {
  readonly identity: {
    signInDemo(
      person: string,
    ): Promise<
      { readonly token: string; readonly role: string; readonly language: string } | undefined
    >
  }
  /** Of which the numbers of the residents are made. */
  readonly seed: string
  /** Names of the routes on which a session begins. */
  readonly startPages: { readonly resident: string; readonly staff: string }
}

/** The demonstration sign-ins; mounted only where the configuration says DEMO. */
export function demoRoutes(deps: DemoRoutesDeps): RouteSpec<Actor>[] {
  const everyone = { path: '/demo', allow: 'everyone', disclosure: 'no-identity' } as const
  return [
    {
      ...everyone,
      name: 'demo.people',
      method: 'get',
      handle: async ({ t }) => ({
        kind: 'page',
        view: 'demo/people',
        model: signInPage(t, deps.seed),
      }),
    },
    {
      ...everyone,
      name: 'demo.sign-in',
      method: 'post',
      handle: (exchange) => signIn(exchange, deps),
    },
  ]
}

/** A language that is not shipped yet falls to English (api.md); staff work in German. */
async function signIn(
  { form, urls }: Exchange<Actor>,
  { identity, startPages }: DemoRoutesDeps,
): Promise<Answer> {
  const person = chosenSignIn(form)
  if (person === undefined) throw new DomainError('BAD_REQUEST')
  const session = await identity.signInDemo(person)
  if (session === undefined) throw new DomainError('NOT_FOUND')
  const isResident = session.role === 'resident'
  const language = isResident ? (languageOf(session.language)?.tag ?? 'en') : GERMAN.tag
  const page = isResident ? startPages.resident : startPages.staff
  return { kind: 'redirect', to: urls.in(language).to(page), session: { begin: session.token } }
}
