import type { Catalogue } from '../../catalogue/index.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { Actor, StaffActor } from '../actor.js'
import { staffOf } from '../forms.js'
import { staffCodePage, staffPeoplePage } from '../pages/staff.js'
import type { Passkeys } from '../passkeys.js'
import type { Offices } from '../offices.js'
import { readPost } from '../post.js'
import type { Staffing } from '../staffing.js'
import { bind, showNewKey, type KeyPage } from './keys.js'

/** What the pages around staff ask of others. */
export interface StaffDeps {
  readonly staffing: Staffing
  readonly offices: Offices
  readonly passkeys: Passkeys
  readonly catalogue: Catalogue
}

const STAFF = ['caseworker', 'dpo', 'supervisor', 'operator'] as const
const KEY: KeyPage = {
  bind: 'identity.staff-bind',
  done: 'identity.staff',
  later: 'identity.staff',
}

/** Staff's own passkey, and the operators' list of staff, in which two of them let somebody in. */
export function staffRoutes(deps: StaffDeps): RouteSpec<Actor>[] {
  const own = {
    allow: STAFF,
    disclosure: 'no-identity',
    path: '/:lang/staff/key',
    stepUp: true,
  } as const
  const operators = { allow: ['operator'], disclosure: 'no-identity' } as const
  return [
    {
      ...own,
      name: 'identity.staff-key',
      method: 'get',
      handle: (exchange) => showNewKey(exchange, deps, KEY),
    },
    {
      ...own,
      name: 'identity.staff-bind',
      method: 'post',
      handle: (exchange) => bind(exchange, deps, KEY),
    },
    {
      ...operators,
      name: 'identity.people',
      method: 'get',
      path: '/:lang/staff/people',
      menu: 'identity:people.menu',
      handle: (exchange) => showPeople(exchange, deps, []),
    },
    {
      ...operators,
      name: 'identity.invite',
      method: 'post',
      path: '/:lang/staff/people',
      stepUp: true,
      keeps: 'identity.people',
      handle: (exchange) => invite(exchange, deps),
    },
    {
      ...operators,
      name: 'identity.staff-code',
      method: 'get',
      path: '/:lang/staff/people/:staff',
      handle: (exchange) => showCode(exchange, deps),
    },
    ...decisions(deps, operators),
  ]
}

/** Letting in and shutting out. */
function decisions(
  { staffing, offices }: StaffDeps,
  operators: { readonly allow: readonly ['operator']; readonly disclosure: 'no-identity' },
): RouteSpec<Actor>[] {
  return [
    {
      ...operators,
      name: 'identity.confirm',
      method: 'post',
      path: '/:lang/staff/people/:staff/confirm',
      stepUp: true,
      handle: async ({ actor, params, urls }) => {
        const staff = staffOf(params)
        if (await staffing.confirm(actor as StaffActor, staff)) {
          return { kind: 'redirect', to: urls.to('identity.staff-code', { staff }) }
        }
        // A further office needs no code: its officer signs in already.
        if (!(await offices.confirm(actor as StaffActor, staff))) throw new DomainError('NOT_FOUND')
        return { kind: 'redirect', to: urls.to('identity.people') }
      },
    },
    {
      ...operators,
      name: 'identity.suspend',
      method: 'post',
      path: '/:lang/staff/people/:staff/suspend',
      stepUp: true,
      handle: async ({ actor, params, urls }) => {
        const isDone = await staffing.suspend(actor as StaffActor, staffOf(params))
        if (!isDone) throw new DomainError('NOT_FOUND')
        return { kind: 'redirect', to: urls.to('identity.people') }
      },
    },
  ]
}

async function showPeople(
  { actor, form, t, urls, language }: Exchange<Actor>,
  { staffing, catalogue }: StaffDeps,
  errors: readonly FieldError[],
): Promise<Answer> {
  const texts = catalogue.texts(language.tag)
  const people = (await staffing.list()).map((one) => {
    const office = one.office === null ? undefined : catalogue.parties.byId(one.office)
    const unit = one.unit === null ? undefined : catalogue.units.byId(one.unit)
    return {
      ...one,
      isSelf: one.staff === (actor as StaffActor).staff,
      isOwnInvitation: one.invitedBy === (actor as StaffActor).staff,
      place: [
        ...(office ? [texts.party(office.code).name] : []),
        ...(unit ? [texts.unit(unit.code).label] : []),
      ].join(', '),
    }
  })
  const units = catalogue.units.all.map(({ code }) => ({ code, text: texts.unit(code).label }))
  const model = staffPeoplePage({ t, urls }, { people, units, form, errors })
  const status = errors.length === 0 ? {} : { status: 400 }
  return { kind: 'page', view: 'identity/people', model, ...status }
}

async function invite(exchange: Exchange<Actor>, deps: StaffDeps): Promise<Answer> {
  const post = readPost(exchange.form, deps.catalogue)
  if (!post.ok) return showPeople(exchange, deps, post.refusal)
  await deps.staffing.invite(exchange.actor as StaffActor, post.value)
  return { kind: 'redirect', to: exchange.urls.to('identity.people') }
}

async function showCode(
  { actor, params, t, urls }: Exchange<Actor>,
  { staffing }: StaffDeps,
): Promise<Answer> {
  const code = await staffing.code(actor as StaffActor, staffOf(params))
  if (code === undefined) throw new DomainError('NOT_FOUND')
  return { kind: 'page', view: 'identity/staff-code', model: staffCodePage({ t, urls }, code) }
}
