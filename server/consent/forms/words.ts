import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'

/** What a form says, or what of it cannot be used. */
export type Read<Value> = Result<Value, readonly FieldError[]>

/** Marks that turn the direction of text without being seen, and control characters but the line break. */
const UNSEEN = /\p{Bidi_Control}/gu
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/

/** A text of at most some characters, trimmed, in normal form C and without bidi controls. */
export function readText(form: URLSearchParams, name: string, most: number): Read<string> {
  const raw = (form.get(name) ?? '').replaceAll('\r\n', '\n').replace(UNSEEN, '')
  const text = raw.normalize('NFC').trim()
  if ([...text].length > most) return refuse([problem(name, 'tooLong', { most })])
  return CONTROL.test(text) ? refuse([problem(name, 'control')]) : ok(text)
}

/** A word about an input that cannot be used. */
export function problem(
  field: string,
  key: string,
  params?: Readonly<Record<string, string | number>>,
): FieldError {
  return { field, key: `consent-desk:problem.${key}`, ...(params === undefined ? {} : { params }) }
}
