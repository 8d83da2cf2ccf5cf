import { form, page, type Known, type Target } from './target.js'

const REPORTS = '/:lang/oversight/reports'
/** A report that nobody has. */
const NONE = '/de/oversight/reports/X7K2M4NP*'

/** Accesses of an office as data protection officers choose and take them out, and what is asked about reports. */
export function reportTargets(known: Known): Target[] {
  const checked = { reference: 'X7K2M4NP', hash: 'a'.repeat(64) }
  return [
    ...['accesses', 'accesses.csv', 'accesses.json', 'reports/new'].map((end) =>
      page(`/:lang/oversight/${end}`, 'dpo', { query: explored(known) }),
    ),
    page(`${REPORTS}/:report`, 'dpo', { path: NONE }),
    page(`${REPORTS}/:report/files/:part`, 'dpo', { path: `${NONE}/files/1*` }),
    page('/:lang/check', undefined, { query: checked }),
    form(REPORTS, 'dpo', { query: 'side=received', language: 'ar' }),
    form(`${REPORTS}/:report/cancel`, 'dpo', {}, `${NONE}/cancel`),
    form('/:lang/check', undefined, {}),
    page('/:lang/oversight/figures', 'dpo', { query: { days: '90' } }),
    form('/:lang/oversight/check', 'dpo', {}),
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
