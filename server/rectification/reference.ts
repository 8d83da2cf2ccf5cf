import type { Branded } from '../platform/kernel/ids.js'
import { randomBelow, type Random } from '../platform/kernel/random.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'

/**
 * The characters of a reference: none that another one looks or sounds like (0 O, 1 I L, 2 Z, 5 S, 8 B,
 * U V), and no vowel, so that no words come out. Their number is a prime: see `checkOf`.
 */
export const REFERENCE_ALPHABET = '23456789CDFGHJKMNPQRTWX'

/** Characters of a reference, the last of which checks the others. */
export const REFERENCE_LENGTH = 8

/** The public name of a case, eight capitals and digits: to be told on the phone, and no secret. */
export type Reference = Branded<string, 'Reference'>

/** Why a text is no reference; `CHECK` means that a character is wrong or two have changed places. */
export type ReferenceFault =
  | { readonly code: 'LENGTH'; readonly found: number }
  | { readonly code: 'CHARACTER'; readonly character: string }
  | { readonly code: 'CHECK' }

const BASE = REFERENCE_ALPHABET.length
const FREE = REFERENCE_LENGTH - 1
const GROUP = 4
const SEPARATORS = /[\s\p{Pd}\u2212]+/gu

/**
 * A fresh reference, every one of 23⁷ (3.4 thousand million) equally likely. Two cases can draw the same:
 * the store's unique constraint decides, and the caller draws again.
 */
export function newReference(random: Random): Reference {
  const places = Array.from({ length: FREE }, () => randomBelow(random, BASE))
  return [...places, checkOf(places)]
    .map((place) => REFERENCE_ALPHABET[place])
    .join('') as Reference
}

/** The reference that somebody typed, with spaces, dashes and small letters as they like. */
export function parseReference(raw: string): Result<Reference, ReferenceFault> {
  const typed = [...raw.replace(SEPARATORS, '').toUpperCase()]
  const foreign = typed.find((character) => !REFERENCE_ALPHABET.includes(character))
  if (foreign !== undefined) return refuse({ code: 'CHARACTER', character: foreign })
  if (typed.length !== REFERENCE_LENGTH) return refuse({ code: 'LENGTH', found: typed.length })
  const places = typed.map((character) => REFERENCE_ALPHABET.indexOf(character))
  if (checkOf(places.slice(0, FREE)) !== places[FREE]) return refuse({ code: 'CHECK' })
  return ok(typed.join('') as Reference)
}

/** A reference as it is printed, in two groups of four. */
export function shownReference(reference: Reference): string {
  return `${reference.slice(0, GROUP)}-${reference.slice(GROUP)}`
}

/**
 * The check character: places weighted by 2 to 8, modulo the prime 23, the check itself by -1. All
 * weights differ and none is 0, so each wrong character and each exchange of two is found.
 */
function checkOf(places: readonly number[]): number {
  return places.reduce((sum, place, index) => sum + place * (index + 2), 0) % BASE
}
