import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ON_PAPER } from '../../../server/platform/http/languages.js'
import { valueIn, type Piece } from '../../../server/platform/pdf/blocks.js'
import { scriptFor } from '../../../server/platform/pdf/fonts.js'
import { PROBES } from '../../audit/papers/probes.js'
import { ar, canRead, copied, de, faultsOf, fileOf, letterOf, written } from './reader.js'

const describeRead = canRead ? describe : describe.skip
const noFoot = { footer: () => [de('')] as const }

/** Paragraphs with the letters and signs in which languages differ. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Schifffahrt, Öffentlichkeit, Straße, „Prüfung“ – § 25 Abs. 1 AufenthG, 1.234,50 €.',
    'Familienstand, Ehe- und Lebenspartner, Ein- und Ausreise- oder Meldedaten.',
  ],
  en: ["The office's staff looked up five files; first, the official file (AZ-2026/00123)."],
  tr: ['İstanbul, ılık, ığdır, fırın, şimdi, çağrı, Öğüt, Ümit; fi fı.'],
  uk: ['Київ, Ґанок, їжак, єдність, пам’ять; дата 12.03.2026.'],
  ru: ['Съешь ещё этих мягких французских булок, да выпей чаю.'],
  ar: [
    'الإقامة، لا إله، السلام، الآن، لأن الأجانب، فورًا، أولًا، سببًا، (مُحَمَّد) وبِسْمِ ٱللَّهِ.',
    'اطلع المكتب بتاريخ 12.03.2026 على العنوان (المادة 16)، ورقم الملف هو 00123.',
  ],
  fa: ['می‌خواهم گزارش پژوهشی شماره 12 را ببینم؛ «کتاب‌ها» و چای (گچ).'],
}

/** The reader's sentence with German names, numbers and dates in it. */
const MIXED: readonly Piece[] = [
  ar('السيدة '),
  { text: 'Nguyễn-Öztürk (geb. Şahin)', lang: 'de', value: true },
  ar(' المحترمة، اطّلع مكتب الأجانب ('),
  de('Ausländerbehörde Köln'),
  ar(') بتاريخ '),
  { text: '12.03.2026', lang: 'ar', value: true },
  ar('، هاتف '),
  { text: '+49 (0)221 123-4567', lang: 'ar', value: true },
  ar('. المبلغ 1.234,50 € أي 25%.'),
]
const MIXED_TEXT = MIXED.map(({ text }) => text).join('')

test('every letter that papers print in their languages has a glyph', () => {
  for (const { tag } of ON_PAPER) {
    const folder = join('locales', tag)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const texts = files.filter((name) => name.endsWith('.json') && !name.endsWith('status.json'))
    const letters = new Set(texts.flatMap((name) => [...readFileSync(join(folder, name), 'utf8')]))
    const without = [...letters].filter(
      (char) => char !== '\n' && !/[\u2068\u2069]/.test(char) && !scriptFor(char, 'latin'),
    )
    expect([tag, without]).toEqual([tag, []])
  }
})

