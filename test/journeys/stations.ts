import { applyTwice } from '../blocks/applying.js'
import { askedBy } from '../consent/asked.js'
import { azrNumber } from '../../server/demo/numbers.js'
import { RESIDENTS } from '../../server/demo/people.js'
import { confirmedBy, issueSheet } from '../identity/sheet.js'
import { lookUp } from '../oversight/looking-up.js'
import { walker } from '../rectification/journey.js'
import type { TestApp } from '../support/app.js'
import { visitor, type Visitor } from '../support/visitor.js'
import { linksIn, pageRoutes, routeOf, type PageRoute } from './places.js'

/** One page as one person meets it. */
export interface Station {
  readonly person: string
  /** In German; `inLanguage` leads to the others. */
  readonly address: string
  readonly status: number
}

/** Somebody without a session. */
export const NOBODY = 'nobody'

/** One person for each role, and the one whose session rests on a letter. */
export const PEOPLE: readonly { readonly person: string; readonly from: string }[] = [
  { person: NOBODY, from: '/' },
  { person: 'resident-ar', from: '/de/me' },
  { person: 'resident-letter', from: '/de/me' },
  { person: 'dpo', from: '/de/staff' },
  { person: 'caseworker', from: '/de/staff' },
  { person: 'supervisor', from: '/de/staff' },
  { person: 'operator', from: '/de/staff' },
]

/** Pages that say no, and what they say it with. */
const REFUSALS: readonly Station[] = [
  { person: NOBODY, address: '/de/nothing', status: 404 },
  { person: 'resident-ar', address: '/de/me/accesses/1', status: 404 },
  { person: 'resident-ar', address: '/de/me/accesses?office=nobody&before=x', status: 400 },
  { person: 'resident-letter', address: '/de/me/data/azr.family_name', status: 403 },
]

/** The same page in another language; pages without one follow the browser's wish. */
export function inLanguage(address: string, tag: string): string {
  return address.replace(/^\/de(?=\/)/, `/${tag}`)
}

/** Signs in, or stays nobody. */
export async function visitorAs(app: TestApp, person: string, tag = 'de'): Promise<Visitor> {
  const browser = visitor(app, tag)
  if (person !== NOBODY) await browser.signIn(person)
  return browser
}

/** Every page route as everybody who may enter it meets it, found by following links alone. */
export async function stationsOf(app: TestApp): Promise<readonly Station[]> {
  const found: Station[] = []
  await applyTwice(await walker(app, 'resident-ar'), 'i.pf.abh')
  await app.portal.watching.work()
  for (const { person, from } of PEOPLE) {
    const browser = await visitorAs(app, person)
    const addresses = await onePerRoute(browser, pageRoutes(app), from)
    found.push(...addresses.map((address) => ({ person, address, status: 200 })))
  }
  return [...found, ...(await besideLinks(app)), ...REFUSALS]
}

/** Pages to which a form or a refusal leads, not a link. */
async function besideLinks(app: TestApp): Promise<readonly Station[]> {
  const sheet = await issueSheet(app, 'caseworker')
  const invited = await confirmedBy(app, 'operator')
  const queue = await (await visitorAs(app, 'caseworker')).get('/de/work/queue')
  const cases = linksIn(queue.body).flatMap((link) => /cases\/(\w{8})$/.exec(link)?.[1] ?? [])
  const given = `done=${cases.slice(0, 2).join('.')}&missed=${cases.slice(2, 3).join('.')}`
  const { template, version, consent } = await askedBy(app, 'caseworker')
  const asked = '/de/work/consents'
  const lookups = '/de/oversight/lookups'
  return [
    { person: 'caseworker', address: `${asked}/${consent}`, status: 200 },
    { person: 'caseworker', address: `${asked}/ask/${consent}`, status: 200 },
    { person: 'caseworker', address: `${asked}/ask?template=${template}`, status: 200 },
    { person: 'caseworker', address: `${asked}/templates/${template}/${version}`, status: 200 },
    {
      person: 'caseworker',
      address: `${asked}/templates/${template}/${version}/edit`,
      status: 200,
    },
    { person: 'caseworker', address: `/de/work/queue/given?${given}`, status: 200 },
    { person: 'resident-ar', address: '/de/step-up', status: 200 },
    { person: 'caseworker', address: `/de/staff/codes/${sheet}`, status: 200 },
    { person: 'operator', address: `/de/staff/people/${invited}`, status: 200 },
    { person: 'operator', address: '/de/staff/key', status: 200 },
    { person: 'dpo', address: `${lookups}/${await foundBy(app)}`, status: 200 },
  ]
}

/** What the officer finds of a resident who lives where their office is. */
async function foundBy(app: TestApp): Promise<string> {
  const resident = RESIDENTS.find(({ name }) => name === 'resident-ar')
  if (resident === undefined) throw new Error('the demonstration has no resident-ar')
  const { demoSeed } = app.installation.config
  return lookUp(app, 'dpo', azrNumber(demoSeed, resident).value)
}

/** The first link to each route; links to other languages lead to routes that are known already. */
async function onePerRoute(
  browser: Visitor,
  routes: readonly PageRoute[],
  from: string,
): Promise<readonly string[]> {
  const found = new Map<string, string>()
  const waiting = [from]
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const name = routeOf(routes, address)?.name
    if (name === undefined || found.has(name)) continue
    const { status, headers, body } = await browser.get(address)
    if (status === 303) waiting.push(headers.get('location') ?? '')
    if (status !== 200 || !headers.get('content-type')?.startsWith('text/html')) continue
    found.set(name, address)
    waiting.push(...linksIn(body).filter((link) => !/^\/(?!de\b)[a-z-]+\/$/.test(link)))
  }
  return [...found.values()]
}
