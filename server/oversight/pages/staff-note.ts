import type { Agreement } from '../agreement.js'

/** Whether rules look at single members of staff, and by which agreement, as every page of rules says it. */
export function staffNote(agreement: Agreement | undefined): object {
  const { reference = '', since = '' } = agreement ?? {}
  return { isOn: agreement !== undefined, reference, since }
}
