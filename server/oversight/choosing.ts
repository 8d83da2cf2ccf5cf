import {
  ACTIONS,
  FILTERS,
  FLAGGED,
  SHOWN,
  SIDES,
  type Choices,
  type Chosen,
  type FilterName,
} from './filter.js'

/** What is chosen in an address; what cannot be chosen at the office is left out. */
export function chosenOf(query: { get(name: string): string | null }, choices: Choices): Chosen {
  const chosen = FILTERS.flatMap((name) => {
    const value = query.get(name) ?? ''
    return isChoice(name, value, choices) ? [[name, value] as const] : []
  })
  return Object.fromEntries(chosen)
}

function isChoice(name: FilterName, value: string, choices: Choices): boolean {
  const among = (terms: readonly { readonly code: string }[]) =>
    terms.some(({ code }) => code === value)
  const within = (words: readonly string[]) => words.includes(value)
  switch (name) {
    case 'from':
    case 'until':
      return isCalendarDay(value)
    case 'side':
      return within(SIDES)
    case 'party':
      return among(choices.parties)
    case 'unit':
      return among(choices.units)
    case 'purpose':
      return among(choices.purposes)
    case 'basis':
      return among(choices.bases)
    case 'kind':
      return within(choices.kinds)
    case 'field':
      return among(choices.fields)
    case 'operation':
      return within(ACTIONS)
    case 'flagged':
      return within(FLAGGED)
    case 'shown':
      return within(SHOWN)
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function isCalendarDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
