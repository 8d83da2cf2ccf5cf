import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'
import type { Page } from '../platform/kernel/paging.js'
import type { Tiding } from './rules.js'

/** The list of what came: codes in words, each leading on to its page. */
export function inboxPage(
  { t, urls }: { readonly t: Translate; readonly urls: Urls },
  { list, isFirst }: { readonly list: Page<Tiding>; readonly isFirst: boolean },
): object {
  const hasNew = list.items.some(({ isRead }) => !isRead)
  return {
    title: t('tidings:title'),
    lead: t('tidings:lead'),
    back: { href: urls.to('identity.staff'), text: t('identity:staff.title') },
    tidings: list.items.map(({ tiding, code, reference, toldAt, isRead }) => ({
      href: urls.to('tidings.open', { tiding }),
      text: t(`tidings:code.${code}`),
      ...{ reference, toldAt, isNew: !isRead },
    })),
    reading: hasNew ? { action: urls.to('tidings.read'), until: list.items[0]?.tiding ?? '' } : '',
    pager: {
      newer: isFirst ? null : urls.to('tidings.inbox'),
      older: list.next === undefined ? null : urls.to('tidings.inbox', { after: list.next }),
    },
  }
}
