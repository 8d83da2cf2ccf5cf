/** Legal bases of a duty to cooperate: refusing can cost a benefit, after a written notice (SGB I §§ 60, 66). */
const DUTIES: readonly string[] = ['sgb1_60', 'asylblg_7_8a', 'estg_68']

/** Under which of the three labels something is held; they are never mixed (SGB I §§ 60-67; GDPR Article 7). */
export type Ground = 'law' | 'duty' | 'voluntary'

/** The label of a purpose on a legal basis. */
export function groundOf(held: {
  readonly purpose: { readonly kind: 'mandatory' | 'voluntary' }
  readonly legalBasis: { readonly code: string }
}): Ground {
  if (held.purpose.kind === 'voluntary') return 'voluntary'
  return DUTIES.includes(held.legalBasis.code) ? 'duty' : 'law'
}
