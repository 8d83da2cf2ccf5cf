import type { Who } from './finding.js'
import { STAND_IN } from './relay.js'

/** One address for sqlmap; a star in its path marks what is tried there. */
export interface Target {
  /** The address as the matrix writes it. */
  readonly address: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  /** A body that is no form; a star marks what is tried. */
  readonly body?: { readonly type: string; readonly text: string }
  /** Names of query or form that are tried; empty where stars say it. */
  readonly parameters: readonly string[]
  /** Tries session cookie, User-Agent and Referer as well: every page reads them in the same place. */
  readonly headersToo?: true
  /** Who may enter. */
  readonly who: Who
}

/** What really exists, so that a test starts from an answer and not from a refusal. */
export interface Known {
  readonly entry: string
  readonly party: string
  readonly field: string
  readonly purpose: string
  readonly officeEntry: string
  readonly staff: string
  readonly sheet: string
  /** A draft and a filed request of the resident, and a case of the caseworker. */
  readonly draft: string
  readonly request: string
  readonly caseOf: string
}

export const RESIDENT = 'resident-ar'
const csrf = STAND_IN.csrf

/** A page whose path or query is read. */
export function page(
  address: string,
  who: Who,
  parts: { path?: string; query?: Readonly<Record<string, string>>; parameters?: string[] },
): Target {
  const { path = address.replace(':lang', 'en'), query } = parts
  const parameters = parts.parameters ?? (path.includes('*') ? [] : Object.keys(query ?? {}))
  return { address, who, method: 'GET', path, parameters, ...(query ? { query } : {}) }
}

/** A form; its token is tried where there is nothing else, and otherwise left alone. */
export function form(
  address: string,
  who: Who,
  fields: Readonly<Record<string, string>>,
  path = address.replace(':lang', 'en'),
): Target {
  const names = Object.keys(fields)
  const parameters = path.includes('*') ? [] : names.length === 0 ? ['csrf'] : names
  return { address, who, method: 'POST', path, parameters, form: { csrf, ...fields } }
}
