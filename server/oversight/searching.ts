import { daysAfter } from '../platform/kernel/days.js'
import { chosenOf } from './choosing.js'
import { FILTERS, type Choices, type Chosen, type FilterName } from './filter.js'

/**
 * What a search is called: given names alone. A name of one's own could be that of a person or a colleague, and
 * no translation would know it.
 */
export const SEARCH_NAMES = [
  ...(['routine', 'complaint', 'unusual', 'annual', 'supervision', 'other'] as const),
] as const
export type SearchName = (typeof SEARCH_NAMES)[number]

/** The latest days that a search can look at, whenever it is opened. */
export const LATEST_DAYS = [7, 30, 90, 365] as const
export type LatestDays = (typeof LATEST_DAYS)[number]

/** So many searches an officer keeps at an office. */
export const MOST_SEARCHES = 12
/** A year after it was saved or named anew, a search that nobody named again is gone. */
export const SEARCH_KEPT_DAYS = 365

/** A search as it is kept. */
export interface SearchRow {
  readonly search: string
  readonly place: number
  readonly name: SearchName
  readonly days: LatestDays | null
  readonly filter: Readonly<Record<string, string>>
  readonly expiresOn: string
}

/** A search as it can be opened today. */
export interface SavedSearch extends Omit<SearchRow, 'filter'> {
  readonly chosen: Chosen
  /** What was chosen and can no longer be: a code that the catalogue or the office has lost. */
  readonly dropped: readonly FilterName[]
}

/** What is kept of a choice: a period that moves along has no days of its own. */
export function keptOf(chosen: Chosen, days: LatestDays | null): Chosen {
  const { from: _from, until: _until, ...rest } = chosen
  return days === null ? chosen : rest
}

/** What a search means on a day, at an office that may have other choices than when it was saved. */
export function searchOn(row: SearchRow, choices: Choices, today: string): SavedSearch {
  const { filter, ...search } = row
  const { days } = search
  const known = chosenOf(new URLSearchParams(filter), choices)
  return {
    ...search,
    chosen: days === null ? known : { ...known, from: daysAfter(today, 1 - days) },
    dropped: FILTERS.filter((name) => filter[name] !== undefined && known[name] === undefined),
  }
}
