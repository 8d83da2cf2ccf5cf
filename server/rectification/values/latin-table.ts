/*
 * What a name may hold by DIN 91379:2022-08, datatype A: the 649 Latin letters (500 of one code point,
 * 149 sequences) and the 18 non-letters N1. The code points are those of the standard's character
 * list in version 1.3, as published by the project String-Latin; all are in normal form C.
 */

/** Letters of one code point, as ranges of hexadecimal code points. */
const LETTERS = `
  0041-005A 0061-007A 00C0-00D6 00D8-00F6 00F8-017E 0187-0188 018F 0197 01A0-01A1
  01AF-01B0 01B7 01CD-01DC 01DE-01DF 01E2-01F0 01F4-01F5 01F8-01FF 0212-0213 0218-021B
  021E-021F 0227-0233 0259 0268 0292 1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B
  1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E
  1EA0-1EF9
`

/** Letters that need marks of their own: after the marks, the letters that take them. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '0300': 'CFGKMPSTZcfgkmpstz',
  '0301': 'JjÿĪī',
  '0302': 'DKLMNdklmn',
  '0304': 'CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ',
  '0306': 'CMNRZcmnrzÇç',
  '0307': 'KUku',
  '0308': 'CTZczẠạỌọỤụ',
  '030B': 'Aa',
  '030C': 'J',
  '030D': 'ēō',
  '0310': 'Mm',
  '0315': 'CKPTckptČč',
  '031B': 'KTkt',
  '031B 0304': 'Ss',
  '0323': 'CPcpČč',
  '0325': 'LRlr',
  '0325 0304': 'LRlr',
  '0326': 'CHKLNchklnŽž',
  '0327': 'ZzŽž',
  '0328 0306': 'Cc',
  '0331': 'HSs',
  '035F 0048': 'K',
  '035F 0068': 'Kk',
}

/** The signs that names may hold besides letters (non-letters N1). */
const SIGNS = '0020 0027 002C-002E 0060 007E 00A8 00B4 00B7 02B9-02BA 02BE-02BF 02C8 02CC 2019 2021'

/** Longest sequence of the table, in UTF-16 units; none lies beyond the basic plane. */
const LONGEST = 3

const letters = new Set([...expanded(LETTERS), ...sequences()])
const signs = new Set(expanded(SIGNS))

/** All letters and sequences of datatype A, each once, in the order of the table. */
export const LATIN_LETTERS: readonly string[] = [...letters]

/** All signs of datatype A. */
export const LATIN_SIGNS: readonly string[] = [...signs]

/** The length of the letter, sequence or sign that begins at a place; 0 where the table has none. */
export function latinLength(text: string, at: number): number {
  for (let length = LONGEST; length > 0; length--) {
    const part = text.slice(at, at + length)
    if (part.length === length && (letters.has(part) || signs.has(part))) return length
  }
  return 0
}

/** Whether a text holds at least one letter of the table. */
export function hasLatinLetter(text: string): boolean {
  return [...text].some((character) => letters.has(character))
}

function expanded(ranges: string): string[] {
  return ranges
    .trim()
    .split(/\s+/)
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map((code) => parseInt(code, 16))
      return Array.from({ length: last - first + 1 }, (_, place) =>
        String.fromCharCode(first + place),
      )
    })
}

function sequences(): string[] {
  return Object.entries(SEQUENCES).flatMap(([marks, bases]) => {
    const tail = marks.split(' ').map((code) => String.fromCharCode(parseInt(code, 16)))
    return [...bases].map((base) => base + tail.join(''))
  })
}
