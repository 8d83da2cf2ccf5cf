import type { PageRow, ProgramRow } from './matrix.js'

/** Receipts of permissions: for the person alone, and not for whoever opened a letter. */
export const RECEIPTS: readonly PageRow[] = [
  ['receipt', 'receipt'],
  ['receipt-pdf', 'receipt.pdf'],
  ['receipt-json', 'receipt.json'],
].map(([name, end]) => ({
  route: `consent.${name}`,
  method: 'get',
  path: `/:lang/me/permissions/:reference/${end}`,
  enter: ['counter'],
  weak: ['letter'],
  absent: true,
}))

const API = '/api/v1/consent'

/** Programs of controllers: nothing without a signature. */
export const CONSENT_PROGRAMS: readonly ProgramRow[] = [
  {
    route: 'ingestion.consent-agreements',
    method: 'get',
    path: `${API}/config/data-agreements`,
    unsigned: 401,
  },
  {
    route: 'ingestion.consent-agreement',
    method: 'get',
    path: `${API}/config/data-agreement/:agreement`,
    unsigned: 401,
  },
  {
    route: 'ingestion.consent-record',
    method: 'get',
    path: `${API}/audit/consent-record/:record`,
    unsigned: 401,
  },
  {
    route: 'ingestion.consent-validity',
    method: 'get',
    path: `${API}/service/verification/consent-record/:record`,
    unsigned: 401,
  },
  { route: 'ingestion.consent-ask', method: 'post', path: `${API}/asks`, unsigned: 415 },
]
