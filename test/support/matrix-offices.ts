import type { PageRow } from './matrix.js'

const FURTHER = '/:lang/staff/people/:staff/office'

/** Officers of several offices: they change to one of theirs, and operators let them serve another. */
export const OFFICES: readonly PageRow[] = [
  {
    route: 'identity.take-office',
    method: 'post',
    path: '/:lang/staff/office',
    enter: ['dpo'],
    empty: 404,
  },
  { route: 'identity.further-office', method: 'get', path: FURTHER, enter: ['operator'] },
  {
    route: 'identity.invite-to-office',
    method: 'post',
    path: FURTHER,
    enter: ['operator'],
    empty: 400,
  },
]
