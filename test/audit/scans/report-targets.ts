import { form, page, RESIDENT, type Known, type Target } from './target.js'

const REPORTS = '/:lang/oversight/reports'
const RELEASES = '/:lang/oversight/releases'
const WAITING = '/de/oversight/releases/X7K2M4NP*'
const UNMASKINGS = '/:lang/oversight/unmaskings'
const WISH = '/de/oversight/unmaskings/X7K2M4NP*'
/** A report that nobody has. */
const NONE = '/de/oversight/reports/X7K2M4NP*'
/** A tiding that nobody has. */
const NO_TIDING = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'

/** Accesses of an office as data protection officers choose and take them out, and what is asked about reports. */
export function reportTargets(known: Known): Target[] {
  const checked = { reference: 'X7K2M4NP', hash: 'a'.repeat(64) }
  return [
    ...['accesses', 'reports/new'].map((end) =>
      page(`/:lang/oversight/${end}`, 'dpo', { query: explored(known) }),
    ),
    page('/:lang/oversight/held', 'dpo', { query: { after: '2026-11-30.5' } }),
    page('/:lang/oversight/held/:entry', 'dpo', { path: '/de/oversight/held/5*' }),
    form(
      '/:lang/oversight/held/:entry',
      'dpo',
      { seen: '0', finding: 'ended', reason: 'consent', day: '2026-11-30' },
      '/de/oversight/held/5*',
    ),
    page('/:lang/oversight/reviews', 'supervisor', {}),
    form(
      '/:lang/oversight/reviews/:entry/:number',
      'supervisor',
      { decision: 'confirmed' },
      '/de/oversight/reviews/5*/1*',
    ),
    page('/:lang/oversight/looks', 'supervisor', { query: { office: 'i.pf.abh', before: '5' } }),
    page(`${REPORTS}/:report`, 'dpo', { path: NONE }),
    page(`${REPORTS}/:report/files/:part`, 'dpo', { path: `${NONE}/files/1*` }),
    ...flagTargets(),
    ...searchTargets(),
    page('/:lang/me/documents/report/:paper/:part', RESIDENT, {
      path: '/en/me/documents/report/X7K2M4NP*/1*',
    }),
    page('/:lang/check', undefined, { query: checked }),
    form(REPORTS, 'dpo', {
      query: 'side=received',
      language: 'ar',
      format: 'csv',
      reason: 'audit',
    }),
    form(`${REPORTS}/:report/cancel`, 'dpo', {}, `${NONE}/cancel`),
    page('/:lang/oversight/lookups', 'supervisor', {}),
    page('/:lang/oversight/lookups/:lookup', 'dpo', { path: '/de/oversight/lookups/X7K2M4NP*' }),
    form('/:lang/oversight/lookups', 'dpo', { scheme: 'local', number: 'S-1', reason: 'access' }),
    page(RELEASES, 'supervisor', {}),
    form(`${RELEASES}/:report`, 'supervisor', { decision: 'released' }, WAITING),
    form(UNMASKINGS, 'dpo', { entry: known.officeEntry, reason: 'misuse' }),
    page(`${UNMASKINGS}/:unmasking`, 'dpo', { path: WISH }),
    form(`${UNMASKINGS}/:unmasking`, 'supervisor', { decision: 'released' }, WISH),
    form('/:lang/check', undefined, {}),
    page('/:lang/staff/inbox', 'dpo', { query: { after: NO_TIDING } }),
    page('/:lang/staff/inbox/:tiding', 'dpo', { path: `/de/staff/inbox/${NO_TIDING}*` }),
    form('/:lang/staff/inbox', 'dpo', { until: NO_TIDING }),
    page('/:lang/oversight/requests/outcomes', 'dpo', {}),
    page('/:lang/oversight/blocks', 'dpo', {
      query: { show: 'over', after: '2026-11-30.X7K2M4NP' },
    }),
    page('/:lang/oversight/blocks/:reference', 'dpo', { path: '/de/oversight/blocks/X7K2M4NP*' }),
    page('/:lang/oversight/figures', 'dpo', { query: { days: '90' } }),
    form('/:lang/oversight/check', 'dpo', {}),
  ]
}

/** Searches that officers keep. */
function searchTargets(): Target[] {
  const searches = '/:lang/oversight/searches'
  const none = '/de/oversight/searches/6b1f0c52-0000-4000-8000-000000000000*'
  return [
    page(searches, 'dpo', {}),
    page(`${searches}/new`, 'dpo', { query: { side: 'received', flagged: 'yes' } }),
    page(`${searches}/:search`, 'dpo', { path: none }),
    form(searches, 'dpo', { query: 'side=received', name: 'routine', days: '30' }),
    form(`${searches}/:search/name`, 'dpo', { name: 'annual' }, `${none}/name`),
    form(`${searches}/:search/drop`, 'dpo', {}, `${none}/drop`),
  ]
}

/** What the rules of oversight found, how they are set, and a trial. */
function flagTargets(): Target[] {
  const flags = '/:lang/oversight/flags'
  const none = '/de/oversight/flags/5*/no_case'
  return [
    page(flags, 'dpo', { query: { state: 'new', rule: 'no_case', after: '20.5.no_case' } }),
    page(`${flags}/rules`, 'dpo', { query: { from: '2026-11-01', until: '2026-11-30' } }),
    page(`${flags}/:entry/:flagRule`, 'dpo', { path: none }),
    form(`${flags}/rules`, 'dpo', { rule: 'no_case', to: 'off', after: '0' }),
    form(`${flags}/:entry/:flagRule`, 'dpo', { act: 'asked.unit', version: '0' }, none),
    ...questionTargets(),
  ]
}

/** Questions of officers to units, and the answers. */
function questionTargets(): Target[] {
  const flags = '/:lang/oversight/flags'
  const work = '/:lang/work/questions'
  const place = { show: 'ended', after: '2026-11-30.X7K2M4NP' }
  const none = '/de/work/questions/X7K2M4NP*'
  return [
    page(`${flags}/questions`, 'dpo', { query: place }),
    page(`${flags}/questions/:question/answer`, 'dpo', {
      path: '/de/oversight/flags/questions/X7K2M4NP*/answer',
    }),
    form(
      `${flags}/:entry/:flagRule/ask`,
      'dpo',
      { wants: 'case', version: '0' },
      '/de/oversight/flags/5*/no_case/ask',
    ),
    page(work, 'caseworker', { query: place }),
    page(`${work}/:question`, 'caseworker', { path: none }),
    form(`${work}/:question`, 'caseworker', { answer: 'case_here', caseRef: 'AZ 1/2' }, none),
  ]
}

/** Everything by which accesses of an office are chosen. */
function explored(known: Known): Record<string, string> {
  return {
    ...{
      from: '2026-01-01',
      until: '2026-12-31',
      side: 'received',
      party: 'bva',
      unit: 'casework',
    },
    ...{ purpose: known.purpose, basis: 'azrg_6', kind: 'identity', field: known.field },
    ...{ operation: 'query', flagged: 'no', shown: 'yes' },
  }
}
