import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'

const HELD = [
  ...(['account', 'waysIn', 'accesses', 'holdings', 'requests', 'messages'] as const),
  ...(['inquiries', 'consents', 'blocks'] as const),
] as const

/** The files, those for people first: papers, which are in two languages. */
const FILES = [
  ['reports.copy-whole', 'whole', true],
  ['reports.copy-summary', 'summary', true],
  ['reports.copy-table', 'table', false],
  ['reports.copy-file', 'file', false],
] as const

/** A language in which a paper can be had. */
export interface PaperLanguage {
  readonly tag: string
  readonly ownName: string
  readonly direction: 'ltr' | 'rtl'
}

/** What a copy holds, what it does not, and the files; papers can have another second language than the page. */
export function copyPage(
  { t, urls }: { t: Translate; urls: Urls },
  besides: readonly PaperLanguage[],
): object {
  return {
    title: t('reports:copy.title'),
    lead: t('reports:copy.lead'),
    back: { href: urls.to('identity.devices'), text: '' },
    holds: HELD.map((name) => t(`reports:copy.${name}`)),
    not: [t('reports:copy.values'), t('reports:copy.limits')],
    files: FILES.map(([route, name, isPaper]) => ({
      href: urls.to(route),
      text: t(`reports:copy.${name}.text`),
      hint: t(`reports:copy.${name}.hint`),
      besides: isPaper
        ? besides.map(({ tag, ownName, direction }) => ({
            href: urls.to(`${route}-beside`, { beside: tag }),
            text: t(`reports:copy.${name}.beside`),
            ...{ tag, ownName, direction },
          }))
        : [],
    })),
    care: t('reports:copy.care'),
  }
}
