import { isOfNumbers, unitsOf, type Unit } from './bidi.js'
import type { Piece } from './blocks.js'
import { REPLACEMENT } from './clean.js'
import { scriptFor, type FontName, type Script } from './fonts.js'
import { joined, replacement, shape, space, type Run, type Shaped } from './shape.js'

/** Shaped characters of one piece, level and font. */
export interface Item {
  readonly shaped: Shaped
  readonly level: number
  readonly piece: number
  /** Where in `Word.units` its characters begin; a word that is too long is cut by them. */
  readonly units: readonly Unit[]
}

/** What stays on one line where it can; `gap` is the space that follows it. */
export interface Word {
  readonly items: readonly Item[]
  readonly gap?: Item
}

/** Shapes words for one document, remembers what it has shaped and what no font could draw. */
export interface Shaper {
  shape(run: Run): Shaped
  readonly missing: Set<string>
}

/** Numbers hardly repeat, and their signs neither join nor kern. */
const NUMBER = /^[\d.,:/+()-]{2,}$/

/** Words repeat within a document, above all in tables; the oldest make room for new ones. */
const MOST_REMEMBERED = 4096

/** A shaper for one document. */
export function createShaper(): Shaper {
  const known = new Map<string, Shaped>()
  const remembered = (run: Run): Shaped => {
    const key = `${run.font}${run.rtl ? '<' : '>'}${run.lang}\n${run.text}`
    const found = known.get(key)
    if (found) return found
    const shaped = shape(run)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(key, shaped)
    return shaped
  }
  return {
    missing: new Set(),
    shape(run) {
      if (run.rtl || !NUMBER.test(run.text)) return remembered(run)
      const chars = Array.from(run.text, (text) => remembered({ ...run, lang: 'und', text }))
      return joined(run.font, chars)
    },
  }
}

/** How a paragraph is drawn. */
export interface Face {
  readonly bold: boolean
  readonly shaper: Shaper
}

/** A line may end behind these, but for a sign in front of a number. */
const BREAK_AFTER = /[-/\u2010\u2013\u2014\u200b]/
const SPACE = /[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]/

/** The words of one paragraph in logical order, shaped. The pieces are clean and hold no line end. */
export function wordsOf(pieces: readonly Piece[], face: Face): Word[] {
  const words: Word[] = []
  let units: Unit[] = []
  const close = (gap?: Unit) => {
    // A space behind a hyphen belongs to the word that the hyphen has closed.
    const isBehind = units.length === 0 && gap !== undefined && words.at(-1)?.gap === undefined
    const items = isBehind ? (words.pop()?.items ?? []) : itemsOf(units, pieces, face)
    const font = items.at(-1)?.shaped.font ?? fontFor('latin', face)
    if (items.length > 0 && gap === undefined) words.push({ items })
    if (items.length > 0 && gap) {
      words.push({ items, gap: { ...gap, shaped: space(font), units: [gap] } })
    }
    units = []
  }
  for (const unit of unitsOf(pieces)) {
    if (SPACE.test(unit.char)) close(unit)
    else units.push(unit)
    if (BREAK_AFTER.test(unit.char) && units.length > 1) close()
  }
  close()
  return words
}

/** Units in runs of one piece, level and font, each shaped. */
export function itemsOf(
  units: readonly Unit[],
  pieces: readonly Piece[],
  face: Face,
): readonly Item[] {
  const items: Item[] = []
  let script: Script = 'latin'
  let run: Unit[] = []
  const close = () => {
    const first = run[0]
    if (first) items.push(itemOf(run, script, { pieces, face }))
    run = []
  }
  for (const unit of units) {
    const own: Script | undefined =
      unit.char === REPLACEMENT ? undefined : scriptFor(unit.char, script)
    const last = run.at(-1)
    const isSame =
      last &&
      own === script &&
      last.level === unit.level &&
      last.piece === unit.piece &&
      !(last.level % 2 === 1 && (isOfNumbers(last.char) || isOfNumbers(unit.char)))
    if (!isSame) close()
    if (own === undefined) items.push(missingItem(unit, face))
    else {
      script = own
      run.push(unit)
    }
  }
  close()
  return items
}

function itemOf(
  units: readonly Unit[],
  script: Script,
  { pieces, face }: { pieces: readonly Piece[]; face: Face },
): Item {
  const { level = 0, piece = 0 } = units[0] ?? {}
  const shaped = face.shaper.shape({
    text: units.map(({ char }) => char).join(''),
    font: fontFor(script, face),
    rtl: level % 2 === 1,
    lang: pieces[piece]?.lang ?? 'und',
  })
  return { shaped, level, piece, units }
}

function missingItem(unit: Unit, { bold, shaper }: Face): Item {
  shaper.missing.add(unit.char)
  return { ...unit, shaped: replacement(unit.char, bold), units: [unit] }
}

function fontFor(script: Script, { bold }: Face): FontName {
  return `${script}-${bold ? 'bold' : 'regular'}`
}
