import type { Container, Reference } from './container.js'
import { fontOf, type FontName } from './fonts.js'
import type { Drawn } from './shape.js'

/** A font with the numbers that its glyphs have in this file: one for each glyph and meaning. */
export interface Used {
  readonly name: FontName
  readonly numbers: Map<string, number>
  readonly drawn: Drawn[]
}

/** The part of a font that is written; its types tell neither the number nor the place. */
interface Subset {
  includeGlyph(id: number): number
  encode(): Uint8Array
}

/**
 * Writes the used part of a font (ISO 32000-1, 9.7): the numbers in the text stand for a glyph
 * *and* its characters, so that copying gives what was written even where glyphs are shared. PDF/A-1 wants
 * the numbers listed (ISO 19005-1, 6.3.5); later parts want such a list exact, which for parts of glyphs it is not.
 */
export function embed(container: Container, use: Used, listsNumbers: boolean): Reference {
  const font = fontOf(use.name)
  const scale = 1000 / font.unitsPerEm
  const subset = font.createSubset() as unknown as Subset
  const glyphs = [0, ...use.drawn.map(({ id }) => subset.includeGlyph(id))]
  const file = container.ref({})
  file.end(subset.encode())
  const name = `${prefixOf(use)}+${font.postscriptName}`
  const { bbox } = font
  const descriptor = container.ref({
    Type: 'FontDescriptor',
    FontName: name,
    // "Symbolic": the numbers are not those of a known alphabet.
    Flags: 4,
    FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((value) => value * scale),
    ItalicAngle: font.italicAngle,
    Ascent: font.ascent * scale,
    Descent: font.descent * scale,
    CapHeight: font.capHeight * scale,
    StemV: use.name.endsWith('bold') ? 140 : 80,
    FontFile2: file,
    ...(listsNumbers ? { CIDSet: numbersOf(container, use) } : {}),
  })
  descriptor.end()
  const whole = container.ref({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant(container, { use, name, descriptor, glyphs })],
    ToUnicode: meanings(container, use),
  })
  whole.end()
  return whole
}

/** A bit for each number, the first on the left: all from 0 on are used. */
function numbersOf(container: Container, { drawn }: Used): Reference {
  const count = drawn.length + 1
  const bits = Uint8Array.from({ length: Math.ceil(count / 8) }, (_, place) => {
    const used = Math.min(8, count - place * 8)
    return (0xff << (8 - used)) & 0xff
  })
  const reference = container.ref({})
  reference.end(bits)
  return reference
}

interface Parts {
  readonly use: Used
  readonly name: string
  readonly descriptor: Reference
  /** The place of each number's glyph in the embedded part. */
  readonly glyphs: readonly number[]
}

function descendant(container: Container, { use, name, descriptor, glyphs }: Parts): Reference {
  const font = fontOf(use.name)
  const missing = (font.getGlyph(0).advanceWidth * 1000) / font.unitsPerEm
  const order = container.ref({})
  order.end(Uint8Array.from(glyphs.flatMap((glyph) => [glyph >> 8, glyph & 0xff])))
  const reference = container.ref({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: {
      Registry: new String('Adobe'),
      Ordering: new String('Identity'),
      Supplement: 0,
    },
    FontDescriptor: descriptor,
    W: [0, [missing, ...use.drawn.map(({ width }) => width)]],
    CIDToGIDMap: order,
  })
  reference.end()
  return reference
}

/** Six letters that tell the parts of one font apart (ISO 32000-1, 9.6.4), the same for the same use. */
function prefixOf({ numbers }: Used): string {
  let sum = 5381
  for (const char of [...numbers.keys()].join(' '))
    sum = (sum * 33 + char.charCodeAt(0)) % 308915776
  return Array.from({ length: 6 }, (_, place) =>
    String.fromCharCode(65 + (Math.floor(sum / 26 ** place) % 26)),
  ).join('')
}

/** At most so many entries stand in one section (ISO 32000-1, 9.10.3, by Adobe's note 5411). */
const ENTRIES = 100

function meanings(container: Container, { drawn }: Used): Reference {
  const entries = drawn.map(
    ({ codePoints }, index) => `<${hex(index + 1)}> <${codePoints.map(utf16).join('')}>`,
  )
  const sections = Array.from({ length: Math.ceil(entries.length / ENTRIES) }, (_, index) => {
    const part = entries.slice(index * ENTRIES, (index + 1) * ENTRIES)
    return `${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`
  })
  const reference = container.ref({})
  reference.end(`/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${sections.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`)
  return reference
}

function utf16(codePoint: number): string {
  const char = String.fromCodePoint(codePoint)
  return Array.from({ length: char.length }, (_, index) => hex(char.charCodeAt(index))).join('')
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0')
}
