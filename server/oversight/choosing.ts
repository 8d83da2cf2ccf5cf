import { isCalendarDay } from '../platform/kernel/days.js'
import { choicesUnder, FILTERS, type Choices, type Chosen, type FilterName } from './filter.js'

/** What is chosen in an address; what cannot be chosen at the office is left out. */
export function chosenOf(query: { get(name: string): string | null }, choices: Choices): Chosen {
  const chosen = FILTERS.flatMap((name) => {
    const value = query.get(name) ?? ''
    return isChoice(name, value, choices) ? [[name, value] as const] : []
  })
  return Object.fromEntries(chosen)
}

function isChoice(name: FilterName, value: string, choices: Choices): boolean {
  return name === 'from' || name === 'until'
    ? isCalendarDay(value)
    : choicesUnder(name, choices).includes(value)
}
