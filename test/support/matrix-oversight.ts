import type { PageRow, ProgramRow } from './matrix.js'

const VISITORS = [
  ...(['public', 'letter', 'counter', 'caseworker', 'dpo', 'supervisor', 'operator'] as const),
]

/** The view of data protection officers and supervisors; one access is a look, lists are none. */
export const OVERSIGHT: readonly PageRow[] = [
  { route: 'oversight.overview', method: 'get', path: '/:lang/oversight', enter: ['dpo'] },
  { route: 'oversight.statistics', method: 'get', path: '/:lang/statistics', enter: VISITORS },
  { route: 'oversight.check', method: 'post', path: '/:lang/oversight/check', enter: ['dpo'] },
  { route: 'oversight.figures', method: 'get', path: '/:lang/oversight/figures', enter: ['dpo'] },
  {
    route: 'oversight.accesses',
    method: 'get',
    path: '/:lang/oversight/accesses',
    enter: ['dpo'],
  },
  { route: 'oversight.held', method: 'get', path: '/:lang/oversight/held', enter: ['dpo'] },
  {
    route: 'oversight.held-one',
    method: 'get',
    path: '/:lang/oversight/held/:entry',
    enter: ['dpo'],
    look: ['dpo'],
  },
  {
    route: 'oversight.review',
    method: 'post',
    path: '/:lang/oversight/held/:entry',
    enter: ['dpo'],
    look: ['dpo'],
    empty: 400,
  },
  {
    route: 'oversight.looks',
    method: 'get',
    path: '/:lang/oversight/looks',
    enter: ['supervisor'],
  },
  { route: 'oversight.flags', method: 'get', path: '/:lang/oversight/flags', enter: ['dpo'] },
  {
    route: 'oversight.flag-rules',
    method: 'get',
    path: '/:lang/oversight/flags/rules',
    enter: ['dpo'],
  },
  {
    route: 'oversight.flag-switch',
    method: 'post',
    path: '/:lang/oversight/flags/rules',
    enter: ['dpo'],
    empty: 400,
  },
  {
    route: 'oversight.flags-own',
    method: 'get',
    path: '/:lang/oversight/flags/own',
    enter: ['dpo'],
  },
  {
    route: 'oversight.own-flags',
    method: 'get',
    path: '/:lang/work/own-flags',
    enter: ['caseworker'],
  },
  {
    route: 'oversight.flag',
    method: 'get',
    path: '/:lang/oversight/flags/:entry/:flagRule',
    enter: ['dpo'],
    absent: true,
  },
  {
    route: 'oversight.flag-act',
    method: 'post',
    path: '/:lang/oversight/flags/:entry/:flagRule',
    enter: ['dpo'],
    empty: 404,
  },
  {
    route: 'reports.access-list',
    method: 'get',
    path: '/:lang/oversight/reports',
    enter: ['dpo'],
  },
  {
    route: 'reports.access-new',
    method: 'get',
    path: '/:lang/oversight/reports/new',
    enter: ['dpo'],
  },
  {
    route: 'reports.access-ask',
    method: 'post',
    path: '/:lang/oversight/reports',
    enter: ['dpo'],
    empty: 400,
  },
  {
    route: 'reports.access',
    method: 'get',
    path: '/:lang/oversight/reports/:report',
    enter: ['dpo'],
  },
  {
    route: 'reports.access-cancel',
    method: 'post',
    path: '/:lang/oversight/reports/:report/cancel',
    enter: ['dpo'],
    empty: 404,
  },
  {
    route: 'reports.access-file',
    method: 'get',
    path: '/:lang/oversight/reports/:report/files/:part',
    enter: ['dpo'],
    absent: true,
  },
  {
    route: 'reports.releases',
    method: 'get',
    path: '/:lang/oversight/releases',
    enter: ['dpo', 'supervisor'],
  },
  {
    route: 'reports.release',
    method: 'post',
    path: '/:lang/oversight/releases/:report',
    enter: ['dpo', 'supervisor'],
    empty: 400,
  },
  {
    route: 'oversight.unmaskings',
    method: 'get',
    path: '/:lang/oversight/unmaskings',
    enter: ['dpo', 'supervisor'],
  },
  {
    route: 'oversight.unmask-ask',
    method: 'post',
    path: '/:lang/oversight/unmaskings',
    enter: ['dpo'],
    empty: 400,
  },
  {
    // Nobody can open what nobody has released, so there is no look either.
    route: 'oversight.unmask',
    method: 'get',
    path: '/:lang/oversight/unmaskings/:unmasking',
    enter: ['dpo'],
    absent: true,
    look: [],
  },
  {
    route: 'oversight.unmask-decide',
    method: 'post',
    path: '/:lang/oversight/unmaskings/:unmasking',
    enter: ['dpo', 'supervisor'],
    empty: 400,
  },
  { route: 'reports.check', method: 'get', path: '/:lang/check', enter: VISITORS },
  { route: 'reports.check-file', method: 'post', path: '/:lang/check', enter: VISITORS },
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

/** Open data, which programs fetch. */
export const OPEN_DATA: readonly ProgramRow[] = [
  'accesses.csv',
  'requests.csv',
  'catalog.jsonld',
].map((file) => ({
  route: `oversight.statistics-${file.split('.')[0] ?? ''}`,
  method: 'get',
  path: `/statistics/${file}`,
  unsigned: 200,
}))
