import list from '../data/nationalities.json' with { type: 'json' }
import { ok, refuse, type Result } from '../../platform/kernel/result.js'

/** A nationality that a request can name. */
export interface Nationality {
  /** ISO 3166-1 alpha-3 (Kosovo: the user-assigned `XKX`), or `stateless` or `unclear`. */
  readonly code: string
  /** ISO 3166-1 alpha-2 (Kosovo: `XK`), by which `Intl.DisplayNames` knows the country's name. */
  readonly alpha2?: string
  /** The key of the Federal Statistical Office, three digits. */
  readonly destatis: string
}

/** The list that the keys are taken from, and its version, to be named wherever a key goes out. */
export const NATIONALITY_LIST = { list: list.list, version: list.version } as const

/** What a register says of a person whom no state regards as its national, or where that is open. */
const WITHOUT_STATE: readonly Nationality[] = [
  { code: 'stateless', destatis: '997' },
  { code: 'unclear', destatis: '998' },
]

/**
 * All nationalities that are offered: those of today's states and regions by the list of the Federal
 * Statistical Office. Former states, British overseas territories (no ISO code of their own) and
 * 'without indication' (999) are not offered: nobody asks that their data become so.
 */
export const NATIONALITIES: readonly Nationality[] = [...list.entries, ...WITHOUT_STATE]

/** More than anybody is known to have, so that a form has an end. */
export const MOST_NATIONALITIES = 10

/** Why a list of codes is no answer to "which nationalities". */
export type NationalityFault =
  | { readonly code: 'EMPTY' | 'TOO_MANY' }
  | { readonly code: 'UNKNOWN' | 'TWICE' | 'ALONE'; readonly value: string }

/** Codes of the machine-readable zone that are not ISO 3166-1 (ICAO Doc 9303 part 3 section 5). */
const OF_ZONES: Readonly<Record<string, string>> = { D: 'DEU', RKS: 'XKX', XXA: 'stateless' }

const byCode = new Map(NATIONALITIES.map((nationality) => [nationality.code, nationality]))
const alone = new Set(WITHOUT_STATE.map(({ code }) => code))

/** The nationality of a code, or nothing where the list has none. */
export function nationalityOf(code: string): Nationality | undefined {
  return byCode.get(code)
}

/**
 * The nationality that a machine-readable zone names, or nothing: the codes of refugees (XXB, XXC) and
 * of unspecified holders say nothing about nationality.
 */
export function nationalityOfZone(code: string): Nationality | undefined {
  return nationalityOf(OF_ZONES[code] ?? code)
}

/**
 * The nationalities of a person: one or several, each once. `stateless` and `unclear` stand alone,
 * because beside a nationality they would deny it.
 */
export function nationalitiesOf(
  codes: readonly string[],
): Result<readonly Nationality[], NationalityFault> {
  if (codes.length === 0) return refuse({ code: 'EMPTY' })
  if (codes.length > MOST_NATIONALITIES) return refuse({ code: 'TOO_MANY' })
  const found = codes.map((code) => nationalityOf(code))
  const unknown = codes.find((code) => !byCode.has(code))
  if (unknown !== undefined) return refuse({ code: 'UNKNOWN', value: unknown })
  const twice = codes.find((code, place) => codes.indexOf(code) !== place)
  if (twice !== undefined) return refuse({ code: 'TWICE', value: twice })
  const single = codes.length > 1 ? codes.find((code) => alone.has(code)) : undefined
  if (single !== undefined) return refuse({ code: 'ALONE', value: single })
  return ok(found.filter((nationality) => nationality !== undefined))
}
