import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Exchange, RouteSpec } from '../../platform/http/route.js'
import { readPlace } from '../forms.js'
import type { BlockOversight } from '../index.js'
import { blockPage, blocksPage } from '../pages/blocks.js'
import { penOf } from './pen.js'

const LIST = '/:lang/oversight/blocks'
/** What an opened block shows of the person, as at the desk of the office. */
const SHOWN = ['portal.block']

/** Blocks of the own office: a list of references, and one at a time as a look that its person sees. */
export function blockOversightRoutes({
  blockOversight,
  catalogue,
}: {
  readonly blockOversight: BlockOversight
  readonly catalogue: Catalogue
}): RouteSpec<Actor>[] {
  const openedIn = ({ actor, params }: Exchange<Actor>) =>
    blockOversight.one(actor as StaffActor, params['reference'] ?? '')
  return [
    {
      name: 'oversight.blocks',
      method: 'get',
      path: LIST,
      allow: ['dpo'],
      disclosure: 'no-identity',
      menu: 'oversight-blocks:menu',
      menuUnder: 'oversight.overview',
      handle: async (exchange) => {
        const isOver = exchange.query.get('show') === 'over'
        const after = readPlace(exchange.query.get('after'), 'day')
        const query = { isOver, ...(after === undefined ? {} : { after }) }
        const page = await blockOversight.list(exchange.actor as StaffActor, query)
        const facts = { isOver, today: blockOversight.today() }
        const model = blocksPage(penOf(exchange, catalogue), page, facts)
        return { kind: 'page', view: 'oversight/blocks', model }
      },
    },
    {
      name: 'oversight.block',
      method: 'get',
      path: `${LIST}/:reference`,
      allow: ['dpo'],
      disclosure: async (exchange) => {
        const { subject, reference } = await openedIn(exchange)
        return [{ subject, fields: SHOWN, caseRef: reference }]
      },
      handle: async (exchange) => {
        const block = await openedIn(exchange)
        const model = blockPage(penOf(exchange, catalogue), block, blockOversight.today())
        return { kind: 'page', view: 'oversight/block', model }
      },
    },
  ]
}
