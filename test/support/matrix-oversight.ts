import type { PageRow } from './matrix.js'

/** The view of data protection officers and supervisors; one access is a look, lists are none. */
export const OVERSIGHT: readonly PageRow[] = [
  {
    route: 'oversight.accesses',
    method: 'get',
    path: '/:lang/oversight/accesses',
    enter: ['dpo'],
  },
  {
    route: 'oversight.requests',
    method: 'get',
    path: '/:lang/oversight/requests',
    enter: ['dpo'],
  },
  {
    route: 'oversight.confirmations',
    method: 'get',
    path: '/:lang/oversight/confirmations',
    enter: ['supervisor'],
  },
  {
    route: 'oversight.stop',
    method: 'post',
    path: '/:lang/oversight/confirmations',
    enter: ['supervisor'],
    empty: 400,
  },
  {
    route: 'oversight.access',
    method: 'get',
    path: '/:lang/oversight/accesses/:entry',
    enter: ['dpo'],
    look: ['dpo'],
  },
]
