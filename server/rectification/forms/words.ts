import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'

/** Longest free text of a person, in characters. */
export const MOST_WORDS = 2_000

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
  const key = [...text].length > MOST_WORDS ? 'tooLong' : CONTROL.test(text) ? 'control' : undefined
  return key === undefined
    ? ok(text)
    : refuse([{ field: name, key: `rectification:problem.${key}` }])
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
