import { labelOf, type Purpose } from '../catalogue/index.js'

/** The words that a purpose carries on pages: ordered by law, or a free choice (Art. 7 GDPR). */
export type Label = 'law' | 'voluntary'

/** The label of a purpose; the duty to cooperate stands only where the catalogue marks it, which is nowhere. */
export function labelFor(purpose: Purpose): Label {
  return labelOf(purpose) === 'voluntary' ? 'voluntary' : 'law'
}
