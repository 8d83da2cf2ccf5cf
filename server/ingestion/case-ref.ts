import { ok, refuse, type Result } from '../platform/kernel/result.js'

/** Whether a file number fits its authority's pattern. */
export type CaseRefFits = (caseRef: string) => boolean

/** What is wrong with a pattern. */
export type PatternFault = 'not_anchored' | 'too_long' | 'not_simple' | 'bad_range' | 'no_limit'

/** The pattern of a stream that was registered without one. */
export const DEFAULT_CASE_REF = '^[A-Za-z0-9 ./_-]{1,40}$'

/** Longest file number, whatever a pattern would allow. */
export const CASE_REF_LENGTH = 64

const PATTERN_LENGTH = 100
const PIECE =
  /\[((?:[A-Za-z0-9 ./_:-]|\\[-./])+)\]|([A-Za-z0-9 /_:-])|\\([-./])|\{(\d{1,2})(?:,(\d{1,2}))?\}|(\?)/y
const RANGE = /\\?([A-Za-z0-9 ./_:-])(?:-([A-Za-z0-9]))?/g

/** One set of characters, some times over. */
interface Piece {
  readonly chars: ReadonlySet<string>
  readonly min: number
  readonly max: number
}

/**
 * Reads a pattern in the small part of regular expressions that needs no backtracking engine:
 * `^`, then characters and classes, each once, `?`, `{n}` or `{n,m}`, then `$`. The matcher tries
 * positions side by side, so that no pattern and no file number can make it slow.
 */
export function compileCaseRef(pattern: string): Result<CaseRefFits, PatternFault> {
  if (pattern.length > PATTERN_LENGTH) return refuse('too_long')
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) return refuse('not_anchored')
  const pieces = piecesOf(pattern.slice(1, -1))
  if (!pieces.ok) return pieces
  return ok((caseRef) => caseRef.length <= CASE_REF_LENGTH && fits(pieces.value, caseRef))
}

function piecesOf(source: string): Result<readonly Piece[], PatternFault> {
  const pieces: Piece[] = []
  for (let at = 0; at < source.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at
    const match = PIECE.exec(source)
    if (match === null) return refuse(/[*+]/.test(source[at] ?? '') ? 'no_limit' : 'not_simple')
    const [, inside, plain, escaped, low, high, optional] = match
    if (low !== undefined || optional !== undefined) {
      const repeated = repeat(pieces.pop(), { low, high })
      if (repeated === undefined) return refuse('not_simple')
      pieces.push(repeated)
      continue
    }
    const chars = inside === undefined ? new Set([plain ?? escaped ?? '']) : classOf(inside)
    if (chars === undefined) return refuse('bad_range')
    pieces.push({ chars, min: 1, max: 1 })
  }
  return pieces.length === 0 ? refuse('not_simple') : ok(pieces)
}

/** A count follows one set, and no other count. */
function repeat(
  piece: Piece | undefined,
  count: { low: string | undefined; high: string | undefined },
): Piece | undefined {
  if (piece === undefined || piece.min !== 1 || piece.max !== 1) return undefined
  const min = Number(count.low ?? 0)
  const max = count.low === undefined ? 1 : Number(count.high ?? count.low)
  return max < Math.max(min, 1) ? undefined : { chars: piece.chars, min, max }
}

function classOf(inside: string): ReadonlySet<string> | undefined {
  const chars = new Set<string>()
  for (const [, first = '', last = first] of inside.matchAll(RANGE)) {
    if (last < first || kindOf(first) !== kindOf(last)) return undefined
    for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) {
      chars.add(String.fromCharCode(code))
    }
  }
  return chars
}

/** A range stays inside the capitals, the small letters or the digits. */
function kindOf(char: string): string {
  if (/[A-Z]/.test(char)) return 'capital'
  if (/[a-z]/.test(char)) return 'small'
  return /[0-9]/.test(char) ? 'digit' : char
}

function fits(pieces: readonly Piece[], text: string): boolean {
  let reached = new Uint8Array(text.length + 1)
  reached[0] = 1
  for (const piece of pieces) reached = advance(piece, text, reached)
  return reached[text.length] === 1
}

/** Marks every position where a piece can end that starts at a marked one. */
function advance(
  { chars, min, max }: Piece,
  text: string,
  reached: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const ends = new Uint8Array(reached.length)
  for (let start = 0; start <= text.length; start++) {
    if (reached[start] === 0) continue
    let end = start
    while (end - start < max && chars.has(text[end] ?? '')) end++
    if (end - start >= min) ends.fill(1, start + min, end + 1)
  }
  return ends
}
