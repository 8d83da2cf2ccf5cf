import { answeredBy, askedBy, type AnsweredAsking, type AskedAtDesk } from '../consent/asked.js'
import { authorityOf } from '../ingestion/authority.js'
import { NUMBER } from '../journeys/people.js'
import { visitorAs } from '../journeys/stations.js'
import { confirmedBy, issueSheet } from '../identity/sheet.js'
import { lookUp } from '../oversight/looking-up.js'
import { applyTwice, type Applied } from '../blocks/applying.js'
import { askReport, beginName, fileName, walker } from '../rectification/journey.js'
import type { TestApp } from '../support/app.js'
import type { VisitorKind } from '../support/matrix.js'

/** The demonstration person who stands for each visitor. */
export const PERSON: Readonly<Record<Exclude<VisitorKind, 'public'>, string>> = {
  letter: 'resident-letter',
  counter: 'resident-en',
  caseworker: 'caseworker',
  dpo: 'dpo',
  supervisor: 'supervisor',
  operator: 'operator',
}
const OFFICE = 'i.pf.abh'

/** What addresses of the matrix name, so that each page of it exists for somebody. */
export interface Things {
  /** An access to the data of both residents, by the office of the data protection officer. */
  readonly entry: number
  /** One that is held back until a review. */
  readonly held: number
  /** A sheet that the caseworker has not printed yet, and whom the operator has let in. */
  readonly sheet: string
  readonly invited: string
  /** A data protection officer, who may be given a further office. */
  readonly officer: string
  /** A draft of the resident whom a counter has seen, a request that they filed, and what they asked. */
  readonly draft: string
  readonly reference: string
  readonly inquiry: string
  readonly asked: AskedAtDesk & AnsweredAsking
  readonly block: Applied
  /** A report that the data protection officer asked for, not made yet. */
  readonly report: string
  /** What they searched by the number of a resident. */
  readonly lookup: string
}

/** Makes them, by the pages and deliveries that make them for everybody. */
export async function makeThings(app: TestApp): Promise<Things> {
  const office = await authorityOf(app, { code: OFFICE })
  const { body } = await office.deliver(office.events(1, 2))
  const [entry = 0, second = 0] = body['indices'] as readonly number[]
  const kept = await office.deliver(office.events(3, 1, { disclosure: 'case_review' }))
  const [held = 0] = kept.body['indices'] as readonly number[]
  await app.portal.ledger.tick()
  const sheet = await issueSheet(app, PERSON.caseworker)
  const invited = await confirmedBy(app, PERSON.operator)
  const officer = await officerOf(app)
  const resident = await walker(app, PERSON.counter)
  const reference = await fileName(resident)
  const draft = await beginName(resident)
  await resident.open(`/de/me/accesses/${second}/ask`)
  const question = { kind: 'ask', reasons: 'other' }
  const inquiry = lastOf(await resident.send(`/de/me/accesses/${second}/ask`, question))
  const report = await askReport(await walker(app, PERSON.dpo))
  const atDesk = await askedBy(app, PERSON.caseworker)
  const asked = { ...atDesk, ...(await answeredBy(app, PERSON, atDesk)) }
  const letter = { name: PERSON.letter, language: 'en' }
  const numbers = [{ scheme: 'azr', value: NUMBER }] as const
  await app.portal.enrolment.createDemoAccount({ ...letter, numbers })
  const block = await applyTwice(resident, OFFICE)
  const lookup = await lookUp(app, PERSON.dpo, NUMBER)
  return {
    ...{ entry, held, sheet, invited, officer, draft, reference, inquiry, asked, block, report },
    lookup,
  }
}

/** The first officer of the operators' list. */
async function officerOf(app: TestApp): Promise<string> {
  const { body } = await (await visitorAs(app, PERSON.operator)).get('/de/staff/people')
  return /\/people\/([0-9a-f-]{36})\/office"/.exec(body)?.[1] ?? ''
}

const lastOf = ({ to }: { readonly to: string }) => to.split('/').at(-1) ?? ''

/** A route as far as its address goes. */
export interface Addressed {
  readonly path: string
  readonly method: 'get' | 'post'
}

/** An address of the route that exists for this visitor: a letter knows kinds of offices only. */
export function addressFor(
  things: Things,
  { path, method }: Addressed,
  kind: VisitorKind = 'counter',
): string {
  const { entry, held, sheet, invited, officer, asked, block, ...others } = things
  const values: Readonly<Record<string, string>> = {
    lang: 'de',
    party: kind === 'letter' ? 'abh' : OFFICE,
    field: 'azr.family_name',
    entry: String(path.includes('/held/') ? held : entry),
    stream: 'nobody',
    seq: '1',
    sheet,
    staff: path.endsWith('/office') ? officer : invited,
    level: 'municipal',
    beside: 'fa',
    // Forms meet drafts and requests that there are not: what they do has tests of its own.
    ...(method === 'get' ? { ...others, ...asked, step: 'kind' } : {}),
    ...(method === 'get' && path.includes('/blocks') ? { ...block, step: 'grounds' } : {}),
  }
  return path
    .replace('*rest', '0/000.p/64')
    .replace(/:(\w+)/g, (_all, name: string) => values[name] ?? name)
}
