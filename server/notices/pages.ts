import type { Catalogue } from '../catalogue/index.js'
import type { Formats } from '../platform/http/formats.js'
import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'
import type { Page } from '../platform/kernel/paging.js'
import { kindOf } from './rules.js'
import type { StoredMessage } from './service.js'

/** What the pages of this room say things with. */
export interface Words {
  readonly t: Translate
  readonly urls: Urls
  readonly formats: Formats
  readonly texts: ReturnType<Catalogue['texts']>
  readonly parties: Catalogue['parties']
}

/** The list of messages, and what stands in the way of mails. */
export function inboxPage(
  { t, urls }: Words,
  {
    list,
    isFirst,
    isLetter,
    isFailing,
  }: {
    readonly list: Page<StoredMessage>
    readonly isFirst: boolean
    readonly isLetter: boolean
    readonly isFailing: boolean
  },
): object {
  return {
    title: t('notices:title'),
    lead: t('notices:lead'),
    isFailing,
    isLetter,
    settings: isLetter ? '' : urls.to('notices.settings'),
    messages: list.items.map(({ message, code, params, toldAt, readAt }) => ({
      href: urls.to('notices.message', { message }),
      text: t(`notices:message.${code}.title`),
      toldAt,
      reference: params['reference'] ?? '',
      isNew: readAt === undefined,
    })),
    pager: {
      newer: isFirst ? null : urls.to('notices.inbox'),
      older: list.next === undefined ? null : urls.to('notices.inbox', { after: list.next }),
    },
  }
}

/** One message, in the reader's language: a code and its parameters become sentences here alone. */
export function messagePage(words: Words, { code, params, toldAt }: StoredMessage): object {
  const { t, urls } = words
  return {
    title: t(`notices:message.${code}.title`),
    back: { href: urls.to('notices.inbox'), text: t('notices:title') },
    toldAt,
    text: { key: `notices:message.${code}.text`, values: valuesOf(words, params) },
    onward: onwardOf(words, { code, params }),
  }
}

function valuesOf(
  { t, formats, texts, parties }: Words,
  { office, day, time, reference }: StoredMessage['params'],
): Readonly<Record<string, string>> {
  // An office may leave the catalogue while a message about it is kept.
  const party = office === undefined ? undefined : parties.byCode(office)
  const name = party === undefined ? t('notices:someOffice') : texts.party(party.code).name
  return {
    ...(office === undefined ? {} : { office: name }),
    ...(day === undefined ? {} : { day: formats.date(day) }),
    ...(time === undefined ? {} : { time: formats.dateTime(new Date(time)) }),
    ...(reference === undefined ? {} : { reference }),
  }
}

function onwardOf(
  { t, urls }: Words,
  { code, params }: Pick<StoredMessage, 'code' | 'params'>,
): { readonly href: string; readonly text: string } | '' {
  const leads = kindOf(code)?.leads ?? 'nowhere'
  const { reference } = params
  if (leads === 'devices') {
    return { href: urls.to('identity.devices'), text: t('notices:leads.devices') }
  }
  if (leads === 'consents') {
    return { href: urls.to('consent.permissions'), text: t('notices:leads.consents') }
  }
  if (leads === 'nowhere' || reference === undefined) return ''
  const href = {
    request: () => urls.to('rectification.request', { reference }),
    inquiry: () => urls.to('inquiries.inquiry', { inquiry: reference }),
    block: () => urls.to('blocks.block', { reference }),
  }[leads]()
  return { href, text: t(`notices:leads.${leads}`) }
}
