/** A stretch of text that both values have, that only the stored one has, or only the requested one. */
export interface Stretch {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond this many characters of a reader, two values are shown whole beside each other. */
export const MOST_COMPARED = 200

const characters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * What becomes of a stored value by a request, character by character as a reader counts them, in
 * normal form C. As much as possible stays the same (longest common subsequence); at one place
 * what is removed comes before what is added.
 */
export function difference(stored: string, requested: string): Stretch[] {
  const before = graphemes(stored)
  const after = graphemes(requested)
  if (before.length > MOST_COMPARED || after.length > MOST_COMPARED) {
    return stored.normalize('NFC') === requested.normalize('NFC')
      ? merged([['same', stored.normalize('NFC')]])
      : replaced(stored, requested)
  }
  return merged(steps(before, after))
}

type Move = readonly [Stretch['kind'], string]

/** How much the rest of both values has in common, for every pair of places. */
function commonRest(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  )
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const longer = Math.max(at(table, i + 1, j), at(table, i, j + 1))
      const row = table[i] as number[]
      row[j] = before[i] === after[j] ? at(table, i + 1, j + 1) + 1 : longer
    }
  }
  return table
}

function steps(before: readonly string[], after: readonly string[]): Move[] {
  const rest = commonRest(before, after)
  const moves: Move[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]]
    if (old !== undefined && old === fresh) {
      moves.push(['same', old])
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || keeps(rest, i, j))) {
      moves.push(['removed', old])
      i += 1
    } else {
      moves.push(['added', fresh ?? ''])
      j += 1
    }
  }
  return moves
}

/** Whether taking the stored character away loses nothing that could stay. */
function keeps(rest: readonly number[][], i: number, j: number): boolean {
  return at(rest, i + 1, j) >= at(rest, i, j + 1)
}

function merged(moves: readonly Move[]): Stretch[] {
  const out: { kind: Stretch['kind']; text: string }[] = []
  for (const [kind, text] of moves) {
    const last = out.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text !== '') out.push({ kind, text })
  }
  return out
}

function replaced(stored: string, requested: string): Stretch[] {
  return merged([
    ['removed', stored.normalize('NFC')],
    ['added', requested.normalize('NFC')],
  ])
}

function at(table: readonly number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0
}

function graphemes(text: string): string[] {
  return Array.from(characters.segment(text.normalize('NFC')), ({ segment }) => segment)
}
