import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'

/** What connecting an eID means, and the way to its provider. */
export function connectPage(
  { t, urls }: { t: Translate; urls: Urls },
  { href, name }: { href: string; name: string },
): object {
  return {
    title: t('identity:eid.title'),
    lead: t('identity:eid.lead', { name }),
    back: { href: urls.to('identity.devices'), text: t('identity:devices.title') },
    facts: [t('identity:eid.kept'), t('identity:eid.ends')],
    onward: { href, text: t('identity:eid.onward', { name }) },
  }
}
