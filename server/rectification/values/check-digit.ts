const WEIGHTS = [7, 3, 1] as const
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const FILLER = '<'

/** The check digit of characters of a machine-readable zone: weights 7, 3, 1, modulo 10 (ICAO Doc 9303 part 3 section 4.9). */
export function checkDigit(characters: string): string {
  const sum = [...characters].reduce(
    (total, character, place) => total + valueOf(character) * (WEIGHTS[place % 3] ?? 0),
    0,
  )
  return String(sum % 10)
}

/** Whether a check digit fits; over nothing but fillers a filler is right as well. */
export function checkHolds(characters: string, digit: string): boolean {
  if (digit === FILLER) return [...characters].every((character) => character === FILLER)
  return digit === checkDigit(characters)
}

/** A filler counts nothing. */
function valueOf(character: string): number {
  return Math.max(0, ALPHABET.indexOf(character))
}
