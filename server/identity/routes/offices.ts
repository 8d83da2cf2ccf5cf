import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { isUuid } from '../../platform/kernel/ids.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import type { Actor, StaffActor, StaffId } from '../actor.js'
import { staffOf } from '../forms.js'
import { furtherOfficePage } from '../pages/staff.js'
import type { StaffDeps } from './staff.js'

const ONE = '/:lang/staff/people/:staff/office'

/** An officer says for which office they act; operators let an officer serve a further one. */
export function officeRoutes(deps: StaffDeps): RouteSpec<Actor>[] {
  const operators = { allow: ['operator'], disclosure: 'no-identity', path: ONE } as const
  return [
    {
      name: 'identity.take-office',
      method: 'post',
      path: '/:lang/staff/office',
      allow: ['dpo'],
      disclosure: 'no-identity',
      handle: (exchange) => take(exchange, deps),
    },
    {
      ...operators,
      name: 'identity.further-office',
      method: 'get',
      handle: (exchange) => show(exchange, deps, []),
    },
    {
      ...operators,
      name: 'identity.invite-to-office',
      method: 'post',
      stepUp: true,
      keeps: 'identity.further-office',
      handle: (exchange) => invite(exchange, deps),
    },
  ]
}

async function take(
  { form, sessionId, urls }: Exchange<Actor>,
  { offices }: StaffDeps,
): Promise<Answer> {
  const staff = form.get('staff') ?? ''
  const token =
    sessionId && isUuid(staff) ? await offices.take(sessionId, staff as StaffId) : undefined
  if (token === undefined) throw new DomainError('NOT_FOUND')
  return { kind: 'redirect', to: urls.to('identity.staff'), session: { begin: token } }
}

async function show(
  { form, params, t, urls, language }: Exchange<Actor>,
  { staffing, catalogue }: StaffDeps,
  errors: readonly FieldError[],
): Promise<Answer> {
  const staff = staffOf(params)
  const texts = catalogue.texts(language.tag)
  const all = (await staffing.list()).filter((one) => one.staff === staff || one.officer === staff)
  const officer = all.find((one) => one.staff === staff)
  if (officer?.role !== 'dpo' || officer.state !== 'active' || officer.officer !== null) {
    throw new DomainError('NOT_FOUND')
  }
  const served = all
    .filter(({ state }) => state !== 'suspended')
    .map(({ office }) => (office === null ? undefined : catalogue.parties.byId(office)))
    .flatMap((party) => (party ? [texts.party(party.code).name] : []))
  const model = furtherOfficePage({ t, urls }, { staff, served, form, errors })
  const status = errors.length === 0 ? {} : { status: 400 }
  return { kind: 'page', view: 'identity/further-office', model, ...status }
}

async function invite(exchange: Exchange<Actor>, deps: StaffDeps): Promise<Answer> {
  const { actor, form, params, urls } = exchange
  const party = deps.catalogue.parties.byCode((form.get('office') ?? '').trim())
  const refused = (problem: string) =>
    show(exchange, deps, [{ field: 'office', key: `identity:people.problem.${problem}` }])
  if (party === undefined) return refused('office')
  const isDone = await deps.offices.invite(actor as StaffActor, staffOf(params), party.id)
  if (!isDone) return refused('served')
  return { kind: 'redirect', to: urls.to('identity.people') }
}
