import type { Font, GlyphRun } from 'fontkit'
import { mirrored } from './bidi.js'
import { REPLACEMENT } from './clean.js'
import { fontOf, type FontName } from './fonts.js'

/** A glyph with its characters, which is what copying gives; lengths in thousandths of the font size. */
export interface Drawn {
  readonly id: number
  readonly codePoints: readonly number[]
  /** The width that the font gives it, and the way to the next glyph. */
  readonly width: number
  readonly advance: number
  /** How far from its place it is drawn; nothing is seen of it. */
  readonly off?: number
}

/** A mark above or below a letter, from the beginning of the run on the base line. */
export interface Mark {
  readonly id: number
  readonly x: number
  readonly y: number
}

/** Characters of one font and direction, shaped, from the left; `width` in thousandths of the size. */
export interface Shaped {
  readonly font: FontName
  readonly glyphs: readonly Drawn[]
  /**
   * Glyphs off their place. They are drawn as outlines, and something invisible stands for their
   * characters: programs that read a file part words where a glyph does not follow the one before.
   */
  readonly marks: readonly Mark[]
  readonly width: number
}

/** What is shaped: no spaces, one font, one direction. */
export interface Run {
  readonly text: string
  readonly font: FontName
  readonly rtl: boolean
  readonly lang: string
}

/** OpenType's tags where a language's letters differ: Turkish keeps its dot, Persian its own forms. */
const OPENTYPE_LANGUAGES: Readonly<Record<string, string>> = {
  tr: 'TRK ',
  az: 'AZE ',
  fa: 'FAR ',
  ur: 'URD ',
  ckb: 'KUR ',
  ro: 'ROM ',
  sr: 'SRB ',
  bg: 'BGR ',
}

const SPACE = 0x20
const JOINERS = /[\u200c\u200d]/g

/** Shapes by the font's own tables: joined letters, ligatures, marks, kerning. */
export function shape(run: Run): Shaped {
  const { text, font: name, rtl, lang } = run
  const language = OPENTYPE_LANGUAGES[lang.split('-')[0] ?? '']
  const drawnText = rtl ? Array.from(text, mirrored).join('') : text
  const direction = rtl ? 'rtl' : 'ltr'
  return placed(run, fontOf(name).layout(drawnText, [], undefined, language, direction))
}

function placed({ text, font: name, rtl }: Run, { glyphs, positions }: GlyphRun): Shaped {
  const scale = 1000 / fontOf(name).unitsPerEm
  const hidden = joinersOf(text, rtl)
  const drawn: Drawn[] = []
  const marks: Mark[] = []
  let x = 0
  for (const [index, { id, codePoints, advanceWidth }] of glyphs.entries()) {
    const { xAdvance, xOffset, yOffset } = positions[index] ?? NOWHERE
    const advance = xAdvance * scale
    // fontkit hides a joiner behind a space of no width, which copying would turn into a space.
    const joiner = codePoints[0] === SPACE ? hidden.shift() : undefined
    const meant = joiner === undefined ? meaning(codePoints, rtl) : [joiner]
    const isOff = xOffset !== 0 || yOffset !== 0
    if (isOff) marks.push({ id, x: x + xOffset * scale, y: yOffset * scale })
    const seen = { id, codePoints: meant, width: advanceWidth * scale, advance }
    const isSeen = joiner === undefined && !isOff
    drawn.push(...parted(name, isSeen ? seen : { ...invisible(name, meant), advance }, rtl))
    x += advance
  }
  return { font: name, glyphs: rtl ? apart(name, inOrder(drawn, text)) : drawn, marks, width: x }
}

/**
 * Programs that read a file take two signs that begin within a tenth of the size for one that was printed twice, and
 * part the word there: its halves then come in the order of the paper. So signs without ink keep a distance.
 */
function apart(font: FontName, glyphs: readonly Drawn[]): readonly Drawn[] {
  const isHidden = ({ width, advance }: Drawn) => width === 0 && advance === 0
  const out = [...glyphs]
  for (let at = 0; at < glyphs.length; at++) {
    const end = glyphs.findIndex((glyph, place) => place >= at && !isHidden(glyph))
    const count = (end < 0 ? glyphs.length : end) - at
    const places = end < 0 ? [] : placesOf(count, glyphs[at - 1])
    places.forEach((off, place) => {
      const glyph = glyphs[at + place]
      if (glyph) out[at + place] = { ...(off < 0 ? thin(font, glyph) : glyph), off }
    })
    at += count
  }
  return out
}