describeRead('copied text', () => {
  it.each(Object.keys(TEXTS))('is what was written in %s', async (lang) => {
    const texts = TEXTS[lang] ?? []
    const file = await fileOf(
      texts.map((text) => ({ kind: 'paragraph', cells: [{ text, lang }] })),
      noFoot,
    )
    expect(copied(file)).toBe(texts.join(' '))
  })

  it('keeps German names and numbers whole within Arabic', async () => {
    const file = await fileOf([{ kind: 'paragraph', cells: [MIXED] }], noFoot)
    expect(copied(file)).toBe(MIXED_TEXT)
  })

  it('keeps an Arabic name whole within German', async () => {
    const name = { text: 'محمد (الأول)', lang: 'ar', value: true }
    const file = await fileOf(
      [{ kind: 'paragraph', cells: [[de('Frau '), name, de(' (geboren 1990), Köln.')]] }],
      noFoot,
    )
    expect(copied(file)).toBe('Frau محمد (الأول) (geboren 1990), Köln.')
  })

  it.each([
    'Herr Ahmed (أحمد) aus حلب, 34 J.',
    'من در Nürnberg (کتاب) زندگی می‌کنم',
    'Frau Їжакевич, geb. Ґудзь (خانم), Köln',
    'نام من «Şahin» است، پرونده AZ-77/2025 5 K.',
  ])('keeps the languages of a value in their order: %s', async (text) => {
    const value = valueIn(text, 'de')
    expect(value.length).toBeGreaterThan(2)
    expect(copied(await fileOf([{ kind: 'paragraph', cells: [value] }], noFoot))).toBe(text)
  })

  it('stands in the file in the order of reading, word by word', async () => {
    const text = 'كتب مكتب عنك في Köln مرتين'
    const file = await fileOf([{ kind: 'paragraph', cells: [valueIn(text, 'de')] }], noFoot)
    expect(copied(file, '-raw')).toBe(text)
  })

  it('stands there so in every script, with marks, joiners, numbers and signs, beside any German', async () => {
    const german = de('Frau Nguyễn-Öztürk, die Ausländerbehörde Köln hat Ihre Anschrift gelesen.')
    const file = await fileOf(
      PROBES.flatMap(({ text }) => [
        { kind: 'paragraph', cells: [german] } as const,
        { kind: 'paragraph', cells: [valueIn(text, 'de')] } as const,
      ]),
      noFoot,
    )
    const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/g, '')
    const found = squeezed(copied(file, '-raw'))
    const lost = PROBES.filter(({ text }) => !found.includes(squeezed(text)))
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  it('is that of one column where two stand side by side', async () => {
    const german = 'Frau Nguyễn-Öztürk, die Ausländerbehörde Köln hat Ihre Anschrift gelesen.'
    const file = await fileOf([{ kind: 'paragraph', cells: [de(german), MIXED] }], noFoot)
    const column = (x: number, width: number) =>
      copied(file, '-x', `${x}`, '-y', '0', '-W', `${width}`, '-H', '842')
    expect(column(0, 300)).toBe(german)
    expect(column(300, 300)).toBe(MIXED_TEXT)
  })

  it('still has the characters that no font here draws, and they are reported', async () => {
    const text = 'Name 漢字 😀 שלום Ende'
    const { file, pdf } = await written(
      letterOf([{ kind: 'paragraph', cells: [de(text)] }], noFoot),
    )
    expect([...pdf.missing].sort().join('')).toBe([...'שלום漢字😀'].sort().join(''))
    expect(copied(file)).toBe(text)
  })
})

describeRead('hostile text', () => {
  const HOSTILE: Readonly<Record<string, [string, string]>> = {
    'bidi controls': ['a\u202eb\u2066c\u2069d\u200fe\u061cf', 'abcdef'],
    'control characters': ['a\u0000b\u0007c\u001bd\u009be\u0085f\u007fg', 'abcde fg'],
    'invisible characters': ['a\u00adb\u200bc\ufeffd\u2060e\u{e0041}f\ufe0fg', 'abcdefg'],
    'lone surrogates': ['a\ud800b\udfffc', 'a\ufffdb\ufffdc'],
    'private characters': ['a\ue000b\u{10ffff}c', 'a\ufffdb\ufffdc'],
    'operators of a file': ['(a) Tj ET EMC >> endstream \\', '(a) Tj ET EMC >> endstream \\'],
  }

  it.each(Object.keys(HOSTILE))('with %s is cleaned', async (name) => {
    const [text, clean] = HOSTILE[name] ?? ['', '']
    const file = await fileOf([{ kind: 'paragraph', cells: [de(text)] }], noFoot)
    expect(copied(file)).toBe(clean)
    expect(faultsOf(file)).toEqual([])
  })

  it.each(['x', 'م', '漢', '👩\u200d👩\u200d👧 ', 'e\u0301', '-', 'ﷺ', '\u0301'])(
    'of ten thousand %j flows over the pages',
    async (char) => {
      const long = char.repeat(10_000)
      const { file, pdf } = await written(
        letterOf([
          { kind: 'heading', level: 1, cells: [de('Anfang'), ar(long.slice(0, 200))] },
          { kind: 'paragraph', cells: [de(long), ar(long)] },
          {
            kind: 'table',
            head: [[de(long.slice(0, 50))], [de('b')]],
            rows: [[[de(long)], [de('')]]],
          },
        ]),
      )
      expect(pdf.pages).toBeGreaterThan(char === '\u0301' ? 0 : 2)
      expect(faultsOf(file)).toEqual([])
    },
  )

  it('may stand wherever a text may stand, and so may none', async () => {
    for (const text of ['', '\n\n', '\u202e', '\ud800😀\u0000', ' ']) {
      const piece = { text, lang: 'ar', value: true }
      const file = await fileOf(
        [
          { kind: 'address', lines: [piece, []] },
          { kind: 'heading', level: 2, cells: [piece, [piece, de(text)]] },
          { kind: 'list', items: [[piece, piece], [[]]] },
          { kind: 'facts', rows: [{ term: [piece], value: piece }] },
          { kind: 'table', head: [[piece]], rows: [[[piece, piece]], []] },
          { kind: 'table', head: [], rows: [] },
          { kind: 'signature', label: [piece] },
        ],
        { title: piece, author: text, subject: text },
      )
      expect(faultsOf(file)).toEqual([])
    }
  })
})
