import type { Installation } from '../../../server/compose/installation.js'
import { ask } from '../../bench/place.js'
import { csrfIn, visitor } from '../../support/visitor.js'
import type { Stage } from '../stage.js'
import type { Known } from './target.js'

/** Looks up what really exists by opening pages as a person would; a sheet of a code is issued for it. */
export async function lookUp(stage: Stage, installation: Installation): Promise<Known> {
  const me = await pageReader(stage, 'resident-ar')
  const dpo = await pageReader(stage, 'dpo')
  const clerk = await pageReader(stage, 'caseworker')
  const [staff] = await ask<{ staff: string }>(
    stage.adminUrl,
    `select staff from identity.staff where demo_name = 'dpo-2'`,
  )
  const [purpose] = installation.catalogue.purposes.all
  return {
    entry: await me('/en/me/accesses', /\/en\/me\/accesses\/(\d+)/),
    party: await me('/en/me/offices', /\/en\/me\/offices\/([\w.]+)/),
    field: await me('/en/me/data', /\/en\/me\/data\/([\w.]+)/),
    officeEntry: await dpo('/de/oversight/accesses', /\/de\/oversight\/accesses\/(\d+)/),
    purpose: purpose?.code ?? '',
    staff: staff?.staff ?? '',
    sheet: await issuedSheet(stage),
    draft: await me('/en/me/requests', /\/drafts\/([0-9a-f-]{36})/),
    request: await me('/en/me/requests', /\/en\/me\/requests\/([2-9A-HJ-NP-Z]{8})/),
    caseOf: await clerk('/de/work/mine', /\/de\/work\/cases\/([2-9A-HJ-NP-Z]{8})/),
  }
}

async function pageReader({ url }: Stage, person: string) {
  const browser = visitor({ url })
  await browser.signIn(person)
  return async (path: string, what: RegExp): Promise<string> => {
    const found = what.exec((await browser.get(path)).body)?.[1]
    if (found === undefined) throw new Error(`${path} of ${person} has no ${what}`)
    return found
  }
}

async function issuedSheet({ url }: Stage): Promise<string> {
  const browser = visitor({ url })
  await browser.signIn('caseworker')
  const { body } = await browser.get('/de/staff/codes')
  const number = { scheme: 'local', number: 'scans', way: 'handed', language: 'de' }
  const { headers } = await browser.post('/de/staff/codes', { ...number, csrf: csrfIn(body) })
  const sheet = /\/de\/staff\/codes\/([0-9a-f-]{36})$/.exec(headers.get('location') ?? '')?.[1]
  if (sheet === undefined) throw new Error('no code could be issued')
  return sheet
}
