import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { residentOf, type Actor } from '../actor.js'
import type { Devices } from '../devices.js'
import type { Eid, EidEnd } from '../eid.js'
import { connectPage } from '../pages/eid.js'

/** The address to which the provider leads back; it is registered there and never changes. */
export const EID_BACK = '/eid/back'

/** What signing in with an eID asks of others. */
export interface EidDeps {
  readonly eid: Eid
  readonly devices: Pick<Devices, 'removeEids'>
  /** Scheme, host and port under which browsers reach the portal. */
  readonly origin: string
}

/** Signing in with an eID, and connecting one with an account. */
export function eidRoutes(deps: EidDeps): RouteSpec<Actor>[] {
  const own = { allow: ['resident'], stepUp: true } as const
  return [
    {
      name: 'identity.eid',
      method: 'get',
      path: '/:lang/sign-in/eid',
      allow: 'everyone',
      handle: (exchange) => begin(exchange, deps),
    },
    {
      name: 'identity.eid-back',
      method: 'get',
      path: EID_BACK,
      allow: 'everyone',
      handle: (exchange) => end(exchange, deps),
    },
    {
      ...own,
      name: 'identity.connect',
      method: 'get',
      path: '/:lang/me/devices/eid',
      // A letter may have been opened by somebody else, who would connect an eID of their own.
      assurance: 'counter',
      handle: (exchange) => showConnect(exchange, deps),
    },
    {
      ...own,
      name: 'identity.disconnect',
      method: 'post',
      path: '/:lang/me/devices/eid/remove',
      assurance: 'letter',
      handle: async ({ actor, urls }) => {
        await deps.devices.removeEids(residentOf(actor))
        return { kind: 'redirect', to: urls.to('identity.start') }
      },
    },
  ]
}

async function begin(
  { actor, urls, secret, language }: Exchange<Actor>,
  { eid }: EidDeps,
): Promise<Answer> {
  if (actor.role !== 'public') return { kind: 'redirect', to: urls.to('identity.start') }
  const to = await eid.begin('sign-in', { secret: secret(), language: language.tag })
  return { kind: 'redirect', to }
}

/** A link and no form: browsers let no form of ours lead to somebody else (CSP form-action). */
async function showConnect(
  { t, urls, secret, language }: Exchange<Actor>,
  { eid }: EidDeps,
): Promise<Answer> {
  const href = await eid.begin('bind', { secret: secret(), language: language.tag })
  return {
    kind: 'page',
    view: 'identity/connect',
    model: connectPage({ t, urls }, { href, name: eid.name }),
  }
}

async function end(
  { actor, query, urls, secret, sessionId, language }: Exchange<Actor>,
  { eid, origin }: EidDeps,
): Promise<Answer> {
  const address = `${origin}${EID_BACK}?${query.toString()}`
  const [subject] = actor.role === 'resident' ? actor.subjects : []
  const place = {
    secret: secret(),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(subject === undefined ? {} : { subject }),
  }
  const ended = await eid.end(address, place)
  const there = urls.in(ended.language ?? language.tag)
  if (ended.kind === 'begun') {
    return { kind: 'redirect', to: there.to('identity.start'), session: { begin: ended.token } }
  }
  const page = ended.purpose === 'bind' ? 'identity.devices' : 'identity.sign-in'
  return { kind: 'redirect', to: there.to(page, { eid: ended.kind }) }
}

const ENDS: readonly EidEnd['kind'][] = ['unknown', 'bound', 'taken', 'failed']

/** How a ceremony ended, as the address of the page tells it; nothing where it tells nothing of ours. */
export function eidEndIn(query: URLSearchParams): EidEnd['kind'] | undefined {
  return ENDS.find((kind) => kind === query.get('eid'))
}
