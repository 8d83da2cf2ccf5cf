import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { MOST_WORDS } from '../grounds.js'

/** Marks that turn the direction of text without being seen, and control characters but the line break. */
const UNSEEN = /\p{Bidi_Control}/gu
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/

/** Free text, trimmed, in normal form C and without bidi controls; empty where nothing was written. */
export function readWords(
  form: URLSearchParams,
  name: string,
): Result<string, readonly FieldError[]> {
  const raw = (form.get(name) ?? '').replaceAll('\r\n', '\n').replace(UNSEEN, '')
  const text = raw.normalize('NFC').trim()
  const problem = (key: string) => refuse([{ field: name, key: `blocks:problem.${key}` }])
  if ([...text].length > MOST_WORDS) return problem('tooLong')
  return CONTROL.test(text) ? problem('control') : ok(text)
}

/** A day of the calendar, `YYYY-MM-DD`; nothing where there is no such day. */
export function readDay(raw: string | null): string | undefined {
  if (raw === null || !/^\d{4}-\d{2}-\d{2}$/.test(raw)) return undefined
  const day = new Date(`${raw}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(raw) ? raw : undefined
}
