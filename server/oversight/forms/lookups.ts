import type { GivenNumber } from '../../identity/index.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { LOOKUP_REASONS, SCHEMES, type LookupReason } from '../lookup.js'

const LONGEST_NUMBER = 100

/** Whom an officer searches, and why. */
export interface WantedLookup {
  readonly number: GivenNumber
  readonly reason: LookupReason
}

/** Reads a search; `office` is the code of the officer's own office, whose own numbers are meant. */
export function readLookupForm(
  form: URLSearchParams,
  office: string,
): Result<WantedLookup, readonly FieldError[]> {
  const scheme = SCHEMES.find((one) => one === form.get('scheme'))
  const reason = LOOKUP_REASONS.find((one) => one === form.get('reason'))
  const value = (form.get('number') ?? '').trim().slice(0, LONGEST_NUMBER)
  const errors: FieldError[] = [
    ...(scheme ? [] : [{ field: 'scheme', key: CHOOSE }]),
    ...(value === '' ? [NO_NUMBER] : []),
    ...(reason ? [] : [{ field: 'reason', key: CHOOSE }]),
  ]
  if (scheme === undefined || reason === undefined || errors.length > 0) return refuse(errors)
  const own = scheme === 'local' ? { authority: office } : {}
  return ok({ number: { scheme, value, ...own }, reason })
}

const CHOOSE = 'rectification:problem.choose'
/** What is said of a number that is none. */
export const NO_NUMBER: FieldError = { field: 'number', key: 'oversight-lookups:problem.number' }
