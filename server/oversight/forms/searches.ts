import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { LATEST_DAYS, SEARCH_NAMES, type LatestDays, type SearchName } from '../searching.js'

/** The name of a search: one of those that are given. */
export function readSearchName(form: URLSearchParams): Result<SearchName, readonly FieldError[]> {
  const name = SEARCH_NAMES.find((one) => one === form.get('name'))
  return name === undefined
    ? refuse([{ field: 'name', key: 'rectification:problem.choose' }])
    : ok(name)
}

/** The latest days, or null where the days that were chosen stand; what is none of them counts as that. */
export function readLatestDays(form: URLSearchParams): LatestDays | null {
  return LATEST_DAYS.find((days) => String(days) === form.get('days')) ?? null
}
