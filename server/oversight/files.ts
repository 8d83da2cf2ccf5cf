/** What spreadsheets take for the beginning of a formula, also behind spaces (security.md, files). */
const FORMULA = /^\s*[=+\-@\t\r]/

/** One cell, always in quotes. */
export function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
