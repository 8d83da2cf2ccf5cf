import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { readHeldPlace, readReview } from '../forms/held.js'
import { readIndex } from '../forms.js'
import type { Held, Oversight } from '../index.js'
import { lookAt } from '../looking.js'
import { heldListPage, heldPage } from '../pages/held.js'
import { penOf } from './pen.js'

interface Parts {
  readonly held: Held
  readonly oversight: Oversight
  readonly catalogue: Catalogue
}

/** Accesses that are held back: the list names nobody, opening one is a look that stays held back, too. */
export function heldRoutes(parts: Parts): RouteSpec<Actor>[] {
  const { held, oversight } = parts
  const atOne = {
    allow: ['dpo'],
    path: '/:lang/oversight/held/:entry',
    disclosure: async (exchange: Exchange<Actor>) => {
      const actor = exchange.actor as StaffActor
      const index = indexOf(exchange)
      // What is not held is refused before it is looked at, and leaves no look.
      await held.one(actor, index)
      return [lookAt(await oversight.access(actor, index))]
    },
  } as const
  return [
    {
      name: 'oversight.held',
      method: 'get',
      path: '/:lang/oversight/held',
      allow: ['dpo'],
      disclosure: 'no-identity',
      menu: 'oversight:held.menu',
      menuUnder: 'oversight.accesses',
      handle: async (exchange) => {
        const place = readHeldPlace(exchange.query.get('after'))
        const page = await held.list(exchange.actor as StaffActor, place)
        const facts = { today: held.today(), law: held.law }
        const model = heldListPage(penOf(exchange, parts.catalogue), page, facts)
        return { kind: 'page', view: 'oversight/held', model }
      },
    },
    {
      ...atOne,
      name: 'oversight.held-one',
      method: 'get',
      handle: (exchange) => show(exchange, parts),
    },
    {
      ...atOne,
      name: 'oversight.review',
      method: 'post',
      keeps: 'oversight.held-one',
      handle: (exchange) => review(exchange, parts),
    },
  ]
}

async function show(
  exchange: Exchange<Actor>,
  parts: Parts,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const actor = exchange.actor as StaffActor
  const index = indexOf(exchange)
  const item = await parts.held.one(actor, index)
  const access = await parts.oversight.access(actor, index)
  const history = await parts.held.history(actor, index)
  const typed = { form: exchange.form, errors, refused }
  const model = heldPage(penOf(exchange, parts.catalogue), {
    ...{ item, access, history, typed, own: actor.office },
    today: parts.held.today(),
  })
  return { kind: 'page', view: 'oversight/held-one', model, status: statusOf(errors, refused) }
}

function statusOf(errors: readonly FieldError[], refused: string): number {
  if (refused !== '') return 409
  return errors.length > 0 ? 400 : 200
}

async function review(exchange: Exchange<Actor>, parts: Parts): Promise<Answer> {
  const { actor, form, urls, t } = exchange
  const { decider } = await parts.held.one(actor as StaffActor, indexOf(exchange))
  const read = readReview(form, { today: parts.held.today(), decider })
  if (!read.ok) return show(exchange, parts, { errors: read.refusal })
  if (!(await parts.held.review(actor as StaffActor, indexOf(exchange), read.value))) {
    return show(exchange, parts, { refused: t('oversight:held.meanwhile') })
  }
  return { kind: 'redirect', to: urls.to('oversight.held') }
}

function indexOf({ params }: Exchange<Actor>): number {
  const index = readIndex(params['entry'])
  if (index === undefined) throw new DomainError('NOT_FOUND')
  return index
}
