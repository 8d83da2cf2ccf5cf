import { ADDRESSES, type Address } from './addresses.js'
import { consentTargets } from './consent-targets.js'
import { blockTargets } from './block-targets.js'
import { reportTargets } from './report-targets.js'
import { requestTargets } from './request-targets.js'
import { form, page, RESIDENT, type Known, type Target } from './target.js'

/** A code that nobody was given: one that could be none is not looked up at all. */
const WELL_FORMED = 'K7QJ-2M4N-8R3T-5W6X'
/** The id of a kept form that nobody has. */
const NO_FORM = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'

/** Who is signed in while the whole portal is looked at. */
export const PEOPLE = [undefined, RESIDENT, 'caseworker', 'dpo', 'operator'] as const

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
  const consents = '/api/v1/consent'
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
    ...['report', 'summary'].map((end) =>
      page(`${me}/documents/:beside/${end}.pdf`, RESIDENT, {
        path: `/en/me/documents/fa*/${end}.pdf`,
      }),
    ),
    page('/:lang/staff/codes', 'caseworker', { query: { kept: NO_FORM } }),
    page('/:lang/step-up', RESIDENT, { query: { next: '/en/me' } }),
    page('/:lang/directory/:level', undefined, { path: '/en/directory/federal*' }),
    page('/:lang/oversight/accesses', 'dpo', { query: { before: '5', flagged: 'yes' } }),
    page('/:lang/oversight/requests', 'dpo', { query: { after: '2026-11-30.ABCD2345' } }),
    page('/:lang/work/queue', 'caseworker', {
      query: { state: 'received', who: 'gone', due: 'over', evidence: 'with', order: 'filed' },
    }),
    page('/:lang/work/queue/given', 'caseworker', { query: { done: 'ABCD2345', missed: 'X' } }),
    page('/:lang/oversight/accesses/:entry', 'dpo', {
      path: `/de/oversight/accesses/${known.officeEntry}*`,
    }),
    page(`${me}/accesses/:entry/ask`, RESIDENT, {
      path: `/en/me/accesses/${known.entry}/ask`,
      query: { kind: 'surprise' },
    }),
    page(`${me}/inquiries/:inquiry`, RESIDENT, { path: '/en/me/inquiries/X7K2M4NP*' }),
    page(`${me}/permissions/asked/:asking`, RESIDENT, {
      path: '/en/me/permissions/asked/X7K2M4NP*',
    }),
    page(`${me}/permissions/:permission`, RESIDENT, { path: '/en/me/permissions/X7K2M4NP*' }),
    ...['receipt', 'receipt.pdf', 'receipt.json'].map((end) =>
      page(`${me}/permissions/:reference/${end}`, RESIDENT, {
        path: `/en/me/permissions/X7K2M4NP*/${end}?entry=1*`,
      }),
    ),
    page('/:lang/oversight/inquiries', 'dpo', {
      query: { show: 'ended', after: '2026-12-30.6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e' },
    }),
    page('/:lang/oversight/inquiries/:inquiry', 'dpo', {
      path: '/de/oversight/inquiries/X7K2M4NP*',
    }),
    page('/:lang/staff/people/:staff', 'operator', { path: `/de/staff/people/${known.staff}*` }),
    page('/:lang/staff/people/:staff/office', 'operator', {
      path: `/de/staff/people/${known.staff}*/office`,
    }),
    page('/:lang/staff/codes/:sheet', 'caseworker', { path: `/de/staff/codes/${known.sheet}*` }),
    page('/log/tile/*rest', undefined, rest),
    page(stream, undefined, { path: '/api/v1/streams/x*' }),
    page(`${consents}/config/data-agreement/:agreement`, undefined, {
      path: `${consents}/config/data-agreement/${NO_FORM}*`,
    }),
    page(`${consents}/audit/consent-record/:record`, undefined, {
      path: `${consents}/audit/consent-record/${NO_FORM}*`,
    }),
    page(`${consents}/service/verification/consent-record/:record`, undefined, {
      path: `${consents}/service/verification/consent-record/${NO_FORM}*?at=2026-11-30T08:00:00Z*`,
    }),
    page(`${stream}/receipts/:seq`, undefined, { path: '/api/v1/streams/x*/receipts/1*' }),
  ]
}

