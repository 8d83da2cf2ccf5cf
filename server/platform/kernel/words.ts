import { ok, refuse, type Result } from './result.js'

/** Why a text that somebody typed cannot be used. */
export type WordsFault = 'tooLong' | 'control'

/** Marks that turn the direction of text without being seen, and control characters but the line break. */
const UNSEEN = /\p{Bidi_Control}/gu
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/

/** Free text of at most some characters, trimmed, in normal form C and without bidi controls; may be empty. */
export function readWords(raw: string | null, most: number): Result<string, WordsFault> {
  const seen = (raw ?? '').replaceAll('\r\n', '\n').replace(UNSEEN, '')
  const text = seen.normalize('NFC').trim()
  if ([...text].length > most) return refuse('tooLong')
  return CONTROL.test(text) ? refuse('control') : ok(text)
}
