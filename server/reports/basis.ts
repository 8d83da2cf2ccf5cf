/** The papers that residents take with them. */
export const PAPER_KINDS = ['whole', 'summary'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** What a paper rests on: with the same entries it has the same bytes. */
export interface Basis {
  readonly kind: PaperKind
  /** `de`, or the language that stands beside German. */
  readonly language: string
  /** The checkpoint: entries behind it are left out, and its time is the only one in the file. */
  readonly log: { readonly size: number; readonly at: Date }
  /** Version of the catalogue and of the software. */
  readonly catalogue: number
  readonly software: string
}

/** A paper that is named and can be checked. */
export interface NamedBasis extends Basis {
  /** Eight characters that follow from the digest: the same paper has the same number. */
  readonly reference: string
  /** SHA-256 of what it tells, hexadecimal: the same in each of its files. */
  readonly digest: string
  /** Number of the file, from 1, and how many there are: one for nearly everybody. */
  readonly part: number
  readonly parts: number
}

/** Items of one file of a paper, so that the page of checking takes it. */
export const ITEMS_OF_A_FILE = 1_500

/** The line by which an item enters the digest. */
export function paperLine(section: string, item: object): string {
  return `${JSON.stringify([section, item])}\n`
}
