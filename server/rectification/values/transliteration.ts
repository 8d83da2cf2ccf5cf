/**
 * Letters that are more than a base letter with marks, as capitals: ICAO Doc 9303 part 3 section 6 A,
 * and DIN 91379 for the letters that ICAO does not name. Of several spellings that ICAO leaves open
 * the first is taken (AE for Ä, AA for Å): it is the one that German documents print.
 */
const LETTERS: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Ð: 'D',
  Ø: 'OE',
  Þ: 'TH',
  Đ: 'D',
  Ħ: 'H',
  Ĳ: 'IJ',
  ĸ: 'K',
  Ŀ: 'L',
  Ł: 'L',
  ŉ: 'N',
  Ŋ: 'N',
  Œ: 'OE',
  Ŧ: 'T',
  Ƈ: 'C',
  Ə: 'E',
  Ɨ: 'I',
  Ʒ: 'Z',
  Ǥ: 'G',
  ẞ: 'SS',
}

/** Diaeresis and ring change the spelling of these letters; every other mark is dropped. */
const UMLAUT = /([AOU])\p{M}*\u0308/gu
const RING = /A\p{M}*\u030a/gu
const SEPARATORS = /[-\s,<]+/g
const REST = /[^A-Z<]/g

/**
 * A name in Latin letters as the machine-readable zone of a document spells it: capitals, one `<` for
 * hyphens, commas and spaces, no apostrophes or other signs (ICAO Doc 9303 part 3 sections 4.6 and 6).
 * What is neither a letter of DIN 91379 nor a sign is dropped: check the name first.
 */
export function mrzName(latin: string): string {
  const capitals = [...latin.normalize('NFC')].map((letter) => spelled(letter)).join('')
  const base = capitals.normalize('NFD').replace(UMLAUT, '$1E').replace(RING, 'AA')
  return base
    .replace(SEPARATORS, '<')
    .replace(REST, '')
    .replace(/^<+|<+$/g, '')
}

/** Whether a machine-readable zone cannot tell two names apart; other spellings that ICAO allows count as different. */
export function sameInMrz(one: string, other: string): boolean {
  return mrzName(one) === mrzName(other)
}

/** The capital of a letter, without the bars and hooks that no normal form takes off. */
function spelled(letter: string): string {
  const known = LETTERS[letter] ?? LETTERS[letter.toUpperCase()]
  if (known !== undefined) return known
  const [base = '', ...marks] = letter.normalize('NFD')
  const plain = LETTERS[base.toUpperCase()] ?? base.toUpperCase()
  return plain + marks.join('')
}
