import type { Translate } from '../platform/http/texts.js'
import { RESIDENTS, STAFF } from './people.js'

/** One button of the page. */
export interface SignInButton {
  readonly person: string
  readonly text: string
}

/** What `/demo` shows: a form for every sign-in, residents first. */
export interface SignInPage {
  readonly title: string
  readonly groups: readonly {
    readonly heading: string
    readonly buttons: readonly SignInButton[]
  }[]
}

/** The page of sign-ins in the language of the reader. */
export function signInPage(t: Translate): SignInPage {
  const buttons = (people: readonly { readonly name: string }[]) =>
    people.map(({ name }) => ({ person: name, text: t(`demo:people.${name}`) }))
  return {
    title: t('demo:title'),
    groups: [
      { heading: t('demo:residents'), buttons: buttons(RESIDENTS) },
      { heading: t('demo:staff'), buttons: buttons(STAFF) },
    ],
  }
}
