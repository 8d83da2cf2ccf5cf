import type { PageRow } from './matrix.js'

/** Consents at the desk: caseworkers of the office that asks; an opened asking is a look. */
export const CONSENT_DESK: readonly PageRow[] = [
  row('desk', 'get', ''),
  row('desk-ask', 'get', '/ask'),
  { ...row('desk-asks', 'post', '/ask'), empty: 404 },
  row('desk-asked', 'get', '/ask/:consent'),
  row('desk-find', 'get', '/find'),
  { ...row('desk-finds', 'post', '/find'), empty: 400 },
  row('templates', 'get', '/templates'),
  { ...row('template-begin', 'post', '/templates'), empty: 400 },
  row('template', 'get', '/templates/:template/:version'),
  row('template-edit', 'get', '/templates/:template/:version/edit'),
  { ...row('template-change', 'post', '/templates/:template/:version/edit'), empty: 404 },
  { ...row('template-publish', 'post', '/templates/:template/:version/publish'), empty: 404 },
  { ...row('template-end', 'post', '/templates/:template/:version/end'), empty: 404 },
  { ...row('desk-opened', 'get', '/:consent'), look: ['caseworker'] },
  { ...row('desk-letter', 'get', '/:consent/letter.pdf'), look: ['caseworker'] },
  { ...row('desk-record', 'post', '/:consent/record'), look: ['caseworker'], empty: 404 },
  { ...row('desk-withdraw', 'post', '/:consent/withdraw'), look: ['caseworker'], empty: 404 },
  { ...row('desk-call-off', 'post', '/:consent/call-off'), look: ['caseworker'], empty: 404 },
]

function row(name: string, method: PageRow['method'], path: string): PageRow {
  const route = `consent.${name}`
  return { route, method, path: `/:lang/work/consents${path}`, enter: ['caseworker'] }
}
