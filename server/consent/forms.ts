import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { HELPERS, WHOLE } from './rules.js'
import type { OwnAnswer } from './service.js'

/** A step of something that a page showed, or 0 where it cannot be one. */
export function readStep(form: URLSearchParams): number {
  const raw = form.get('step') ?? ''
  return /^[1-9]\d{0,8}$/.test(raw) ? Number(raw) : 0
}

/** What is read of an answer beside the language of the page. */
export type ReadAnswer = Omit<OwnAnswer, 'language'>

/**
 * An answer to an asking with these parts. Nothing is ticked beforehand, so a yes without a tick allows nothing and
 * is asked again; a no needs nothing else.
 */
export function readAnswer(
  form: URLSearchParams,
  asked: { readonly parts: readonly string[]; readonly minAge: number | null },
): Result<ReadAnswer, readonly FieldError[]> {
  const step = readStep(form)
  const helper = HELPERS.find((one) => one === form.get('helper')) ?? 'none'
  const said = form.get('answer')
  if (said === 'no') return ok({ allowed: [], step, helper, isOfAge: false })
  if (said !== 'yes') return refuse([problem('answer', 'answer')])
  const isWhole = asked.parts.length === 1 && asked.parts[0] === WHOLE
  const ticked = form.getAll('parts')
  const allowed = isWhole ? asked.parts : asked.parts.filter((part) => ticked.includes(part))
  const isOfAge = form.get('age') === 'yes'
  const errors = [
    ...(allowed.length === 0 ? [problem('parts', 'parts')] : []),
    ...(asked.minAge !== null && !isOfAge ? [problem('age', 'age')] : []),
  ]
  return errors.length > 0 ? refuse(errors) : ok({ allowed, step, helper, isOfAge })
}

function problem(field: string, key: string): FieldError {
  return { field, key: `consent:problem.${key}` }
}
