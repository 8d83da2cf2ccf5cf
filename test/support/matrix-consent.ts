import type { PageRow } from './matrix.js'

/** Permissions: residents whom a counter has seen. */
export const CONSENT: readonly PageRow[] = [
  {
    route: 'consent.permissions',
    method: 'get',
    path: '/:lang/me/permissions',
    enter: ['counter'],
    weak: ['letter'],
  },
  {
    route: 'consent.ask',
    method: 'get',
    path: '/:lang/me/permissions/asked/:asking',
    enter: ['counter'],
    weak: ['letter'],
  },
  {
    route: 'consent.answer',
    method: 'post',
    path: '/:lang/me/permissions/asked/:asking',
    enter: ['counter'],
    weak: ['letter'],
    empty: 404,
  },
  {
    route: 'consent.wish',
    method: 'post',
    path: '/:lang/me/permissions/asked/:asking/interpreter',
    enter: ['counter'],
    weak: ['letter'],
    empty: 404,
  },
  {
    route: 'consent.consent',
    method: 'get',
    path: '/:lang/me/permissions/:permission',
    enter: ['counter'],
    weak: ['letter'],
  },
  {
    route: 'consent.withdraw',
    method: 'post',
    path: '/:lang/me/permissions/:permission/stop',
    enter: ['counter'],
    weak: ['letter'],
    empty: 404,
  },
]
