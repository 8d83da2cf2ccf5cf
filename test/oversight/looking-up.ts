import { walker } from '../rectification/journey.js'
import type { TestApp } from '../support/app.js'

/** Searches by a number of the register as a data protection officer; the reference of the search. */
export async function lookUp(app: TestApp, person: string, number: string): Promise<string> {
  const list = '/de/oversight/lookups'
  const { open, send } = await walker(app, person)
  await open(list)
  const { to } = await send(list, { scheme: 'azr', number, reason: 'access' })
  return to.split('/').at(-1) ?? ''
}
