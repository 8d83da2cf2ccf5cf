import { spansOf } from '../../server/platform/kernel/scripts.js'

const spans = (text: string) => spansOf(text, 'de').map(({ text: own, lang }) => [own, lang])

describe('the languages of what somebody wrote', () => {
  it.each([
    ['گل‌محمدی', 'fa'],
    ['نوشته‌اند کریمی', 'fa'],
    ['۱۲۳۴', 'fa'],
    ['١٢٣ ص', 'ar'],
    ['الإقامة', 'ar'],
    ['محمد', 'und-Arab'],
    ['زموږ ښوونځی', 'ps'],
    ['کوردەواری', 'ckb'],
    ['Їжакевич', 'uk'],
    ['Объявление было', 'ru'],
    ['Іван Быкаў', 'be'],
    ['Петров', 'und-Cyrl'],
    ['Nguyễn, 12.03.1990', 'de'],
    ['', 'de'],
  ])('are told by the letters of %s', (text, lang) => {
    expect(spans(text)).toEqual([[text, lang]])
  })

  it('are several where its scripts are, signs with what stands before them', () => {
    expect(spans('Herr Ahmed (أحمد) aus حلب.')).toEqual([
      ['Herr Ahmed (', 'de'],
      ['أحمد', 'und-Arab'],
      [') aus ', 'de'],
      ['حلب', 'und-Arab'],
      ['.', 'de'],
    ])
    expect(spans('12 من در Nürnberg می‌مانم')).toEqual([
      ['12 من در ', 'fa'],
      ['Nürnberg', 'de'],
      [' می‌مانم', 'fa'],
    ])
  })

  it('leave a number with the letters that it follows', () => {
    expect(spans('ملف ABH-2024/123-K 5, هنا')).toEqual([
      ['ملف ', 'und-Arab'],
      ['ABH-2024/123-K 5', 'de'],
      [', هنا', 'und-Arab'],
    ])
    expect(spans('حسب § 25 Abs. 1 AufenthG لي')[1]).toEqual(['§ 25 Abs. 1 AufenthG', 'de'])
    expect(spans('هو 5 K 1234/25')[1]).toEqual(['5 K 1234/25', 'de'])
    expect(spans('هاتف +49 221 123-78 مساء')[1]).toEqual(['+49 221 123-78', 'de'])
    expect(spans('ولدت في 12.03.1990 في').map(([text]) => text)).toEqual(['ولدت في 12.03.1990 في'])
    expect(spans('aus حلب, 34 J.').map(([text]) => text)).toEqual(['aus ', 'حلب', ', 34 J.'])
  })

  it('are one for each script in the whole text, wherever its own letters stand', () => {
    expect(spans('سلام A چای').map(([, lang]) => lang)).toEqual(['fa', 'de', 'fa'])
  })

  it('lose no character', () => {
    const text = ' (١) Їжак\nأ\u0301 漢字 😀 — Ende'
    const found = spansOf(text, 'de')
    expect(found.map((span) => span.text).join('')).toBe(text)
    for (const { lang } of found) expect(Intl.getCanonicalLocales(lang)).toEqual([lang])
  })
})
