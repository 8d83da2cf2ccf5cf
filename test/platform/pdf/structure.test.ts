import type { Block } from '../../../server/platform/pdf/blocks.js'
import { lettersAs } from '../../../server/platform/pdf/letter.js'
import {
  ar,
  canRead,
  de,
  en,
  faultsOf,
  fileOf,
  nodesOf,
  objectsOf,
  shapeOf,
  treeOf,
} from './reader.js'

const describeRead = canRead ? describe : describe.skip
const NAME = { text: 'Şahin Nguyễn-Öztürk', lang: 'de', value: true }

const GERMAN: Block[] = [
  { kind: 'address', lines: [de('Frau'), NAME, de('50667 Köln')] },
  { kind: 'heading', level: 1, cells: [de('Auskunft')] },
  { kind: 'paragraph', cells: [de('Guten Tag.')] },
  { kind: 'heading', level: 3, cells: [de('Liste')] },
  { kind: 'list', items: [[de('Eins')], [de('Zwei')]] },
  { kind: 'facts', rows: [{ term: [de('Name')], value: NAME }] },
  { kind: 'rule' },
  { kind: 'table', head: [[de('Zeit')], [de('Amt')]], rows: [[[de('1')], [de('2')]]] },
  { kind: 'pageBreak' },
  { kind: 'signature', label: [de('Unterschrift')] },
]

const BILINGUAL: Block[] = [
  { kind: 'heading', level: 1, cells: [de('Auskunft'), ar('معلومات')] },
  { kind: 'paragraph', cells: [de('Ihr Name.'), [ar('اسمك '), NAME, ar(' هنا.')]] },
  { kind: 'list', ordered: true, items: [[de('Eins'), ar('أولًا')]] },
  { kind: 'facts', rows: [{ term: [de('Name'), ar('الاسم')], value: NAME }] },
  { kind: 'table', head: [[de('Zeit'), ar('الوقت')]], rows: [[[de('12:00')]]] },
]

/** An address with its code. */
const CODE: Block[] = [
  { kind: 'heading', level: 1, cells: [de('Prüfen')] },
  { kind: 'code', text: 'https://mirat.example/de/check?hash=0', alt: de('QR-Code mit Adresse') },
]

