import type { PageRow } from './matrix.js'

/** A letter alone may be opened by somebody else: it downloads nothing. */
const KNOWN = { method: 'get', enter: ['counter'], weak: ['letter'] } as const

/** What residents take with them. */
export const COPIES: readonly PageRow[] = [
  { ...KNOWN, route: 'reports.documents', path: '/:lang/me/documents' },
  { ...KNOWN, route: 'reports.copy-file', path: '/:lang/me/documents/export.json' },
  { ...KNOWN, route: 'reports.copy-table', path: '/:lang/me/documents/export.csv' },
  { ...KNOWN, route: 'reports.copy-whole', path: '/:lang/me/documents/report.pdf' },
  {
    ...KNOWN,
    ...{
      route: 'reports.copy-part',
      path: '/:lang/me/documents/report/:paper/:part',
      absent: true,
    },
  },
  { ...KNOWN, route: 'reports.copy-summary', path: '/:lang/me/documents/summary.pdf' },
  { ...KNOWN, route: 'reports.copy-whole-beside', path: '/:lang/me/documents/:beside/report.pdf' },
  {
    ...KNOWN,
    route: 'reports.copy-summary-beside',
    path: '/:lang/me/documents/:beside/summary.pdf',
  },
]
