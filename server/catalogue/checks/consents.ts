import { isPeriod } from '../rules.js'
import type { Reference } from '../reference.js'

/** Consents that could not be free or explicit (GDPR Art. 7, Art. 9 (2) (a)). */
export function unlawfulConsents({ consents, purposes, fields }: Reference): string[] {
  const voluntary = new Set(
    purposes.filter(({ kind }) => kind === 'voluntary').map(({ code }) => code),
  )
  const special = new Set(fields.filter(({ art9 }) => art9).map(({ code }) => code))
  return consents.flatMap((consent) => [
    ...(voluntary.has(consent.purposeCode)
      ? []
      : [`consent ${consent.code}: the purpose ${consent.purposeCode} is not voluntary`]),
    ...(consent.fieldCodes.some((code) => special.has(code)) && !consent.explicitArt9
      ? [`consent ${consent.code}: it has a special category of data and is not explicit`]
      : []),
    ...(isPeriod(consent.defaultDuration)
      ? []
      : [`consent ${consent.code}: ${consent.defaultDuration} is no duration`]),
  ])
}
