import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'
import { ITEMS_OF_A_FILE } from './basis.js'
import type { LongPaper } from './service/papers.js'

const HELD = [
  ...(['account', 'waysIn', 'accesses', 'holdings', 'requests', 'messages'] as const),
  ...(['inquiries', 'consents', 'blocks', 'appointments'] as const),
] as const

/** The files, those for people first: papers, which are in two languages. */
const FILES = [
  ['reports.copy-whole', 'whole', true],
  ['reports.copy-summary', 'summary', true],
  ['reports.copy-table', 'table', false],
  ['reports.copy-file', 'file', false],
] as const

/** Where the single papers are: receipts, proofs of correction, decisions. */
const OTHERS = [
  ['rectification.requests', 'rectification:nav'],
  ['consent.permissions', 'consent:nav'],
  ['blocks.list', 'blocks:nav'],
] as const

/** A language in which a paper can be had. */
export interface PaperLanguage {
  readonly tag: string
  readonly ownName: string
  readonly direction: 'ltr' | 'rtl'
}

/** What the page of somebody's documents is shown with. */
export interface DocumentsView {
  readonly besides: readonly PaperLanguage[]
  readonly long: readonly LongPaper[]
  readonly isChanged: boolean
}

/** The files, what they hold and what not; papers can have another second language than the page. */
export function documentsPage(
  { t, urls }: { t: Translate; urls: Urls },
  { besides, long, isChanged }: DocumentsView,
): object {
  return {
    changed: isChanged ? t('reports:parts.changed') : '',
    long: long.map((paper) => longPaper({ t, urls }, paper)),
    title: t('reports:copy.title'),
    lead: t('reports:copy.lead'),
    back: { href: urls.to('overview.home'), text: '' },
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
    others: OTHERS.map(([route, label]) => ({ href: urls.to(route), text: t(label) })),
  }
}

/** The files of a report that needs several: they stand there once its first one was taken. */
function longPaper({ t, urls }: { t: Translate; urls: Urls }, { reference, parts }: LongPaper) {
  return {
    heading: t('reports:parts.files', { reference }),
    lead: t('reports:parts.filesLead', { items: ITEMS_OF_A_FILE }),
    files: Array.from({ length: parts }, (_, place) => ({
      href: urls.to('reports.copy-part', { paper: reference, part: place + 1 }),
      text: t('reports:parts.one', { part: place + 1, parts }),
    })),
  }
}
