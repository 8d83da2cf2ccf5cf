import type { PageRow } from './matrix.js'

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
