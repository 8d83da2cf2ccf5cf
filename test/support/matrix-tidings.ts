import type { PageRow } from './matrix.js'

const STAFF = ['caseworker', 'dpo', 'supervisor', 'operator'] as const

/** What came for members of staff: every role reads its own, and nothing in it is a look. */
export const TIDINGS: readonly PageRow[] = [
  { route: 'tidings.inbox', method: 'get', path: '/:lang/staff/inbox', enter: STAFF },
  {
    route: 'tidings.open',
    method: 'get',
    path: '/:lang/staff/inbox/:tiding',
    enter: STAFF,
    absent: true,
  },
  {
    route: 'tidings.read',
    method: 'post',
    path: '/:lang/staff/inbox',
    enter: STAFF,
    empty: 400,
  },
]