describeRead('the structure of a letter', () => {
  it('says in words what a square code is, and where it stands', async () => {
    const file = await fileOf(CODE)
    expect(faultsOf(file)).toEqual([])
    expect(shapeOf(treeOf(objectsOf(file)))).toBe('Document(H1 Figure)')
    const source = file.toString('latin1')
    expect(source).toMatch(/\/S \/Figure/)
    expect(source).toMatch(/\/Alt \(QR-Code mit Adresse\)/)
    expect(source).toMatch(/\/O \/Layout\s*\/BBox \[[\d. ]+\]/)
  })

  it('says in words what bars show, and writes no text outside of the picture', async () => {
    const bars = { label: '1', amount: 9 }
    const block: Block = {
      kind: 'bars',
      bars: [bars, { label: '2', amount: 0 }],
      alt: de('1: 9; 2: 0'),
    }
    const file = await fileOf([{ kind: 'heading', level: 1, cells: [de('Zahlen')] }, block])
    expect(faultsOf(file)).toEqual([])
    expect(shapeOf(treeOf(objectsOf(file)))).toBe('Document(H1 Figure)')
    expect(file.toString('latin1')).toMatch(/\/Alt \(1: 9; 2: 0\)/)
    expect(await fileOf([block])).toEqual(await fileOf([block]))
    const many = Array.from({ length: 41 }, () => bars)
    await expect(fileOf([{ ...block, bars: many }])).rejects.toThrow('too many')
  })

  it('names the parts of a German letter in the order in which they are read', async () => {
    const objects = objectsOf(await fileOf(GERMAN))
    expect(shapeOf(treeOf(objects))).toBe(
      'Document(P P P H1 P H2 L(LI(Lbl LBody) LI(Lbl LBody)) Table(TR(TH TD)) Table(TR(TH TH) TR(TD TD)) P)',
    )
    const heads = nodesOf(treeOf(objects)).filter(({ type }) => type === 'TH')
    expect(heads.map(({ scope }) => scope)).toEqual(['Row', 'Column', 'Column'])
  })

  it('names the language of each text, and how right-to-left text reads', async () => {
    const tree = treeOf(objectsOf(await fileOf(BILINGUAL)))
    expect(shapeOf(tree)).toBe(
      'Document(H1(Span Span) P P(Span Span Span) L(LI(Lbl LBody)) L(LI(Lbl LBody)) Table(TR(TH(Span Span) TD)) Table(TR(TH(Span Span)) TR(TD)))',
    )
    const spans = nodesOf(tree.kids[2] ?? tree)
    expect(spans.map(({ lang, actual }) => [lang, actual])).toEqual([
      ['ar', undefined],
      ['ar', 'اسمك '],
      ['de', undefined],
      ['ar', ' هنا.'],
    ])
    const languages = (text: string) => nodesOf(tree).filter(({ actual }) => actual === text)
    expect(languages('معلومات')).toEqual([expect.objectContaining({ type: 'Span', lang: 'ar' })])
    expect(languages('أولًا')).toEqual([expect.objectContaining({ type: 'LBody', lang: 'ar' })])
  })

  it('names the language of own words by their letters', async () => {
    const row = (value: string) => ({ term: ['Name', 'الاسم'] as const, value })
    const file = await lettersAs('PDF/A-2a')({
      ...{ title: 'Bescheid', reader: 'ar', at: new Date(0), foot: 'X7K2M4NP' },
      parts: [
        { kind: 'facts', rows: [row('گل‌محمدی'), row('Їжакевич'), row('Köln'), row('A (حلب)')] },
        { kind: 'words', text: 'Der Name ژیلا fehlt.' },
      ],
    })
    const values = nodesOf(treeOf(objectsOf(file))).flatMap(({ type, lang, kids }) =>
      type === 'TD' || type === 'P' ? [kids.length > 0 ? kids.map((kid) => kid.lang) : lang] : [],
    )
    expect(values).toEqual(['fa', 'uk', 'de', ['de', 'und-Arab', 'de'], ['de', 'fa', 'de']])
  })

  it('says the same of a letter in two left-to-right languages', async () => {
    const blocks: Block[] = [{ kind: 'paragraph', cells: [de('Guten Tag'), en('Good day')] }]
    const { kids } = treeOf(objectsOf(await fileOf(blocks)))
    expect(kids).toEqual([
      { type: 'P', lang: 'de', marks: 1, kids: [] },
      { type: 'P', lang: 'en', marks: 1, kids: [] },
    ])
  })

  it('finds the element of every mark of every page', async () => {
    const objects = objectsOf(await fileOf(GERMAN))
    const numbers = objects.at('/Root /StructTreeRoot /ParentTree /Nums') as unknown[]
    const owners = numbers.filter((_, index) => index % 2 === 1) as string[]
    expect(owners).toHaveLength(2)
    const owned = owners.flatMap((list) => objects.at('0', [list]) as string[])
    const marks = nodesOf(treeOf(objects)).reduce((sum, node) => sum + node.marks, 0)
    expect(owned).toHaveLength(marks)
    for (const owner of owned) expect(objects.at('/Type', owner)).toBe('/StructElem')
  })

  it('has no bookmark but its headings, one within the other', async () => {
    const blocks: Block[] = ([1, 2, 2, 1] as const).map((level, index) => ({
      kind: 'heading',
      level,
      cells: [de(`Teil ${index}`), ar('جزء')],
    }))
    const objects = objectsOf(await fileOf(blocks))
    expect(objects.at('/Root /Outlines /First /Title')).toBe('u:Teil 0 – جزء')
    expect(objects.at('/Root /Outlines /First /First /Title')).toBe('u:Teil 1 – جزء')
    expect(objects.at('/Root /Outlines /First /Last /Title')).toBe('u:Teil 2 – جزء')
    expect(objects.at('/Root /Outlines /Last /Title')).toBe('u:Teil 3 – جزء')
    // All that are seen, not only what stands directly below.
    expect(objects.at('/Root /Outlines /Count')).toBe(4)
    expect(objects.at('/Root /Outlines /First /Count')).toBe(2)
  })
})

