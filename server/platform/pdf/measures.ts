/** Lengths in points: 72 to the inch, 2.83 to the millimetre. */
const MM = 72 / 25.4

/** How a page lies. */
export type SheetName = 'portrait' | 'landscape'

/** A page and where its text stands: `left` and `right` from its left edge, the rest from its upper one. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Where the foot of the page begins. */
  readonly foot: number
}

const [SHORT, LONG] = [595.28, 841.89]

/** A4, with 25 mm for the hole punch: at the left, and of a page that lies at its head, so that both are filed the same way. */
export const SHEETS: Readonly<Record<SheetName, Sheet>> = {
  /** The margins of a letter (DIN 5008). */
  portrait: {
    ...{ width: SHORT, height: LONG, left: 25 * MM, right: SHORT - 20 * MM },
    ...{ top: 20 * MM, bottom: LONG - 25 * MM, foot: LONG - 19 * MM },
  },
  landscape: {
    ...{ width: LONG, height: SHORT, left: 12 * MM, right: LONG - 12 * MM },
    ...{ top: 25 * MM, bottom: SHORT - 19 * MM, foot: SHORT - 14 * MM },
  },
}

/** The length of a line on a page. */
export const lineWidth = ({ left, right }: Sheet): number => right - left

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

/** The types of a table: of its rows and of its head. */
export interface CellTypes {
  readonly row: Type
  readonly head: Type
}

const cells = (size: number, leading: number): CellTypes => ({
  row: { ...plain, size, leading },
  head: { ...plain, size, leading, bold: true },
})

export const CELLS = cells(9, 13)
/** For a table with many columns. */
export const DENSE_CELLS = cells(8, 11)
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
