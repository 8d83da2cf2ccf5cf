import { SIGN_INS } from './people.js'

/** The sign-in that was chosen, or nothing where there is no such one. */
export function chosenSignIn(form: URLSearchParams): string | undefined {
  const rawPerson = form.get('person')
  return SIGN_INS.find((name) => name === rawPerson)
}
