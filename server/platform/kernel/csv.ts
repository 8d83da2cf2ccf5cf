/** Spreadsheets read UTF-8 as something else without it. */
export const BYTE_ORDER_MARK = '\ufeff'

/** What spreadsheets take for the beginning of a formula, also behind spaces (security.md, files). */
const FORMULA = /^\s*[=+\-@\t\r]/

/** One cell, always in quotes; none is taken for a formula. */
export function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** One line of a table (RFC 4180). */
export function lineOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}
