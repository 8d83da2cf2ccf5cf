import { LATIN_LETTERS, LATIN_SIGNS } from '../../../server/rectification/values/latin-table.js'
import { mrzName, sameInMrz } from '../../../server/rectification/values/transliteration.js'

/** Letters that become more or other than their base letter, from the tables of ICAO and DIN. */
const SPECIAL =
  'Ä=AE Å=AA Æ=AE Ð=D Ö=OE Ø=OE Ü=UE Þ=TH ß=SS ä=AE å=AA æ=AE ð=D ö=OE ø=OE ü=UE þ=TH Đ=D đ=D Ħ=H ħ=H ' +
  'Ĳ=IJ ĳ=IJ ĸ=K Ŀ=L ŀ=L Ł=L ł=L ŉ=N Ŋ=N ŋ=N Œ=OE œ=OE Ŧ=T ŧ=T Ƈ=C ƈ=C Ə=E ə=E Ɨ=I ɨ=I Ʒ=Z ʒ=Z ' +
  'Ǖ=UE ǖ=UE Ǘ=UE ǘ=UE Ǚ=UE ǚ=UE Ǜ=UE ǜ=UE Ǟ=AE ǟ=AE Ǣ=AE ǣ=AE Ǥ=G ǥ=G Ǯ=Z ǯ=Z Ǻ=AA ǻ=AA Ǽ=AE ǽ=AE ' +
  'Ǿ=OE ǿ=OE Ȫ=OE ȫ=OE ẞ=SS Ạ̈=AE ạ̈=AE Ọ̈=OE ọ̈=OE Ụ̈=UE ụ̈=UE ı=I'

const special = new Map(SPECIAL.split(' ').map((pair) => pair.split('=') as [string, string]))

describe('the spelling of a name in the machine-readable zone', () => {
  it('is that of the tables for every letter there is', () => {
    for (const letter of LATIN_LETTERS) {
      const base = letter.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
      expect([letter, mrzName(letter)]).toEqual([letter, special.get(letter) ?? base])
      expect(mrzName(letter)).toMatch(/^[A-Z]{1,2}$/)
    }
  })

  it.each([
    ['Müller-Lüdenscheidt', 'MUELLER<LUEDENSCHEIDT'],
    ["O'Connor", 'OCONNOR'],
    ['O’Brien', 'OBRIEN'],
    ['Straße', 'STRASSE'],
    ['Ḥusayn ʿAbd al-ʿAzīz', 'HUSAYN<ABD<AL<AZIZ'],
    ['Þór Ærøskøbing', 'THOR<AEROESKOEBING'],
    ['Anna - Maria', 'ANNA<MARIA'],
    ['Smith, John', 'SMITH<JOHN'],
    ['St. John', 'ST<JOHN'],
    [' -x- ', 'X'],
    ['Nguyễn Thị Hương', 'NGUYEN<THI<HUONG'],
    ['Müller'.normalize('NFD'), 'MUELLER'],
  ])('of %s is %s', (name, expected) => {
    expect(mrzName(name)).toBe(expected)
  })

  it('gives a sign of its own to none of the signs', () => {
    for (const sign of LATIN_SIGNS) expect(mrzName(`A${sign}B`)).toMatch(/^A<?B$/)
  })

  it('cannot tell some names apart, and can others', () => {
    expect(sameInMrz('Müller', 'MUELLER')).toBe(true)
    expect(sameInMrz('Abd al-Aziz', 'ʿAbd al ʿAzīz')).toBe(true)
    expect(sameInMrz('Müller', 'Muller')).toBe(false)
    expect(sameInMrz('Ali', 'Aly')).toBe(false)
  })
})
