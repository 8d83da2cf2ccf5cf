/** What is counted of consents, in the order of the page. */
export const CONSENT_FIGURES = [
  ...(['given', 'withdrawn', 'expired', 'superseded'] as const),
  ...(['waiting', 'executed', 'median_hours', 'p90_hours'] as const),
] as const