/** Where so many signs without ink are drawn, from the beginning of the letter on their right; nothing where there is no room. */
function placesOf(count: number, before: Drawn | undefined): readonly number[] {
  const { advance = Infinity, width = Infinity } = before ?? {}
  if (count === 1 && advance >= 207) return [-105]
  // The letter on the left reaches into that on the right.
  if (count === 1 && width - advance >= 5) return [105]
  if (count === 2 && advance >= 125) return [-20, 110]
  return count === 3 && advance >= 300 ? [-195, -20, 110] : []
}

/** The same without ink, but with a width: what stands behind it then follows without a gap. */
function thin(font: FontName, glyph: Drawn): Drawn {
  return { ...single(fontOf(font), HAIR), codePoints: glyph.codePoints, advance: 0 }
}

/** Gives right-to-left glyphs their characters in the order of the text: marks on a ligature lose it. */
function inOrder(glyphs: readonly Drawn[], text: string): readonly Drawn[] {
  const chars = Array.from(text, (char) => char.codePointAt(0) ?? 0).reverse()
  if (chars.length !== glyphs.length) return glyphs
  return glyphs.map((glyph, index) => ({ ...glyph, codePoints: chars.slice(index, index + 1) }))
}

function joinersOf(text: string, rtl: boolean): number[] {
  const found = [...text.matchAll(JOINERS)].map(([char]) => char.codePointAt(0) ?? 0)
  return rtl ? found.reverse() : found
}

/**
 * A right-to-left ligature stands for its last letter, and something invisible on its right for each
 * one before, on its left for each mark behind: whether the letters of one glyph are read forwards or backwards,
 * programs disagree.
 */
function parted(font: FontName, glyph: Drawn, rtl: boolean): Drawn[] {
  const { codePoints } = glyph
  if (!rtl || codePoints.length < 2) return [glyph]
  const last = codePoints.findLastIndex((one) => !/\p{M}/u.test(String.fromCodePoint(one)))
  const letter = Math.max(0, last)
  const hidden = (some: readonly number[]) =>
    some.map((codePoint) => invisible(font, [codePoint])).reverse()
  return [
    ...hidden(codePoints.slice(letter + 1)),
    { ...glyph, codePoints: codePoints.slice(letter, letter + 1) },
    ...hidden(codePoints.slice(0, letter)),
  ]
}

/** A glyph without ink or width that stands for characters. */
function invisible(font: FontName, codePoints: readonly number[]): Drawn {
  return { ...single(fontOf(font), NO_INK), codePoints }
}

const NO_INK = 0x200c
const HAIR = 0x200a
const NOWHERE = { xAdvance: 0, xOffset: 0, yOffset: 0 }

/** The characters as they were written: the drawn brackets are the mirrored ones. */
function meaning(codePoints: readonly number[], rtl: boolean): number[] {
  if (!rtl) return [...codePoints]
  return codePoints.map((code) => mirrored(String.fromCodePoint(code)).codePointAt(0) ?? code)
}

function single(font: Font, codePoint: number): Drawn {
  const glyph = font.glyphForCodePoint(codePoint)
  const width = (glyph.advanceWidth * 1000) / font.unitsPerEm
  return { id: glyph.id, codePoints: [codePoint], width, advance: width }
}

function alone(font: FontName, glyph: Drawn): Shaped {
  return { font, glyphs: [glyph], marks: [], width: glyph.advance }
}

/** The sign that is drawn for a character without a glyph; copying still gives the character. */
export function replacement(char: string, bold: boolean): Shaped {
  const font: FontName = bold ? 'latin-bold' : 'latin-regular'
  const sign = single(fontOf(font), REPLACEMENT.codePointAt(0) ?? 0)
  return alone(font, { ...sign, codePoints: [char.codePointAt(0) ?? 0] })
}

const spaces = new Map<FontName, Shaped>()

/** The space between two words. */
export function space(font: FontName): Shaped {
  const made = spaces.get(font) ?? alone(font, single(fontOf(font), SPACE))
  spaces.set(font, made)
  return made
}

/** Several runs of one font as one. */
export function joined(font: FontName, runs: readonly Shaped[]): Shaped {
  return {
    font,
    glyphs: runs.flatMap(({ glyphs }) => glyphs),
    marks: [],
    width: runs.reduce((sum, { width }) => sum + width, 0),
  }
}

/** A character that takes no room and is not seen. */
export function unseen(font: FontName, char: string): Shaped {
  return alone(font, invisible(font, [char.codePointAt(0) ?? 0]))
}
