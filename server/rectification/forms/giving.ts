import type { FieldError } from '../../platform/kernel/inputs.js'
import { isUuid } from '../../platform/kernel/ids.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { OPENING_REASONS, type OpeningReason } from '../decision.js'
import type { ChosenCase } from '../giving.js'
import { parseReference } from '../reference.js'
import { GIVEN_NAMES, MOST_LABEL, type ViewName } from '../views.js'
import { readWords } from './words.js'

/** As many as a page of the list has. */
const MOST_CHOSEN = 25
const CHOSEN = /^([0-9A-Z]{8})\.([1-9]\d{0,8})$/

/** Cases that were ticked in a list, and to whom they go: oneself, or a colleague. */
export function readGiving(
  form: URLSearchParams,
  staff: string,
): Result<{ readonly cases: readonly ChosenCase[]; readonly to: string }, readonly FieldError[]> {
  const cases = [...new Set(form.getAll('case'))].flatMap((raw) => {
    const [, reference = '', version = ''] = CHOSEN.exec(raw) ?? []
    return isReference(reference) ? [{ reference, version: Number(version) }] : []
  })
  const to = form.get('way') === 'assign' ? (form.get('to') ?? '') : staff
  const errors = [
    ...(cases.length > 0 && cases.length <= MOST_CHOSEN ? [] : [problem('cases', 'tick')]),
    ...(isUuid(to) ? [] : [problem('to', 'choose')]),
  ]
  return errors.length > 0 ? refuse(errors) : ok({ cases, to })
}

/** References in an address, as the page of a result is asked for them. */
export function readReferences(raw: string | null): readonly string[] {
  return (raw ?? '').split('.').filter(isReference).slice(0, MOST_CHOSEN)
}

/** The name of a view: a given one, or a short one of one's own on one line. */
export function readViewName(form: URLSearchParams): Result<ViewName, readonly FieldError[]> {
  const given = GIVEN_NAMES.find((one) => one === form.get('name'))
  if (given !== undefined) return ok({ given })
  const words = readWords(form, 'label')
  if (!words.ok) return words
  const own = words.value.replace(/\s+/g, ' ')
  const length = [...own].length
  if (length === 0) return refuse([problem('label', 'viewName')])
  return length > MOST_LABEL ? refuse([problem('label', 'viewTooLong')]) : ok({ own })
}

/** The place of a view to drop; nothing where it cannot be one. */
export function readViewPlace(form: URLSearchParams): number | undefined {
  const raw = form.get('place') ?? ''
  return /^([1-9]|1[0-2])$/.test(raw) ? Number(raw) : undefined
}

/** Why a colleague's cases go to somebody else; nothing where none was chosen. */
export function readReason(form: URLSearchParams): OpeningReason | undefined {
  return OPENING_REASONS.find((one) => one === form.get('reason'))
}

function isReference(raw: string): boolean {
  const reference = parseReference(raw)
  return reference.ok && reference.value === raw
}

function problem(field: string, key: string): FieldError {
  return { field, key: `rectification:problem.${key}` }
}