describeRead('what a letter says of itself', () => {
  const title = { text: 'Auskunft & <Recht> "ü" العنوان', lang: 'de' }

  it('is language, title, date and author, as they were given', async () => {
    const objects = objectsOf(await fileOf(GERMAN, { title, subject: 'A < B' }))
    expect(objects.at('/Root /Lang')).toBe('u:de')
    expect(objects.at('/Root /MarkInfo /Marked')).toBe(true)
    expect(objects.at('/Root /ViewerPreferences /DisplayDocTitle')).toBe(true)
    expect(objects.at('/Info /Title')).toBe(`u:${title.text}`)
    expect(objects.at('/Info /CreationDate')).toBe('u:D:20261122100000Z')
    expect(objects.at('/Info /Author')).toBe('u:Mirat')
  })

  it('claims PDF/A-2a and PDF/UA-1 in metadata that no title can break', async () => {
    const file = await fileOf(GERMAN, { title })
    const xml = file.toString('utf8')
    expect(xml).toContain('%PDF-1.7')
    expect(xml).toContain('<pdfaid:part>2</pdfaid:part>')
    expect(xml).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
    expect(xml).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(xml).toContain('Auskunft &#38; &#60;Recht&#62; &#34;ü&#34; العنوان')
  })

  it('claims PDF/A-1b instead where that is asked for, and lists the numbers of its glyphs', async () => {
    const file = await fileOf(BILINGUAL, { standard: 'PDF/A-1b' })
    expect(faultsOf(file)).toEqual([])
    const xml = file.toString('utf8')
    expect(xml).toContain('%PDF-1.4')
    expect(xml).toContain('<pdfaid:part>1</pdfaid:part>')
    expect(xml).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    const listsOf = (read: Buffer) =>
      (objectsOf(read).all() as Record<string, unknown>[])
        .filter((item) => item?.['/Type'] === '/FontDescriptor')
        .map((descriptor) => typeof descriptor['/CIDSet'])
    expect(new Set(listsOf(file))).toEqual(new Set(['string']))
    expect(new Set(listsOf(await fileOf(BILINGUAL)))).toEqual(new Set(['undefined']))
  })

  it('holds every font that it uses, with the meaning of every glyph', async () => {
    const all = objectsOf(await fileOf(BILINGUAL)).all() as Record<string, unknown>[]
    const fonts = all.filter((item) => item?.['/Subtype'] === '/Type0')
    expect(fonts.map((font) => String(font['/BaseFont']).slice(8)).sort()).toEqual([
      'NotoSans-Bold',
      'NotoSans-Regular',
      'Vazirmatn-Bold',
      'Vazirmatn-Regular',
    ])
    for (const font of fonts) expect(font['/ToUnicode']).toEqual(expect.any(String))
    const descriptors = all.filter((item) => item?.['/Type'] === '/FontDescriptor')
    expect(descriptors).toHaveLength(4)
    for (const descriptor of descriptors) expect(descriptor['/FontFile2']).toBeDefined()
  })

  it('is the same for the same letter, and another for another date', async () => {
    const [one, two] = [await fileOf(BILINGUAL), await fileOf(BILINGUAL)]
    const later = await fileOf(BILINGUAL, { created: new Date('2026-11-22T10:00:01Z') })
    expect(one.equals(two)).toBe(true)
    expect(objectsOf(later).at('/ID 0')).not.toBe(objectsOf(one).at('/ID 0'))
    expect(faultsOf(one)).toEqual([])
  })
})
