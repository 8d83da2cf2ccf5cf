import type { FieldError } from '../../platform/kernel/inputs.js'
import { refuse, type Result } from '../../platform/kernel/result.js'
import { readWords as readKernelWords } from '../../platform/kernel/words.js'

/** Longest free text of a person, in characters. */
export const MOST_WORDS = 2_000

/** Free text, trimmed, in normal form C and without bidi controls; empty where nothing was written. */
export function readWords(
  form: URLSearchParams,
  name: string,
): Result<string, readonly FieldError[]> {
  const read = readKernelWords(form.get(name), MOST_WORDS)
  return read.ok ? read : refuse([{ field: name, key: `rectification:problem.${read.refusal}` }])
}

/** Free text that must be there. */
export function readNeededWords(
  form: URLSearchParams,
  name: string,
): Result<string, readonly FieldError[]> {
  const words = readWords(form, name)
  if (!words.ok || words.value !== '') return words
  return refuse([{ field: name, key: 'rectification:problem.empty' }])
}
