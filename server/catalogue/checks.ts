import { badMunicipalityKeys, repeatedCodes } from './checks/codes.js'
import { unlawfulConsents } from './checks/consents.js'
import { flowContradictions, missingPortalFlows } from './checks/flows.js'
import { brokenLinks } from './checks/links.js'
import {
  badClasses,
  badDelays,
  badFieldRetention,
  badPeriods,
  unclassedRegisters,
} from './checks/periods.js'
import { missingTexts } from './checks/texts.js'
import type { Reference } from './reference.js'

/** What must hold of the reference data beyond its shape, each as a function from data to faults. */
export const CHECKS: readonly ((reference: Reference) => readonly string[])[] = [
  repeatedCodes,
  badMunicipalityKeys,
  brokenLinks,
  flowContradictions,
  missingPortalFlows,
  unlawfulConsents,
  missingTexts,
  badPeriods,
  badFieldRetention,
  badClasses,
  unclassedRegisters,
  badDelays,
]

/** All faults of the reference data, in the order of the checks. */
export function faultsOf(reference: Reference): string[] {
  return CHECKS.flatMap((check) => [...check(reference)])
}
