import type { Who } from './finding.js'
import { STAND_IN } from './relay.js'

/** One address for sqlmap; a star in its path marks what is tried there. */
export interface Target {
  /** The address as the matrix writes it. */
  readonly address: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  /** A body that is no form; a star marks what is tried. */
  readonly body?: { readonly type: string; readonly text: string }
  /** Names of query or form that are tried; empty where stars say it. */
  readonly parameters: readonly string[]
  /** Tries session cookie, User-Agent and Referer as well: every page reads them in the same place. */
  readonly headersToo?: true
  /** Who may enter. */
  readonly who: Who
}

/** What really exists, so that a test starts from an answer and not from a refusal. */
export interface Known {
  readonly entry: string
  readonly party: string
  readonly field: string
  readonly purpose: string
  readonly officeEntry: string
  readonly staff: string
  readonly sheet: string
}

const RESIDENT = 'resident-ar'
/** A code that nobody was given: one that could be none is not looked up at all. */
const WELL_FORMED = 'K7QJ-2M4N-8R3T-5W6X'
/** The id of a kept form that nobody has. */
const NO_FORM = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'
const csrf = STAND_IN.csrf

/** Who is signed in while the whole portal is looked at. */
export const PEOPLE = [undefined, RESIDENT, 'caseworker', 'dpo', 'operator'] as const

/** A page whose path or query is read. */
function page(
  address: string,
  who: Who,
  parts: { path?: string; query?: Readonly<Record<string, string>>; parameters?: string[] },
): Target {
  const { path = address.replace(':lang', 'en'), query } = parts
  const parameters = parts.parameters ?? (path.includes('*') ? [] : Object.keys(query ?? {}))
  return { address, who, method: 'GET', path, parameters, ...(query ? { query } : {}) }
}

/** A form; its token is tried where there is nothing else, and otherwise left alone. */
function form(
  address: string,
  who: Who,
  fields: Readonly<Record<string, string>>,
  path = address.replace(':lang', 'en'),
): Target {
  const names = Object.keys(fields)
  const parameters = path.includes('*') ? [] : names.length === 0 ? ['csrf'] : names
  return { address, who, method: 'POST', path, parameters, form: { csrf, ...fields } }
}

/** Every page with something to read in its address. */
function pages(known: Known): Target[] {
  const filter = {
    ...{ office: known.party, purpose: known.purpose, field: known.field, operation: 'query' },
    ...{ period: '2026-11', only: 'flagged', before: '5' },
  }
  const me = '/:lang/me'
  const accesses = `/en/me/accesses/${known.entry}*`
  const rest = { path: '/log/tile/0/000*' }
  const stream = '/api/v1/streams/:stream'
  return [
    page('/:lang/', undefined, { path: '/en*/' }),
    { ...page(`${me}/accesses`, RESIDENT, { query: filter }), headersToo: true },
    page(`${me}/accesses`, RESIDENT, { query: { after: '5' } }),
    page(`${me}/offices/:party`, RESIDENT, { path: `/en/me/offices/${known.party}*` }),
    page(`${me}/data/:field`, RESIDENT, { path: `/en/me/data/${known.field}*` }),
    page(`${me}/accesses/:entry`, RESIDENT, { path: accesses }),
    page(`${me}/accesses/:entry/proof`, RESIDENT, { path: `${accesses}/proof?part=opening*` }),
    page(`${me}/messages`, RESIDENT, {
      query: { after: `2026-11-30T08:00:00.000Z_${NO_FORM}` },
    }),
    page(`${me}/messages/:message`, RESIDENT, { path: `/en/me/messages/${NO_FORM}*` }),
    page('/:lang/staff/codes', 'caseworker', { query: { kept: NO_FORM } }),
    page('/:lang/step-up', RESIDENT, { query: { next: '/en/me' } }),
    page('/:lang/directory/:level', undefined, { path: '/en/directory/federal*' }),
    page('/:lang/oversight/accesses', 'dpo', { query: { before: '5', flagged: 'yes' } }),
    page('/:lang/oversight/accesses/:entry', 'dpo', {
      path: `/de/oversight/accesses/${known.officeEntry}*`,
    }),
    page('/:lang/staff/people/:staff', 'operator', { path: `/de/staff/people/${known.staff}*` }),
    page('/:lang/staff/codes/:sheet', 'caseworker', { path: `/de/staff/codes/${known.sheet}*` }),
    page('/log/tile/*rest', undefined, rest),
    page(stream, undefined, { path: '/api/v1/streams/x*' }),
    page(`${stream}/receipts/:seq`, undefined, { path: '/api/v1/streams/x*/receipts/1*' }),
  ]
}

/** Every form, and what programs post. */
function forms(known: Known): Target[] {
  const order = { scheme: 'local', number: 'S-1', way: 'posted', year: '1990', language: 'de' }
  const credential = 'Zm9yIHNjYW5uZXJz'
  const people = '/:lang/staff/people'
  const one = `/de/staff/people/${known.staff}*`
  const codes = '/:lang/staff/codes'
  return [
    form('/:lang/sign-in', undefined, { answer: '{"id":"x"}' }),
    form('/:lang/step-up', RESIDENT, { answer: '{"id":"x"}', next: '/en/me' }),
    form('/:lang/me/devices/new', RESIDENT, { answer: '{"id":"x"}' }),
    form('/:lang/me/devices/remove', RESIDENT, { credential }),
    form('/:lang/me/devices/stop-codes', RESIDENT, {}),
    form('/:lang/me/messages/settings/code', RESIDENT, { code: '1234 5678' }),
    form('/:lang/me/messages/settings/choice', RESIDENT, { choice: 'daily' }),
    form('/:lang/me/settings', RESIDENT, { language: 'en', latest: 'yes' }),
    form('/:lang/staff/key', 'caseworker', { answer: '{"id":"x"}' }),
    form(people, 'operator', { role: 'dpo', office: 'i.pf.abh', unit: 'data_protection' }),
    form(`${people}/:staff/confirm`, 'operator', {}, `${one}/confirm`),
    form(`${people}/:staff/suspend`, 'operator', {}, `${one}/suspend`),
    form(codes, 'caseworker', { ...order, recovery: 'yes' }),
    form(`${codes}/:sheet`, 'caseworker', {}, `/de/staff/codes/${known.sheet}*`),
    form('/demo', undefined, { person: 'resident-en' }),
    {
      ...{ address: '/api/v1/streams/:stream/batches', who: undefined, method: 'POST' },
      ...{ path: '/api/v1/streams/x*/batches', parameters: [] },
      body: { type: 'application/jose', text: 'eyJhbGciOiJFZERTQSJ9.e30.AAAA*' },
    },
  ]
}

/** Everything that sqlmap tries, each address with what it reads. */
export function targetsOf(known: Known): Target[] {
  const endings = ['/:lang/me/devices/end', '/:lang/sign-out']
  return [
    // First, as each of its answers takes 400 ms: the other lane has done much when this one ends.
    form('/:lang/sign-in/code', undefined, { code: WELL_FORMED, year: '1990', shared: 'yes' }),
    ...pages(known),
    ...forms(known),
    // Last, as every request ends the session of whatever else is being tried.
    ...endings.map((address) => form(address, RESIDENT, {})),
  ]
}
