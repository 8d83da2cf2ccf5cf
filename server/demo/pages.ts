import type { Translate } from '../platform/http/texts.js'
import { azrNumber } from './numbers.js'
import { RESIDENTS, STAFF } from './people.js'

/** One button of the page. */
export interface SignInButton {
  readonly person: string
  readonly text: string
  /** By which the register knows a resident: what staff type is invented as well. */
  readonly number: string
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
export function signInPage(t: Translate, seed: string): SignInPage {
  const button = (name: string, number = '') => ({
    ...{ person: name, text: t(`demo:people.${name}`), number },
  })
  return {
    title: t('demo:title'),
    groups: [
      {
        heading: t('demo:residents'),
        buttons: RESIDENTS.map((one) => button(one.name, azrNumber(seed, one).value)),
      },
      { heading: t('demo:staff'), buttons: STAFF.map(({ name }) => button(name)) },
    ],
  }
}
