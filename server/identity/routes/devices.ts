import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { Actor, ResidentActor } from '../actor.js'
import type { Devices } from '../devices.js'
import { readAnswer, readCredential } from '../forms.js'
import { devicesPage, newKeyPage } from '../pages/devices.js'
import type { Passkeys } from '../passkeys.js'

/** What the pages of devices ask of others. */
export interface DeviceDeps {
  readonly devices: Devices
  readonly passkeys: Passkeys
}

/** What opens a resident's account: passkeys, sessions, codes that somebody could still use. */
export function deviceRoutes(deps: DeviceDeps): RouteSpec<Actor>[] {
  const own = { allow: ['resident'], assurance: 'letter' } as const
  return [
    {
      ...own,
      name: 'identity.devices',
      method: 'get',
      path: '/:lang/me/devices',
      menu: 'identity:devices.menu',
      handle: (exchange) => showDevices(exchange, deps),
    },
    {
      ...own,
      name: 'identity.new-key',
      method: 'get',
      path: '/:lang/me/devices/new',
      stepUp: true,
      handle: (exchange) => showNewKey(exchange, deps, {}),
    },
    {
      ...own,
      name: 'identity.bind',
      method: 'post',
      path: '/:lang/me/devices/new',
      stepUp: true,
      handle: (exchange) => bind(exchange, deps),
    },
    {
      ...own,
      name: 'identity.remove-key',
      method: 'post',
      path: '/:lang/me/devices/remove',
      stepUp: true,
      handle: (exchange) => remove(exchange, deps),
    },
    {
      ...own,
      name: 'identity.end-sessions',
      method: 'post',
      path: '/:lang/me/devices/end',
      handle: async ({ actor, urls }) => {
        await deps.devices.endSessions(residentOf(actor))
        return { kind: 'redirect', to: urls.to('identity.sign-in'), session: 'end' }
      },
    },
    {
      ...own,
      name: 'identity.stop-codes',
      method: 'post',
      path: '/:lang/me/devices/stop-codes',
      handle: async ({ actor, urls }) => {
        await deps.devices.stopCodes(residentOf(actor))
        return { kind: 'redirect', to: urls.to('identity.devices') }
      },
    },
  ]
}

async function showDevices(
  { actor, t, urls }: Exchange<Actor>,
  { devices }: DeviceDeps,
): Promise<Answer> {
  const resident = residentOf(actor)
  const facts = await devices.read(resident)
  const model = devicesPage({ t, urls }, { ...facts, isShared: resident.shared === true })
  return { kind: 'page', view: 'identity/devices', model }
}

async function showNewKey(
  { actor, t, urls, secret, now }: Exchange<Actor>,
  { passkeys }: DeviceDeps,
  { failed = false }: { failed?: boolean },
): Promise<Answer> {
  const resident = residentOf(actor)
  // On a device that others use as well, a passkey would let them in.
  if (resident.shared) return { kind: 'redirect', to: urls.to('identity.devices') }
  const label = t('identity:key.label', { day: now.toISOString().slice(0, 10) })
  const options = await passkeys.askToBind({ id: resident.account, label }, secret())
  return {
    kind: 'page',
    view: 'identity/new-key',
    model: newKeyPage({ t, urls }, { options, failed }),
    script: 'passkey',
    ...(failed ? { status: 400 } : {}),
  }
}

async function bind(exchange: Exchange<Actor>, deps: DeviceDeps): Promise<Answer> {
  const { form, urls, secret, sessionId } = exchange
  const isBound =
    sessionId !== undefined &&
    (await deps.passkeys.bind(readAnswer(form), { id: sessionId, secret: secret() }))
  if (!isBound) return showNewKey(exchange, deps, { failed: true })
  return { kind: 'redirect', to: urls.to('identity.devices') }
}

async function remove(
  { actor, form, urls }: Exchange<Actor>,
  { devices }: DeviceDeps,
): Promise<Answer> {
  const credential = readCredential(form)
  const isRemoved =
    credential !== undefined && (await devices.removePasskey(residentOf(actor), credential))
  if (!isRemoved) throw new DomainError('NOT_FOUND')
  return { kind: 'redirect', to: urls.to('identity.devices') }
}

function residentOf(actor: Actor): ResidentActor {
  if (actor.role === 'resident') return actor
  throw new DomainError('NOT_FOUND')
}
