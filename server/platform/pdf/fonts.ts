import * as fontkit from 'fontkit'
import { createRequire } from 'node:module'

/** The scripts that have a font here. Noto Sans draws Latin, Cyrillic and Greek; Vazirmatn draws Arabic and Persian. */
export type Script = 'latin' | 'arabic'

/** A font of the house. */
export type FontName = `${Script}-${'regular' | 'bold'}`

const FILES: Readonly<Record<FontName, string>> = {
  'latin-regular': '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  'latin-bold': '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  'arabic-regular': '@expo-google-fonts/vazirmatn/400Regular/Vazirmatn_400Regular.ttf',
  'arabic-bold': '@expo-google-fonts/vazirmatn/700Bold/Vazirmatn_700Bold.ttf',
}

const packages = createRequire(import.meta.url)
const opened = new Map<FontName, fontkit.Font>()

/** The font, read from its package at the first use; throws where the package is missing. */
export function fontOf(name: FontName): fontkit.Font {
  const known = opened.get(name)
  if (known) return known
  const font = fontkit.openSync(packages.resolve(FILES[name])) as fontkit.Font
  rememberNoLetters(font)
  opened.set(name, font)
  return font
}

/**
 * fontkit keeps for a glyph the letters of its first use. One glyph draws several letters, so each
 * use gets its own here; otherwise copied text, and the bytes, would depend on earlier documents.
 */
function rememberNoLetters(font: fontkit.Font): void {
  const shared = font.getGlyph.bind(font)
  font.getGlyph = (id, codePoints = []) => {
    const glyph = shared(id, [])
    return codePoints.length === 0
      ? glyph
      : (Object.create(glyph, { codePoints: { value: codePoints } }) as fontkit.Glyph)
  }
}

const coverage = new Map<string, boolean>()

/** Whether a script's font draws a character. */
export function covers(script: Script, char: string): boolean {
  const key = `${script}${char}`
  const known = coverage.get(key)
  if (known !== undefined) return known
  const has = fontOf(`${script}-regular`).hasGlyphForCodePoint(char.codePointAt(0) ?? 0)
  if (coverage.size < 4096) coverage.set(key, has)
  return has
}

const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/
const JOINER = /[\u200c\u200d]/

/** The script whose font draws a character, that of `before` for the joiners; nothing where none does. */
export function scriptFor(char: string, before: Script): Script | undefined {
  if (JOINER.test(char)) return before
  const first: Script = ARABIC.test(char) ? 'arabic' : 'latin'
  if (covers(first, char)) return first
  const other: Script = first === 'latin' ? 'arabic' : 'latin'
  return covers(other, char) ? other : undefined
}
