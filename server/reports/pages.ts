import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'

const HELD = [
  ...(['account', 'waysIn', 'accesses', 'holdings', 'requests', 'messages'] as const),
  ...(['inquiries', 'consents', 'blocks', 'appointments'] as const),
] as const

/** The files, the one for people first. */
const FILES = [
  ['reports.copy-whole', 'whole'],
  ['reports.copy-summary', 'summary'],
  ['reports.copy-table', 'table'],
  ['reports.copy-file', 'file'],
] as const

/** What a copy holds, what it does not, and the file. */
export function copyPage({ t, urls }: { t: Translate; urls: Urls }): object {
  return {
    title: t('reports:copy.title'),
    lead: t('reports:copy.lead'),
    back: { href: urls.to('identity.devices'), text: '' },
    holds: HELD.map((name) => t(`reports:copy.${name}`)),
    not: [t('reports:copy.values'), t('reports:copy.limits')],
    files: FILES.map(([route, name]) => ({
      href: urls.to(route),
      text: t(`reports:copy.${name}.text`),
      hint: t(`reports:copy.${name}.hint`),
    })),
    care: t('reports:copy.care'),
  }
}
