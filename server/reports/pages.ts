import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'

const HELD = ['account', 'waysIn', 'accesses', 'holdings', 'inquiries', 'blocks'] as const

/** What a copy holds, what it does not, and the file. */
export function copyPage({ t, urls }: { t: Translate; urls: Urls }): object {
  return {
    title: t('reports:copy.title'),
    lead: t('reports:copy.lead'),
    back: { href: urls.to('identity.devices'), text: '' },
    holds: HELD.map((name) => t(`reports:copy.${name}`)),
    not: [t('reports:copy.values'), t('reports:copy.limits')],
    file: { href: urls.to('reports.copy-file'), text: t('reports:copy.file') },
    care: t('reports:copy.care'),
  }
}
