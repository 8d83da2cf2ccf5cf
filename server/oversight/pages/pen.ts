import type { CatalogueTexts } from '../../catalogue/index.js'

/** What pages are written with: texts of the catalogue, words of the locale, addresses. */
export interface Pen {
  readonly texts: CatalogueTexts
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly to: (name: string, parts?: Record<string, string | number>) => string
}

/** The same for figures, which are drawn in the direction of the script. */
export interface FigurePen extends Pen {
  readonly direction: 'ltr' | 'rtl'
}
