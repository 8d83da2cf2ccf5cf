import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import type { Choices } from '../accounts.js'

interface Words {
  readonly t: Translate
  readonly urls: Urls
}

/** What a resident chooses: the language, and what others may see over their shoulder. */
export function settingsPage(
  { t, urls }: Words,
  { choices, languages }: { choices: Choices; languages: readonly Language[] },
): object {
  return {
    title: t('identity:settings.title'),
    back: { href: urls.to('identity.devices'), text: t('identity:devices.title') },
    action: urls.to('identity.choose'),
    latest: {
      name: 'latest',
      text: t('identity:settings.latest'),
      hint: t('identity:settings.latestHint'),
      checked: choices.showsLatest,
    },
    language: {
      name: 'language',
      label: t('identity:settings.language'),
      hint: t('identity:settings.languageHint'),
      error: '',
      options: languages.map(({ tag, ownName }) => ({
        value: tag,
        text: ownName,
        lang: tag,
        chosen: tag === choices.language,
      })),
    },
    submit: t('identity:settings.submit'),
  }
}

/** The page on which an account is given up: what goes, and what stays. */
export function leavePage({ t, urls }: Words): object {
  return {
    title: t('identity:leave.title'),
    back: { href: urls.to('identity.devices'), text: t('identity:devices.title') },
    goes: t('identity:leave.goes'),
    stays: t('identity:leave.stays'),
    action: urls.to('identity.delete'),
    submit: t('identity:leave.submit'),
  }
}
