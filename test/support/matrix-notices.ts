import type { PageRow } from './matrix.js'

const OWN = { enter: ['letter', 'counter'] } as const
/** A letter alone changes nothing about mails: whoever opened it could keep a warning from its owner. */
const SURE = { enter: ['counter'], weak: ['letter'] } as const

/** Messages to residents, and the neutral mails that point at them. */
export const NOTICES: readonly PageRow[] = [
  { route: 'notices.inbox', method: 'get', path: '/:lang/me/messages', ...OWN },
  { route: 'notices.settings', method: 'get', path: '/:lang/me/messages/settings', ...SURE },
  {
    route: 'notices.ask',
    method: 'post',
    path: '/:lang/me/messages/settings/address',
    ...SURE,
    // This installation sends no mail, so that nothing asks for an address.
    empty: 404,
  },
  {
    route: 'notices.prove',
    method: 'post',
    path: '/:lang/me/messages/settings/code',
    ...SURE,
    empty: 400,
  },
  {
    route: 'notices.choose',
    method: 'post',
    path: '/:lang/me/messages/settings/choice',
    ...SURE,
    empty: 400,
  },
  { route: 'notices.remove', method: 'post', path: '/:lang/me/messages/settings/remove', ...SURE },
  {
    route: 'notices.message',
    method: 'get',
    path: '/:lang/me/messages/:message',
    ...OWN,
    absent: true,
  },
]
