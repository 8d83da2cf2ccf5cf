import type { CatalogueTexts } from '../catalogue/index.js'
import { FILTERS, type Chosen, type FilterName } from './filter.js'

/** Words of one language. */
export interface Tongue {
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly texts: CatalogueTexts
}

/** One choice in words. */
export function chosenText({ t, texts }: Tongue, name: FilterName, value: string): string {
  switch (name) {
    case 'from':
    case 'until':
      return value
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
    case 'operation':
    case 'flagged':
    case 'shown':
      return t(`oversight:${LISTS[name]}.${value}`)
  }
}

const LISTS = {
  side: 'sides',
  operation: 'operation',
  flagged: 'flaggedBy',
  shown: 'shown',
} as const

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
