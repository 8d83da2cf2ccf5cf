/** Lengths in points: 72 to the inch, 2.83 to the millimetre. */
const MM = 72 / 25.4

/** A4 with the margins of a letter (DIN 5008): 25 mm left for the hole punch, 20 mm right. */
export const PAGE = {
  width: 595.28,
  height: 841.89,
  left: 25 * MM,
  right: 595.28 - 20 * MM,
  top: 20 * MM,
  bottom: 841.89 - 25 * MM,
  /** Where the foot of the page begins. */
  foot: 841.89 - 19 * MM,
} as const

/** Between two columns. */
export const GUTTER = 20

/** The window of the envelope, and where the letter goes on below it (DIN 5008, form B). */
export const ADDRESS = { top: 50 * MM, end: 98 * MM, width: 80 * MM } as const

/** A size of type: `leading` is the height of a line, `before` and `after` the space around it. */
export interface Type {
  readonly size: number
  readonly leading: number
  readonly bold: boolean
  readonly before: number
  readonly after: number
}

const plain = { bold: false, before: 0, after: 0 } as const

export const CELL: Type = { ...plain, size: 9, leading: 13 }
export const CELL_HEAD: Type = { ...CELL, bold: true }
export const TERM: Type = { ...plain, size: 10, leading: 14.5, bold: true }
export const VALUE: Type = { ...plain, size: 10, leading: 14.5 }
export const SMALL: Type = { ...plain, size: 8.5, leading: 12 }

/** The types of running text, and the side of a square code: a camera reads it from printed paper. */
export interface Types {
  readonly body: Type
  readonly item: Type
  readonly headings: Readonly<Record<1 | 2 | 3, Type>>
  readonly code: number
}

export const USUAL: Types = {
  body: { ...plain, size: 10.5, leading: 15.5, after: 7 },
  item: { ...plain, size: 10.5, leading: 15.5, after: 3 },
  headings: {
    1: { size: 18, leading: 25, bold: true, before: 6, after: 10 },
    2: { size: 13.5, leading: 20, bold: true, before: 14, after: 6 },
    3: { size: 11, leading: 16, bold: true, before: 10, after: 4 },
  },
  code: 100,
}

/** For what must stand on one page; no running text is below nine points. */
export const DENSE: Types = {
  body: { ...plain, size: 9, leading: 12.25, after: 4 },
  item: { ...plain, size: 9, leading: 12.25, after: 1.5 },
  headings: {
    1: { size: 15, leading: 20, bold: true, before: 0, after: 4 },
    2: { size: 11, leading: 15, bold: true, before: 6, after: 2.5 },
    3: { size: 9.5, leading: 13, bold: true, before: 5, after: 2 },
  },
  code: 78,
}
