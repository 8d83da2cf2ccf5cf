import type { PageRow } from './matrix.js'

/** A letter alone may be opened by somebody else: it downloads nothing. */
const KNOWN = { method: 'get', enter: ['counter'], weak: ['letter'] } as const

/** What residents take with them. */
export const COPIES: readonly PageRow[] = [
  { ...KNOWN, route: 'reports.copy', path: '/:lang/me/copy' },
  { ...KNOWN, route: 'reports.copy-file', path: '/:lang/me/copy/mirat.json' },
  { ...KNOWN, route: 'reports.copy-table', path: '/:lang/me/copy/mirat.csv' },
  { ...KNOWN, route: 'reports.copy-whole', path: '/:lang/me/copy/report.pdf' },
  {
    ...KNOWN,
    ...{ route: 'reports.copy-part', path: '/:lang/me/copy/report/:paper/:part', absent: true },
  },
  { ...KNOWN, route: 'reports.copy-summary', path: '/:lang/me/copy/summary.pdf' },
  { ...KNOWN, route: 'reports.copy-whole-beside', path: '/:lang/me/copy/:beside/report.pdf' },
  { ...KNOWN, route: 'reports.copy-summary-beside', path: '/:lang/me/copy/:beside/summary.pdf' },
]
