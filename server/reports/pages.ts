import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'
import { ITEMS_OF_A_FILE } from './basis.js'
import type { LongPaper } from './service/papers.js'

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
export function copyPage(
  { t, urls }: { t: Translate; urls: Urls },
  { long, isChanged }: { readonly long: readonly LongPaper[]; readonly isChanged: boolean },
): object {
  return {
    changed: isChanged ? t('reports:parts.changed') : '',
    long: long.map((paper) => longPaper({ t, urls }, paper)),
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
