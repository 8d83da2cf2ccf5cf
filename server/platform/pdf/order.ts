import { isOfNumbers, isRightToLeft, visualOrder } from './bidi.js'
import { unseen } from './shape.js'
import type { Item } from './words.js'

const LEFT_TO_RIGHT_MARK = '\u200e'
const RIGHT_TO_LEFT_MARK = '\u200f'

/** An item of a line, and which it is in the order of reading; an unseen mark goes with its item. */
export interface Placed extends Item {
  readonly at: number
}

/**
 * The items of a line from the left. Programs that read a file guess from the letters which signs
 * belong to a stretch in the other direction; where they would guess wrong stands an unseen mark.
 */
export function ordered(items: readonly Item[], base: 'ltr' | 'rtl'): Placed[] {
  const visual = visualOrder(items.map((item, at): Placed => ({ ...item, at })))
  if (visual.every(({ level }) => level === 0)) return visual
  const own = base === 'rtl' ? 1 : 0
  return visual.flatMap((item, index) => {
    const before = visual[index - 1]
    const after = visual[index + 1]
    if (item.level % 2 === own) {
      const endsBadly = endsWithSign(item) && needsLeft({ item, before, after }, base)
      const needs = base === 'rtl' && (endsBadly || endsWithMark(item))
      return needs ? [marked(item, RIGHT_TO_LEFT_MARK), item] : [item]
    }
    const isFirst = before === undefined || before.level % 2 === own
    const isLast = after === undefined || after.level % 2 === own
    const edge = { item, before, after }
    return [
      ...(isFirst && needsLeft(edge, base) ? [marked(item, RIGHT_TO_LEFT_MARK)] : []),
      item,
      ...(isLast && needsRight(edge, base) ? [marked(item, LEFT_TO_RIGHT_MARK)] : []),
    ]
  })
}

/** The first or last item of a stretch in the other direction, and its neighbours. */
interface Edge {
  readonly item: Item
  readonly before: Item | undefined
  readonly after: Item | undefined
}

function needsLeft({ item, before }: Edge, base: 'ltr' | 'rtl'): boolean {
  if (base === 'ltr') return !isRightToLeft(ends(item).left)
  return before !== undefined && !isRightToLeft(ends(before).right)
}

function needsRight({ item, after }: Edge, base: 'ltr' | 'rtl'): boolean {
  if (base === 'rtl') return !LEFT_TO_RIGHT.test(ends(item).right)
  return after !== undefined && !LEFT_TO_RIGHT.test(ends(after).left)
}

/** Signs of numbers are taken for numbers, which read from the left, even between Arabic words. */
function endsWithSign(item: Item): boolean {
  return isOfNumbers(ends(item).left)
}

/** A mark on the last letter is taken for a letter from the left where nothing stands before it on paper. */
function endsWithMark(item: Item): boolean {
  return /\p{M}/u.test(ends(item).left)
}

const LEFT_TO_RIGHT = /[\p{L}\p{Nd}]/u

/** The characters at both ends of an item as it stands on paper. */
function ends({ units, level }: Item): { left: string; right: string } {
  const first = units[0]?.char ?? ''
  const last = units.at(-1)?.char ?? ''
  return level % 2 === 1 ? { left: last, right: first } : { left: first, right: last }
}

function marked({ shaped, level, piece, at }: Placed, char: string): Placed {
  return { shaped: unseen(shaped.font, char), level, piece, at, units: [] }
}
