import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import type { EidEnd } from '../eid.js'

interface Words {
  readonly t: Translate
  readonly urls: Urls
}

/** Ways in, each with what it needs. */
export function signInPage(
  { t, urls }: Words,
  {
    demo,
    options,
    failed,
    eid,
  }: {
    demo: boolean
    options: object
    failed: boolean
    /** Absent where there is no provider; `end` says how coming back from it has just ended. */
    eid?: { readonly name: string; readonly end: EidEnd['kind'] | undefined }
  },
): object {
  const eidProblem = eid?.end === undefined ? '' : t(`identity:eid.end.${eid.end}`)
  return {
    title: t('identity:signIn.title'),
    failed: failed ? t('identity:key.failed') : eidProblem,
    eid: eid && {
      text: t('identity:eid.signIn', { name: eid.name }),
      href: urls.to('identity.eid'),
      button: t('identity:eid.onward', { name: eid.name }),
    },
    options: JSON.stringify(options),
    action: urls.to('identity.passkey'),
    code: { href: urls.to('identity.code'), text: t('identity:signIn.code') },
    demo: demo ? urls.to('demo.people') : '',
  }
}

/** The form for a code; what was typed is not shown again, because somebody may look over a shoulder. */
export function codePage(
  { t, urls }: Words,
  { failed = false }: { readonly failed?: boolean },
): object {
  const shared = { value: '', type: 'text', error: '', optional: false, code: true }
  return {
    title: t('identity:code.title'),
    lead: t('identity:code.lead'),
    back: { href: urls.to('identity.sign-in'), text: t('identity:signIn.title') },
    action: urls.to('identity.redeem'),
    problems: failed ? [{ field: 'code', text: t('identity:code.failed') }] : [],
    code: {
      ...shared,
      name: 'code',
      label: t('identity:code.code'),
      hint: t('identity:code.codeHint'),
      error: failed ? t('identity:code.failed') : '',
      required: true,
      autocomplete: 'one-time-code',
      inputmode: 'text',
    },
    year: {
      ...shared,
      name: 'year',
      label: t('identity:code.year'),
      hint: t('identity:code.yearHint'),
      optional: true,
      required: false,
      autocomplete: 'off',
      inputmode: 'numeric',
    },
    shared: {
      name: 'shared',
      text: t('identity:code.shared'),
      hint: t('identity:code.sharedHint'),
    },
    submit: t('identity:code.submit'),
  }
}

/** Proving again that it is oneself, before something that cannot be undone. */
export function stepUpPage(
  { t, urls }: Words,
  { options, failed, next }: { options: object; failed: boolean; next: string },
): object {
  return {
    title: t('identity:stepUp.title'),
    lead: t('identity:stepUp.lead'),
    failed: failed ? t('identity:key.failed') : '',
    options: JSON.stringify(options),
    action: urls.to('identity.stepped-up'),
    next,
  }
}
