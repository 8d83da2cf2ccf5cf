import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { germanDay } from '../../platform/kernel/days.js'
import { quarterOf } from '../flags/acting.js'
import { readUnmask, readUnmaskDecision } from '../forms.js'
import type { Oversight } from '../index.js'
import { lookAt } from '../looking.js'
import { unmaskedPage, unmaskingsPage } from '../pages/unmasking.js'
import type { Unmaskings } from '../unmasking.js'
import { penOf } from './pen.js'

interface Parts {
  readonly unmaskings: Unmaskings
  readonly oversight: Oversight
  readonly catalogue: Catalogue
}

const LIST = '/:lang/oversight/unmaskings'

/** Who acted: asked for by one person, released by another; each opening stands in the log of the access's person. */
export function unmaskingRoutes(parts: Parts): RouteSpec<Actor>[] {
  const list = { allow: ['dpo', 'supervisor'], disclosure: 'no-identity' } as const
  return [
    {
      ...list,
      name: 'oversight.unmaskings',
      method: 'get',
      path: LIST,
      menu: 'oversight:unmasking.menu',
      menuUnder: 'oversight.accesses',
      handle: (exchange) => show(exchange, parts),
    },
    {
      name: 'oversight.unmask-ask',
      method: 'post',
      path: LIST,
      allow: ['dpo'],
      disclosure: 'no-identity',
      handle: (exchange) => ask(exchange, parts),
    },
    {
      name: 'oversight.unmask',
      method: 'get',
      path: `${LIST}/:unmasking`,
      allow: ['dpo'],
      disclosure: async (exchange) => [lookAt(await accessOf(exchange, parts))],
      handle: (exchange) => open(exchange, parts),
    },
    {
      ...list,
      name: 'oversight.unmask-decide',
      method: 'post',
      path: `${LIST}/:unmasking`,
      handle: (exchange) => decide(exchange, parts),
    },
  ]
}

const staffOf = ({ actor }: Exchange<Actor>) => actor as StaffActor
const referenceOf = ({ params }: Exchange<Actor>) => params['unmasking'] ?? ''

async function accessOf(exchange: Exchange<Actor>, { unmaskings, oversight }: Parts) {
  const actor = staffOf(exchange)
  return oversight.access(actor, await unmaskings.entryOf(actor, referenceOf(exchange)))
}

async function show(
  exchange: Exchange<Actor>,
  parts: Parts,
  { refused, status } = { refused: '', status: 200 },
): Promise<Answer> {
  const pen = penOf(exchange, parts.catalogue)
  const { parties } = parts.catalogue
  const wishes = (await parts.unmaskings.list(staffOf(exchange))).map((wish) => ({
    ...wish,
    officeName: pen.texts.party(parties.byId(wish.office)?.code ?? '').name,
  }))
  const model = unmaskingsPage(pen, { wishes, refused })
  return { kind: 'page', view: 'oversight/unmaskings', model, status }
}

async function ask(exchange: Exchange<Actor>, { unmaskings }: Parts): Promise<Answer> {
  const wish = readUnmask(exchange.form)
  if (wish === undefined) throw new DomainError('BAD_REQUEST')
  await unmaskings.ask(staffOf(exchange), wish)
  return { kind: 'redirect', to: exchange.urls.to('oversight.unmaskings') }
}

async function open(exchange: Exchange<Actor>, parts: Parts): Promise<Answer> {
  const { shown, occurredAt } = await accessOf(exchange, parts)
  const pseudonym = await parts.unmaskings.open(staffOf(exchange), referenceOf(exchange))
  const model = unmaskedPage(penOf(exchange, parts.catalogue), {
    pseudonym,
    quarter: quarterOf(germanDay(occurredAt)),
    isSeen: shown === 'yes',
  })
  return { kind: 'page', view: 'oversight/unmasked', model }
}

async function decide(exchange: Exchange<Actor>, parts: Parts): Promise<Answer> {
  const decision = readUnmaskDecision(exchange.form)
  if (decision === undefined) throw new DomainError('BAD_REQUEST')
  const asked = { reference: referenceOf(exchange), decision }
  const met = await parts.unmaskings.decide(staffOf(exchange), asked)
  if (met === 'unknown') throw new DomainError('NOT_FOUND')
  if (met === 'done') {
    return { kind: 'redirect', to: exchange.urls.to('oversight.unmaskings') }
  }
  return show(exchange, parts, { refused: exchange.t(`oversight:unmasking.${met}`), status: 409 })
}
