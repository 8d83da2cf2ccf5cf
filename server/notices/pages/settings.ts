import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { maskedAddress } from '../address.js'
import type { MailSettings } from '../mailbox.js'
import { CHOICES, type Choice } from '../rules.js'

/** What the page of settings is made of. */
export interface SettingsShown {
  readonly settings: MailSettings
  /** Whether this portal sends mails at all. */
  readonly sends: boolean
  /** What was typed last, and what is wrong with it. */
  readonly typed: Typed
}

interface Words {
  readonly t: Translate
  readonly urls: Urls
}

/** Where neutral mails go, and when; addresses are never shown whole. */
export function settingsPage({ t, urls }: Words, { settings, sends, typed }: SettingsShown) {
  const { address, confirmedAt, failingSince } = settings
  const { problems } = inputsOf(t, typed, labelOf)
  const isKnown = address !== undefined
  return {
    title: t('notices:settings.title'),
    lead: t('notices:settings.lead'),
    back: { href: urls.to('notices.inbox'), text: t('notices:title') },
    problems,
    sends,
    isFailing: failingSince !== undefined,
    current: isKnown ? { address: maskedAddress(address), confirmedAt } : '',
    proof: sends ? proofForm({ t, urls }, { settings, typed }) : '',
    ask: sends ? askForm({ t, urls }, { settings, typed }) : '',
    choose:
      sends && isKnown
        ? { action: urls.to('notices.choose'), choice: choiceOf(t, { settings, typed }, CHOICES) }
        : '',
    remove: isKnown || settings.pending !== undefined ? urls.to('notices.remove') : '',
  }
}

type Shown = Pick<SettingsShown, 'settings' | 'typed'>

/** The form for a code that was mailed; without a code that counts it says so. */
function proofForm({ t, urls }: Words, { settings: { pending }, typed }: Shown): object | '' {
  if (pending === undefined) return ''
  const state = pending.failed ? 'codeFailed' : pending.isOpen ? 'codeSent' : 'codeOver'
  const { input } = inputsOf(t, { ...typed, form: new URLSearchParams() }, labelOf)
  const hint = t('notices:settings.codeHint')
  return {
    said: { key: `notices:settings.${state}`, values: { address: maskedAddress(pending.address) } },
    isOpen: pending.isOpen && !pending.failed,
    action: urls.to('notices.prove'),
    input: input('code', { hint, inputmode: 'numeric', autocomplete: 'one-time-code', code: true }),
  }
}

/** The form for a first or another address; when to write is asked with the first one. */
function askForm({ t, urls }: Words, { settings, typed }: Shown): object {
  const { input } = inputsOf(t, typed, labelOf)
  const { choice, address } = settings
  const hint = t('notices:settings.addressHint')
  return {
    heading: t(`notices:settings.${address === undefined ? 'newHeading' : 'changeHeading'}`),
    action: urls.to('notices.ask'),
    input: input('address', { hint, autocomplete: 'email', code: true }),
    ...(address === undefined
      ? { choice: choiceOf(t, { settings, typed }, ['each', 'daily']), kept: '' }
      : { choice: '', kept: choice }),
  }
}

function choiceOf(t: Translate, { settings, typed }: Shown, choices: readonly Choice[]): object {
  const form = new URLSearchParams(typed.form)
  if (!form.has('choice'))
    form.set('choice', settings.choice === 'none' ? 'daily' : settings.choice)
  if (!typed.form.has('choice') && settings.address !== undefined) {
    form.set('choice', settings.choice)
  }
  const options = choices.map((value) => ({ value, text: t(`notices:settings.choices.${value}`) }))
  return inputsOf(t, { form, errors: typed.errors }, labelOf).radios('choice', options)
}

function labelOf(name: string): string {
  return `notices:settings.${name}`
}
