import { isCalendarDay } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { refuse, type Result } from '../../platform/kernel/result.js'
import { readWords as readKernelWords } from '../../platform/kernel/words.js'
import { MOST_WORDS } from '../grounds.js'

/** Free text, trimmed, in normal form C and without bidi controls; empty where nothing was written. */
export function readWords(
  form: URLSearchParams,
  name: string,
): Result<string, readonly FieldError[]> {
  const read = readKernelWords(form.get(name), MOST_WORDS)
  return read.ok ? read : refuse([{ field: name, key: `blocks:problem.${read.refusal}` }])
}

/** A day of the calendar, `YYYY-MM-DD`; nothing where there is no such day. */
export function readDay(raw: string | null): string | undefined {
  return raw !== null && isCalendarDay(raw) ? raw : undefined
}
