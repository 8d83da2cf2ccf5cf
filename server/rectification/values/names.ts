import { hasLatinLetter, latinLength } from './latin-table.js'

/** The most characters (code points in normal form C) that a name may have. */
export const MOST_CHARACTERS = 120

/** A name that may be kept, or why not; `at` counts UTF-16 units of the trimmed text in normal form C. */
export type NameCheck<Code extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: Code; readonly at?: number; readonly character?: string }

/** Why a text is no name in Latin letters: without a letter, too long, or with a character that registers do not know. */
export type LatinFault = 'EMPTY' | 'TOO_LONG' | 'NOT_LATIN' | 'CONTROL'

/** Why a text is no name in its own script. */
export type ScriptFault = 'EMPTY' | 'TOO_LONG' | 'NOT_A_LETTER' | 'CONTROL'

/** Characters that show nothing: controls, bidi marks, private and unassigned ones, line separators. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u
/** Persian and Indic spelling needs the joiners within a word; nowhere else do they mean anything. */
const JOINER = /(?<=[\p{L}\p{M}])[\u200c\u200d](?=\p{L})/gu
const FOREIGN_TO_NAMES = /[^\p{L}\p{M}\p{P}\p{Zs}]/u
const LETTER = /\p{L}/u

/**
 * A name in Latin letters as registers store it: DIN 91379 datatype A, normal form C, trimmed, at most
 * 120 characters. Apostrophe, hyphen and a single name are all right; digits and bidi marks are not.
 */
export function datatypeA(text: string): NameCheck<LatinFault> {
  const value = text.normalize('NFC').trim()
  const unseen = firstOf(UNSEEN, value)
  if (unseen !== undefined) return { ok: false, code: 'CONTROL', ...unseen }
  const foreign = firstForeign(value)
  if (foreign !== undefined) return { ok: false, code: 'NOT_LATIN', ...foreign }
  if (!hasLatinLetter(value)) return { ok: false, code: 'EMPTY' }
  return measured(value)
}

/** A name in the script of its language: letters, marks, spaces and punctuation, trimmed, normal form C, at most 120 characters. */
export function originalScript(text: string): NameCheck<ScriptFault> {
  const value = text.normalize('NFC').trim()
  const joined = value.replace(JOINER, '-')
  const unseen = firstOf(UNSEEN, joined)
  if (unseen !== undefined) return { ok: false, code: 'CONTROL', ...unseen }
  const foreign = firstOf(FOREIGN_TO_NAMES, joined)
  if (foreign !== undefined) return { ok: false, code: 'NOT_A_LETTER', ...foreign }
  if (!LETTER.test(value)) return { ok: false, code: 'EMPTY' }
  return measured(value)
}

function measured(value: string): NameCheck<'TOO_LONG'> {
  const tooLong = [...value].length > MOST_CHARACTERS
  return tooLong ? { ok: false, code: 'TOO_LONG' } : { ok: true, value }
}

function firstOf(pattern: RegExp, text: string): { at: number; character: string } | undefined {
  const match = pattern.exec(text)
  return match === null ? undefined : { at: match.index, character: match[0] }
}

function firstForeign(text: string): { at: number; character: string } | undefined {
  let at = 0
  while (at < text.length) {
    const length = latinLength(text, at)
    if (length === 0) return { at, character: String.fromCodePoint(text.codePointAt(at) ?? 0) }
    at += length
  }
  return undefined
}
