import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Actor } from '../actor.js'
import type { Eid } from '../eid.js'
import { readAnswer, readCodeForm, readNext } from '../forms.js'
import { codePage, signInPage, stepUpPage } from '../pages/sign-in.js'
import type { Passkeys } from '../passkeys.js'
import type { CodeSignIn } from '../sign-in.js'
import { eidEndIn } from './eid.js'

/** What signing in asks of others. */
export interface SignInDeps {
  readonly codes: CodeSignIn
  readonly passkeys: Passkeys
  /** Absent where the installation has no provider. */
  readonly eid?: Pick<Eid, 'name'>
  /** Whether demonstration sign-ins are offered. */
  readonly demo: boolean
}

/** Every answer to a code takes this long: time does not tell a known code from an unknown one. */
const ANSWER_MS = 400
const STAFF = ['caseworker', 'dpo', 'supervisor', 'operator'] as const

/** Signing in with a passkey or a code, and proving again that it is oneself. */
export function signInRoutes(deps: SignInDeps): RouteSpec<Actor>[] {
  const open = { allow: 'everyone' } as const
  const inside = {
    path: '/:lang/step-up',
    allow: ['resident', ...STAFF],
    assurance: 'letter',
    disclosure: 'no-identity',
  } as const
  return [
    {
      ...open,
      name: 'identity.sign-in',
      method: 'get',
      path: '/:lang/sign-in',
      handle: (exchange) => showSignIn(exchange, deps, {}),
    },
    {
      ...open,
      name: 'identity.passkey',
      method: 'post',
      path: '/:lang/sign-in',
      handle: (exchange) => signInByKey(exchange, deps),
    },
    {
      ...open,
      name: 'identity.code',
      method: 'get',
      path: '/:lang/activate',
      handle: async ({ t, urls }) => ({
        kind: 'page',
        view: 'identity/code',
        model: codePage({ t, urls }, {}),
      }),
    },
    {
      ...open,
      name: 'identity.redeem',
      method: 'post',
      path: '/:lang/activate',
      leastMs: ANSWER_MS,
      handle: (exchange) => redeem(exchange, deps),
    },
    {
      ...inside,
      name: 'identity.step-up',
      method: 'get',
      handle: (exchange) => showStepUp(exchange, deps, {}),
    },
    {
      ...inside,
      name: 'identity.stepped-up',
      method: 'post',
      handle: (exchange) => stepUp(exchange, deps),
    },
  ]
}

async function showSignIn(
  { actor, urls, t, secret, query }: Exchange<Actor>,
  { passkeys, eid, demo }: SignInDeps,
  { failed = false }: { failed?: boolean },
): Promise<Answer> {
  if (actor.role !== 'public') return { kind: 'redirect', to: urls.to('identity.start') }
  const options = await passkeys.askFor('sign-in', secret())
  return {
    kind: 'page',
    view: 'identity/sign-in',
    model: signInPage(
      { t, urls },
      {
        demo,
        options,
        failed,
        ...(eid === undefined ? {} : { eid: { name: eid.name, end: eidEndIn(query) } }),
      },
    ),
    script: 'passkey',
    ...(failed ? { status: 400 } : {}),
  }
}

async function signInByKey(exchange: Exchange<Actor>, deps: SignInDeps): Promise<Answer> {
  const { form, urls, secret } = exchange
  const begun = await deps.passkeys.signIn(readAnswer(form), secret())
  if (begun === undefined) return showSignIn(exchange, deps, { failed: true })
  return { kind: 'redirect', to: urls.to('identity.start'), session: { begin: begun.token } }
}

/** A code that does not count is refused in the same words whatever the reason. */
async function redeem(exchange: Exchange<Actor>, { codes }: SignInDeps): Promise<Answer> {
  const { form, urls, t, client, now } = exchange
  const typed = readCodeForm(form, { client, now })
  const begun = await codes.redeem(typed)
  if (begun === undefined) {
    const model = codePage({ t, urls }, { failed: true })
    return { kind: 'page', view: 'identity/code', model, status: 400 }
  }
  const keyPage = begun.isStaff ? 'identity.staff-key' : 'identity.new-key'
  const to = urls.to(typed.shared ? 'identity.start' : keyPage)
  return { kind: 'redirect', to, session: { begin: begun.token } }
}

async function showStepUp(
  { form, query, urls, t, secret }: Exchange<Actor>,
  { passkeys }: SignInDeps,
  { failed = false }: { failed?: boolean },
): Promise<Answer> {
  const options = await passkeys.askFor('step-up', secret())
  const next = readNext(form.get('next') ?? query.get('next'))
  return {
    kind: 'page',
    view: 'identity/step-up',
    model: stepUpPage({ t, urls }, { options, failed, next: next ?? '' }),
    script: 'passkey',
    ...(failed ? { status: 400 } : {}),
  }
}

async function stepUp(exchange: Exchange<Actor>, deps: SignInDeps): Promise<Answer> {
  const { form, urls, secret, sessionId } = exchange
  if (sessionId === undefined) return showStepUp(exchange, deps, { failed: true })
  const token = await deps.passkeys.stepUp(readAnswer(form), { id: sessionId, secret: secret() })
  if (token === undefined) return showStepUp(exchange, deps, { failed: true })
  const to = readNext(form.get('next')) ?? urls.to('identity.start')
  return { kind: 'redirect', to, session: { begin: token } }
}
