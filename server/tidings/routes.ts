import type { Actor, StaffActor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import { readAfter, readUpTo } from './forms.js'
import type { Tidings } from './index.js'
import { inboxPage } from './pages.js'
import { leadingOf } from './rules.js'

/** The page below which it stands: the number of new tidings stands beside its entry in the menu. */
export const TIDINGS_ENTRY = 'identity.staff'

const STAFF = ['caseworker', 'dpo', 'supervisor', 'operator'] as const
const staffOf = ({ actor }: Exchange<Actor>) => actor as StaffActor

/** What came for a member of staff. No person stands here, so nothing is a look: whoever goes on may look there. */
export function tidingsRoutes(tidings: Tidings): RouteSpec<Actor>[] {
  const own = { allow: STAFF, disclosure: 'no-identity' } as const
  return [
    {
      ...own,
      name: 'tidings.inbox',
      method: 'get',
      path: '/:lang/staff/inbox',
      handle: (exchange) => showInbox(exchange, tidings),
    },
    {
      ...own,
      name: 'tidings.open',
      method: 'get',
      path: '/:lang/staff/inbox/:tiding',
      handle: async (exchange) => {
        const { code, reference } = await tidings.open(
          staffOf(exchange),
          exchange.params['tiding'] ?? '',
        )
        const { page, part } = leadingOf(code)
        const parts = part === undefined ? {} : { [part]: reference }
        return { kind: 'redirect', to: exchange.urls.to(page, parts) }
      },
    },
    {
      ...own,
      name: 'tidings.read',
      method: 'post',
      path: '/:lang/staff/inbox',
      handle: async (exchange) => {
        const upTo = readUpTo(exchange.form)
        if (upTo === undefined) throw new DomainError('BAD_REQUEST')
        await tidings.readAll(staffOf(exchange), upTo)
        return { kind: 'redirect', to: exchange.urls.to('tidings.inbox') }
      },
    },
  ]
}

async function showInbox(exchange: Exchange<Actor>, tidings: Tidings): Promise<Answer> {
  const after = readAfter(exchange.query)
  const list = await tidings.list(staffOf(exchange), after)
  const model = inboxPage(exchange, { list, isFirst: after === undefined })
  return { kind: 'page', view: 'tidings/inbox', model }
}

/** What the first page of staff says of their inbox: the number that stands in the menu as well. */
export async function inboxCard({ urls, t, news }: Exchange<Actor>) {
  const { [TIDINGS_ENTRY]: count = 0 } = await news()
  return {
    href: urls.to('tidings.inbox'),
    text: t('tidings:title'),
    remark: t('tidings:unread', { count }),
  }
}
