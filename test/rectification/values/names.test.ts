import fc from 'fast-check'
import { LATIN_LETTERS, LATIN_SIGNS } from '../../../server/rectification/values/latin-table.js'
import {
  datatypeA,
  MOST_CHARACTERS,
  originalScript,
} from '../../../server/rectification/values/names.js'

const inside = LATIN_SIGNS.filter((sign) => sign !== ' ')

/** Names that together use every letter and sign of the table, put together by counting alone. */
function names(): string[] {
  const letters = [...LATIN_LETTERS]
  return Array.from({ length: 220 }, (_, number) => {
    const own = [0, 1, 2].map((place) => letters[(number * 3 + place) % letters.length])
    const sign = inside[number % inside.length]
    const far = letters[(number * 97 + 31) % letters.length]
    return `${own.join('')}${number % 4 === 0 ? sign : ''}${number % 3 === 0 ? ' ' : ''}${far}`
  })
}

describe('the table of Latin letters', () => {
  it('has the number of letters, sequences and signs that the standard has', () => {
    expect(LATIN_LETTERS.filter((letter) => letter.length === 1)).toHaveLength(500)
    expect(LATIN_LETTERS.filter((letter) => letter.length > 1)).toHaveLength(149)
    expect(new Set(LATIN_LETTERS).size).toBe(649)
    expect(LATIN_SIGNS).toHaveLength(18)
  })

  it('is in normal form C and holds no bare mark', () => {
    for (const letter of LATIN_LETTERS) {
      expect(letter.normalize('NFC')).toBe(letter)
      expect(letter).toMatch(/^\p{L}/u)
    }
  })
})

describe('a name in Latin letters', () => {
  it('comes back the same from every letter of the table, from normal form C as from D', () => {
    const all = names()
    expect(all.length).toBeGreaterThanOrEqual(200)
    expect(LATIN_LETTERS.filter((letter) => !all.join('|').includes(letter))).toEqual([])
    for (const name of all) {
      expect(datatypeA(name.normalize('NFC'))).toEqual({ ok: true, value: name })
      expect(datatypeA(name.normalize('NFD'))).toEqual({ ok: true, value: name })
      expect(datatypeA(`  ${name}\n`)).toEqual({ ok: true, value: name })
    }
  })

  it.each([
    "O'Connor",
    'O’Brien',
    'Müller-Lüdenscheidt',
    'Suharto',
    'Nguyễn Thị Hương',
    'Ōe Kenzaburō',
    'Ḥusayn ʿAbd al-ʿAzīz',
    'İnönü',
    'Şükrü Özdağ',
    'Łukasz Żółć',
    'Đorđević',
    'dos Santos Ferreira',
    'St. John',
    'ẞtraße',
    'K͟hān',
    'x',
  ])('is taken: %s', (name) => {
    expect(datatypeA(name)).toEqual({ ok: true, value: name.normalize('NFC') })
  })

  it.each([
    ['', { code: 'EMPTY' }],
    ['   ', { code: 'EMPTY' }],
    ["-'", { code: 'EMPTY' }],
    ['Müller2', { code: 'NOT_LATIN', at: 6, character: '2' }],
    ['Иван', { code: 'NOT_LATIN', at: 0, character: 'И' }],
    ['Ivan Иван', { code: 'NOT_LATIN', at: 5, character: 'И' }],
    ['Αλέξης', { code: 'NOT_LATIN', at: 0, character: 'Α' }],
    ['علي', { code: 'NOT_LATIN', at: 0, character: 'ع' }],
    ['A_B', { code: 'NOT_LATIN', at: 1, character: '_' }],
    ['<b>', { code: 'NOT_LATIN', at: 0, character: '<' }],
    ['Aɓ', { code: 'NOT_LATIN', at: 1, character: 'ɓ' }],
    ['X😀', { code: 'NOT_LATIN', at: 1, character: '😀' }],
    ['Q\u0308', { code: 'NOT_LATIN', at: 1, character: '\u0308' }],
    ['K\u035fa', { code: 'NOT_LATIN', at: 1, character: '\u035f' }],
    ['A\u00a0B', { code: 'NOT_LATIN', at: 1, character: '\u00a0' }],
    ['Ali\u202eba', { code: 'CONTROL', at: 3, character: '\u202e' }],
    ['\u2068Ali\u2069', { code: 'CONTROL', at: 0, character: '\u2068' }],
    ['Ali\u200fBaba', { code: 'CONTROL', at: 3, character: '\u200f' }],
    ['A\tB', { code: 'CONTROL', at: 1, character: '\t' }],
    ['A\u0000', { code: 'CONTROL', at: 1, character: '\u0000' }],
    ['A\u2028B', { code: 'CONTROL', at: 1, character: '\u2028' }],
    ['A\u00adB', { code: 'CONTROL', at: 1, character: '\u00ad' }],
    ['A\ud800', { code: 'CONTROL', at: 1, character: '\ud800' }],
    ['A\ue000', { code: 'CONTROL', at: 1, character: '\ue000' }],
  ])('is refused: %j', (text, fault) => {
    expect(datatypeA(text)).toEqual({ ok: false, ...fault })
  })

  it('has up to 120 characters, counted in normal form C', () => {
    const long = 'ä'.repeat(MOST_CHARACTERS)
    expect(datatypeA(long.normalize('NFD'))).toEqual({ ok: true, value: long })
    expect(datatypeA(`${long}a`)).toEqual({ ok: false, code: 'TOO_LONG' })
  })

  it('is taken again as it was taken, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const checked = datatypeA(text)
        if (checked.ok) expect(datatypeA(checked.value)).toEqual(checked)
        else if (checked.at !== undefined) {
          const trimmed = text.normalize('NFC').trim()
          expect(trimmed.startsWith(checked.character ?? '?', checked.at)).toBe(true)
        }
      }),
    )
  })
})

describe('a name in its own script', () => {
  it.each([
    'علی‌رضا',
    'محمّد عبد العزيز',
    'Іванна Шевченко',
    'ሰላም ገብረ መድኅን',
    'नरेन्द्र',
    'ශ්‍රී',
    '毛泽东',
    'マリア・ロペス',
    'Ὀδυσσεύς',
    "Д'Артаньян-Ковальчук",
  ])('is taken: %s', (name) => {
    expect(originalScript(` ${name.normalize('NFD')} `)).toEqual({
      ok: true,
      value: name.normalize('NFC'),
    })
  })

  it.each([
    ['', { code: 'EMPTY' }],
    [' . ', { code: 'EMPTY' }],
    ['علي1', { code: 'NOT_A_LETTER', at: 3, character: '1' }],
    ['علي٣', { code: 'NOT_A_LETTER', at: 3, character: '٣' }],
    ['<علي>', { code: 'NOT_A_LETTER', at: 0, character: '<' }],
    ['علي\u202e', { code: 'CONTROL', at: 3, character: '\u202e' }],
    ['\u200cعلي', { code: 'CONTROL', at: 0, character: '\u200c' }],
    ['علي\u200c', { code: 'CONTROL', at: 3, character: '\u200c' }],
    ['عل\u200c\u200cي', { code: 'CONTROL', at: 2, character: '\u200c' }],
    ['ы'.repeat(121), { code: 'TOO_LONG' }],
  ])('is refused: %j', (text, fault) => {
    expect(originalScript(text)).toEqual({ ok: false, ...fault })
  })
})
