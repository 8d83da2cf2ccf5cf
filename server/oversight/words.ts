import type { CatalogueNames } from '../catalogue/index.js'
import { FILTERS, type Chosen, type FilterName } from './filter.js'

/** Words of one language. */
export interface Tongue {
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly texts: CatalogueNames
}

/** A day as it stands beside other dates, on pages and papers of every language. */
const germanDate = (day: string): string => day.split('-').reverse().join('.')

/** One choice in words. */
export function chosenText({ t, texts }: Tongue, name: FilterName, value: string): string {
  switch (name) {
    case 'from':
    case 'until':
      return germanDate(value)
    case 'party':
      return texts.party(value).name
    case 'unit':
      return texts.unit(value).label
    case 'purpose':
      return texts.purpose(value).name
    case 'basis':
      return texts.legalBasis(value).title
    case 'kind':
      return t(`overview:kind.${value.replace(/[^a-z]+/g, '_')}`)
    case 'field':
      return texts.field(value).label
    case 'side':
      return t(`oversight:sides.${value}`)
    case 'operation':
      return t(`oversight:operation.${value}`)
    case 'flagged':
      return t(`oversight:flaggedBy.${value}`)
    case 'shown':
      return t(`oversight:shown.${value}`)
  }
}

/** What is chosen, in words of one language; the period always, so that nobody takes a part for the whole. */
export function chosenWords(
  pen: Tongue,
  chosen: Chosen,
): readonly { readonly term: string; readonly value: string }[] {
  const { t } = pen
  const always: readonly FilterName[] = ['from', 'until']
  return FILTERS.filter((name) => always.includes(name) || chosen[name] !== undefined).map(
    (name) => {
      const value = chosen[name]
      const text = value === undefined ? t('oversight:by.open') : chosenText(pen, name, value)
      return { term: t(`oversight:by.${name}`), value: text }
    },
  )
}
