import type { Scope } from '../../platform/db/transaction.js'

/**
 * The scope in which rules read an office, with a login of their own: pages have it for the sums of a
 * trial, and for what explains one opened access.
 */
export function watchingScope(office: number): Scope {
  return { login: 'watch', role: 'watch', readOnly: true, settings: { office: String(office) } }
}
