import type { FieldError } from '../../platform/kernel/inputs.js'
import { refuse, type Result } from '../../platform/kernel/result.js'
import { readWords } from '../../platform/kernel/words.js'

/** What a form says, or what of it cannot be used. */
export type Read<Value> = Result<Value, readonly FieldError[]>

/** A text of at most some characters, trimmed, in normal form C and without bidi controls. */
export function readText(form: URLSearchParams, name: string, most: number): Read<string> {
  const read = readWords(form.get(name), most)
  if (read.ok) return read
  const params = read.refusal === 'tooLong' ? { most } : undefined
  return refuse([problem(name, read.refusal, params)])
}

/** A word about an input that cannot be used. */
export function problem(
  field: string,
  key: string,
  params?: Readonly<Record<string, string | number>>,
): FieldError {
  return { field, key: `consent-desk:problem.${key}`, ...(params === undefined ? {} : { params }) }
}