/** Every form, and what programs post. */
function forms(known: Known): Target[] {
  const desk = { scheme: 'local', number: 'S-1', way: 'posted', housing: 'own' }
  const order = { ...desk, year: '1990', language: 'de' }
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
    form('/:lang/me/messages/settings/address', RESIDENT, { address: 'amina@mail.example' }),
    form('/:lang/me/messages/settings/remove', RESIDENT, {}),
    form('/:lang/me/messages/settings/code', RESIDENT, { code: '1234 5678' }),
    form('/:lang/me/messages/settings/choice', RESIDENT, { choice: 'daily' }),
    form('/:lang/me/settings', RESIDENT, { language: 'en', latest: 'yes' }),
    form('/:lang/staff/key', 'caseworker', { answer: '{"id":"x"}' }),
    form(people, 'operator', { role: 'dpo', office: 'i.pf.abh', unit: 'data_protection' }),
    form(`${people}/:staff/confirm`, 'operator', {}, `${one}/confirm`),
    form(`${people}/:staff/suspend`, 'operator', {}, `${one}/suspend`),
    form(`${people}/:staff/office`, 'operator', { office: 'i.pf.jobcenter' }, `${one}/office`),
    form('/:lang/staff/office', 'dpo', { staff: known.staff }),
    form('/:lang/work/queue/given', 'caseworker', {
      case: 'ABCD2345.1',
      way: 'assign',
      to: NO_FORM,
    }),
    form('/:lang/work/queue/views', 'caseworker', { label: 'x', query: 'order=kind' }),
    form('/:lang/work/queue/views/drop', 'caseworker', { place: '12' }),
    form(
      `/:lang/me/accesses/:entry/ask`,
      RESIDENT,
      { kind: 'ask', reasons: 'other', words: 'x' },
      `/en/me/accesses/${known.entry}/ask`,
    ),
    form(
      '/:lang/me/permissions/asked/:asking',
      RESIDENT,
      { step: '1', answer: 'yes', parts: 'all', helper: 'none', age: 'yes' },
      '/en/me/permissions/asked/X7K2M4NP*',
    ),
    form(
      '/:lang/me/permissions/asked/:asking/interpreter',
      RESIDENT,
      {},
      '/en/me/permissions/asked/X7K2M4NP*/interpreter',
    ),
    form(
      '/:lang/me/permissions/:permission/stop',
      RESIDENT,
      {},
      '/en/me/permissions/X7K2M4NP*/stop',
    ),
    ...['withdraw', 'close'].map((word) =>
      form(
        `/:lang/me/inquiries/:inquiry/${word}`,
        RESIDENT,
        {},
        `/en/me/inquiries/X7K2M4NP*/${word}`,
      ),
    ),
    form(
      '/:lang/oversight/inquiries/:inquiry/:word',
      'dpo',
      { version: '1', finding: 'duty', measures: 'examined', words_de: 'x' },
      '/de/oversight/inquiries/X7K2M4NP/answer',
    ),
    form('/:lang/oversight/confirmations', 'supervisor', {
      proposal: 'ABCD2345.1764460800000',
      reason: 'evidence',
    }),
    form(codes, 'caseworker', { ...order, recovery: 'yes' }),
    form(`${codes}/:sheet`, 'caseworker', {}, `/de/staff/codes/${known.sheet}*`),
    form('/demo', undefined, { person: 'resident-en' }),
    {
      ...{ address: '/api/v1/streams/:stream/batches', who: undefined, method: 'POST' },
      ...{ path: '/api/v1/streams/x*/batches', parameters: [] },
      body: { type: 'application/jose', text: 'eyJhbGciOiJFZERTQSJ9.e30.AAAA*' },
    },
    {
      ...{ address: '/api/v1/streams/:stream/appointments', who: undefined, method: 'POST' },
      ...{ path: '/api/v1/streams/x*/appointments', parameters: [] },
      body: { type: 'application/jose', text: 'eyJhbGciOiJFZERTQSJ9.e30.AAAA*' },
    },
    {
      ...{ address: '/api/v1/consent/asks', who: undefined, method: 'POST' },
      ...{ path: '/api/v1/consent/asks', parameters: [] },
      body: { type: 'application/jose', text: 'eyJhbGciOiJFZERTQSJ9.e30.AAAA*' },
    },
  ]
}

/** Everything that sqlmap tries, each address with what it reads. */
export function targetsOf(known: Known): Target[] {
  const endings = ['/:lang/me/devices/end', '/:lang/sign-out']
  return [
    // First, as each of its answers takes 400 ms: the other lane has done much when this one ends.
    form('/:lang/activate', undefined, { code: WELL_FORMED, year: '1990', shared: 'yes' }),
    ...pages(known),
    ...forms(known),
    ...requestTargets(known),
    ...reportTargets(known),
    ...consentTargets(),
    ...blockTargets(),
    // Last, as every request ends the session of whatever else is being tried.
    ...endings.map((address) => form(address, RESIDENT, {})),
  ]
}

/** Every address that reads something from its path or from a form must be among sqlmap's; those that are not. */
export function untriedOf(targets: readonly Target[]): string[] {
  const reads = ({ method, path }: Address) => method === 'post' || /[:*](?!lang)/.test(path)
  const tried = new Set(targets.map(({ address, method }) => `${method} ${address}`))
  return ADDRESSES.filter((one) => reads(one) && one.ends !== true)
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    .filter((name) => !tried.has(name))
}
