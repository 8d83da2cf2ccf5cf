import type { PathCommand } from 'fontkit'
import { fontOf, type FontName } from './fonts.js'
import type { Mark } from './shape.js'

/** Points from the upper left corner, and the size of type. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** Operators that fill a glyph's outline, its run beginning at the spot. */
export function outline(name: FontName, mark: Mark, { x, y, size }: Spot): string {
  const font = fontOf(name)
  const unit = size / font.unitsPerEm
  const left = x + (mark.x * size) / 1000
  const base = y - (mark.y * size) / 1000
  const pen: Pen = {
    x: 0,
    y: 0,
    place: (px, py) => `${points(left + px * unit)} ${points(base - py * unit)}`,
  }
  return `${font
    .getGlyph(mark.id)
    .path.commands.map((command) => drawn(command, pen))
    .join(' ')} f`
}

/** Where the outline has come to, in the font's units. */
interface Pen {
  x: number
  y: number
  place(x: number, y: number): string
}

function drawn({ command, args }: PathCommand, pen: Pen): string {
  if (command === 'closePath') return 'h'
  const all = command === 'quadraticCurveTo' ? cubic(args, pen) : args
  const places = pairs(all).map(([x, y]) => pen.place(x, y))
  const [x = 0, y = 0] = all.slice(-2)
  pen.x = x
  pen.y = y
  return `${places.join(' ')} ${command === 'moveTo' ? 'm' : command === 'lineTo' ? 'l' : 'c'}`
}

/** The same curve with two control points; PDF knows no other (ISO 32000-1, 8.5.2.2). */
function cubic([cx = 0, cy = 0, x = 0, y = 0]: readonly number[], pen: Pen): number[] {
  const third = (from: number, control: number) => from + ((control - from) * 2) / 3
  return [third(pen.x, cx), third(pen.y, cy), third(x, cx), third(y, cy), x, y]
}

function pairs(args: readonly number[]): [number, number][] {
  return Array.from({ length: args.length / 2 }, (_, index) => [
    args[index * 2] ?? 0,
    args[index * 2 + 1] ?? 0,
  ])
}

/** A number as the file has it. */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100)
}
