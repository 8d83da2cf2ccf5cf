import type { Line } from './lines.js'
import type { Type } from './measures.js'
import type { Press, SetText, Write } from './press.js'

/** Lines below each other; `x` and `width` in points. */
export interface Column {
  readonly x: number
  readonly width: number
  readonly rows: readonly Row[]
}

/** A line and the element that it belongs to. */
export interface Row {
  readonly line: Line
  readonly right: boolean
  readonly write: Write
}

/** The rows of a text; without a way into the structure there are none. */
export function rowsOf({ lines, right }: SetText, write: Write | undefined): Row[] {
  return write ? lines.map((line) => ({ line, right, write })) : []
}

/** How lines run over pages; `turned` is called at the top of each further page. */
export interface Flow {
  readonly type: Type
  turned?(): void
}

/** Draws columns side by side, over as many pages as they need. One line is left alone on no page. */
export function flow(press: Press, columns: readonly Column[], how: Flow): void {
  const { paper } = press
  const { leading } = how.type
  const total = Math.max(0, ...columns.map(({ rows }) => rows.length))
  for (let done = 0; done < total;) {
    let count = linesHere(total - done, paper.left() / leading)
    if (count === 0 && !paper.isFresh()) {
      paper.turn()
      how.turned?.()
      count = linesHere(total - done, paper.left() / leading)
    }
    // At least one: below a head as tall as the page nothing would ever fit.
    const end = done + Math.max(count, 1)
    for (const column of columns) drawPart(press, column.rows.slice(done, end), { column, how })
    paper.advance((end - done) * leading)
    done = end
  }
}

/** How many of the remaining lines stand on this page, so that none is alone here or on the next. */
function linesHere(rest: number, room: number): number {
  const fit = Math.floor(room + 0.001)
  if (rest <= fit) return rest
  const count = rest - fit === 1 ? fit - 1 : fit
  return count < 2 ? 0 : count
}

function drawPart(
  { ink, paper }: Press,
  rows: readonly Row[],
  { column, how }: { column: Column; how: Flow },
): void {
  const { size, leading } = how.type
  const marks: { write: Write; piece: number; operators: string[] }[] = []
  rows.forEach(({ line, right, write }, index) => {
    const x = right ? column.x + column.width - line.width : column.x
    // The base line lies so that small letters stand in the middle of their line.
    const y = paper.y + (index + 0.5) * leading + size * 0.34
    for (const { piece, operators } of ink.strokesOf(line, { x, y, size })) {
      const last = marks.at(-1)
      if (last?.write === write && last.piece === piece) last.operators.push(operators)
      else marks.push({ write, piece, operators: [operators] })
    }
  })
  for (const { write, piece, operators } of marks) write(piece, operators.join('\n'))
}
