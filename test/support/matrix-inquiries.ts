import type { PageRow } from './matrix.js'

/** Questions about accesses: residents whom a counter has seen, and data protection officers. */
export const INQUIRIES: readonly PageRow[] = [
  {
    route: 'inquiries.list',
    method: 'get',
    path: '/:lang/me/inquiries',
    enter: ['counter'],
    weak: ['letter'],
  },
  {
    route: 'inquiries.new',
    method: 'get',
    path: '/:lang/me/accesses/:entry/ask',
    enter: ['counter'],
    weak: ['letter'],
  },
  {
    route: 'inquiries.ask',
    method: 'post',
    path: '/:lang/me/accesses/:entry/ask',
    enter: ['counter'],
    weak: ['letter'],
    empty: 400,
  },
  {
    route: 'inquiries.inquiry',
    method: 'get',
    path: '/:lang/me/inquiries/:inquiry',
    enter: ['counter'],
    weak: ['letter'],
  },
  {
    route: 'inquiries.withdraw',
    method: 'post',
    path: '/:lang/me/inquiries/:inquiry/withdraw',
    enter: ['counter'],
    weak: ['letter'],
    empty: 404,
  },
  {
    route: 'inquiries.close',
    method: 'post',
    path: '/:lang/me/inquiries/:inquiry/close',
    enter: ['counter'],
    weak: ['letter'],
    empty: 404,
  },
  {
    route: 'inquiries.desk',
    method: 'get',
    path: '/:lang/oversight/inquiries',
    enter: ['dpo'],
  },
  {
    route: 'inquiries.opened',
    method: 'get',
    path: '/:lang/oversight/inquiries/:inquiry',
    enter: ['dpo'],
    look: ['dpo'],
  },
  {
    route: 'inquiries.act',
    method: 'post',
    path: '/:lang/oversight/inquiries/:inquiry/:word',
    enter: ['dpo'],
    look: ['dpo'],
    empty: 404,
  },
]
