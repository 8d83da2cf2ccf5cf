import { reaches } from '../../platform/http/guard.js'
import type { Answer, Assurance, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { residentOf, type Actor } from '../actor.js'
import type { Devices } from '../devices.js'
import { readCredential } from '../forms.js'
import { devicesPage } from '../pages/devices.js'
import { eidEndIn } from './eid.js'
import { bind, showNewKey, type KeyPage } from './keys.js'
import type { Passkeys } from '../passkeys.js'

/** What the pages of devices ask of others. */
export interface DeviceDeps {
  readonly devices: Devices
  readonly passkeys: Passkeys
  /** Whether the installation has a provider of eIDs. */
  readonly hasEid: boolean
  /** Pages about the account, which other rooms may bring; `assurance` where a letter is not enough. */
  readonly links: readonly {
    readonly name: string
    readonly label: string
    readonly assurance?: Assurance
  }[]
}

const RESIDENT_KEY: KeyPage = {
  bind: 'identity.bind',
  done: 'identity.devices',
  later: 'identity.start',
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
      handle: (exchange) => showNewKey(exchange, deps, RESIDENT_KEY),
    },
    {
      ...own,
      name: 'identity.bind',
      method: 'post',
      path: '/:lang/me/devices/new',
      stepUp: true,
      handle: (exchange) => bind(exchange, deps, RESIDENT_KEY),
    },
    {
      ...own,
      name: 'identity.remove-key',
      method: 'post',
      path: '/:lang/me/devices/remove',
      stepUp: true,
      handle: (exchange) => remove(exchange, deps),
    },
    ...endings(deps, own),
  ]
}

/** What ends something: sessions and codes. */
function endings(
  { devices }: DeviceDeps,
  own: { readonly allow: readonly ['resident']; readonly assurance: 'letter' },
): RouteSpec<Actor>[] {
  return [
    {
      ...own,
      name: 'identity.end-sessions',
      method: 'post',
      path: '/:lang/me/devices/end',
      handle: async ({ actor, urls }) => {
        await devices.endSessions(residentOf(actor))
        return { kind: 'redirect', to: urls.to('identity.sign-in'), session: 'end' }
      },
    },
    {
      ...own,
      name: 'identity.stop-codes',
      method: 'post',
      path: '/:lang/me/devices/stop-codes',
      handle: async ({ actor, urls }) => {
        await devices.stopCodes(residentOf(actor))
        return { kind: 'redirect', to: urls.to('identity.devices') }
      },
    },
  ]
}

async function showDevices(
  { actor, t, urls, query }: Exchange<Actor>,
  { devices, links, hasEid }: DeviceDeps,
): Promise<Answer> {
  const resident = residentOf(actor)
  const facts = await devices.read(resident)
  const open = links.filter(({ assurance }) => reaches(resident.assurance, assurance ?? 'letter'))
  const isShared = resident.shared === true
  const mayConnect = !isShared && reaches(resident.assurance, 'counter')
  const eid = hasEid ? { eid: { mayConnect, end: eidEndIn(query) } } : {}
  const model = devicesPage({ t, urls }, { ...facts, ...eid, isShared, links: open })
  return { kind: 'page', view: 'identity/devices', model }
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

/** What the first screen says while somebody could still sign in with a code: the owner, or a stranger. */
export function codeCard({ devices }: Pick<DeviceDeps, 'devices'>) {
  return async ({ actor, t, urls }: Exchange<Actor>) => {
    const codes = await devices.openCodes(residentOf(actor))
    if (codes.length === 0) return undefined
    return {
      text: t('identity:devices.card', { count: codes.length }),
      remark: t('identity:devices.cardRemark'),
      href: urls.to('identity.devices'),
      icon: 'key',
    }
  }
}
