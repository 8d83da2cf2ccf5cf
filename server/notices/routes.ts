import type { Catalogue } from '../catalogue/index.js'
import type { Actor } from '../identity/actor.js'
import { createFormats } from '../platform/http/formats.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { readPlace } from './forms.js'
import type { Inbox, Mailbox } from './index.js'
import { inboxPage, messagePage, type Words } from './pages.js'
import { residentOf } from './visit.js'

/** What the pages of this room are made of. */
export interface NoticesPages {
  readonly inbox: Pick<Inbox, 'list' | 'open' | 'unread'>
  readonly mailbox: Mailbox
  readonly catalogue: Catalogue
  /** Whether this portal sends mails. */
  readonly sends: boolean
}

/** A resident's messages. */
export function noticesRoutes(pages: NoticesPages): RouteSpec<Actor>[] {
  const own = { method: 'get', allow: ['resident'], assurance: 'letter' } as const
  return [
    {
      ...own,
      name: 'notices.inbox',
      path: '/:lang/me/messages',
      menu: 'notices:menu',
      handle: (exchange) => showInbox(exchange, pages),
    },
    {
      ...own,
      name: 'notices.message',
      path: '/:lang/me/messages/:message',
      handle: (exchange) => showMessage(exchange, pages),
    },
  ]
}

function wordsOf({ t, urls, language }: Exchange<Actor>, { catalogue }: NoticesPages): Words {
  return {
    ...{ t, urls, formats: createFormats(language) },
    texts: catalogue.texts(language.tag),
    parties: catalogue.parties,
  }
}

async function showInbox(exchange: Exchange<Actor>, pages: NoticesPages): Promise<Answer> {
  const actor = residentOf(exchange.actor)
  const after = readPlace(exchange.query)
  const isLetter = actor.assurance === 'letter'
  const [list, isFailing] = await Promise.all([
    pages.inbox.list(actor, after),
    isLetter ? false : pages.mailbox.isFailing(actor),
  ])
  const model = inboxPage(wordsOf(exchange, pages), {
    ...{ list, isLetter, isFailing },
    isFirst: after === undefined,
  })
  return { kind: 'page', view: 'notices/inbox', model }
}

async function showMessage(exchange: Exchange<Actor>, pages: NoticesPages): Promise<Answer> {
  const { actor, params } = exchange
  const message = await pages.inbox.open(residentOf(actor), params['message'] ?? '')
  const model = messagePage(wordsOf(exchange, pages), message)
  return { kind: 'page', view: 'notices/message', model }
}

/** What the first screen says of messages that were never opened; nothing where there are none. */
export function messageCard({ inbox }: Pick<NoticesPages, 'inbox'>) {
  return async ({ actor, t, urls }: Exchange<Actor>) => {
    const count = await inbox.unread(residentOf(actor))
    if (count === 0) return undefined
    return {
      text: t('notices:home.unread', { count }),
      remark: t('notices:home.remark'),
      href: urls.to('notices.inbox'),
      icon: 'letter',
    }
  }
}
