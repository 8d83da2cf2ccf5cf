import type { z } from 'zod'
import { bookOf, SORTS, type Book, type Sort, type Words } from './book.js'
import type { StoredTerm } from './reconcile.js'
import * as shapes from './shapes.js'

const SHAPES = {
  authority: shapes.authorityShape,
  office: shapes.officeShape,
  field: shapes.fieldShape,
  purpose: shapes.purposeShape,
  legal_basis: shapes.legalBasisShape,
  rule: shapes.ruleShape,
  unit: shapes.unitShape,
} as const satisfies Record<Sort, z.ZodType>

/** The data of one sort of code, as its file has them. */
export type EntryOf<Kind extends Sort> = z.infer<(typeof SHAPES)[Kind]>

/** A code with its number. */
export interface Numbered<Entry> {
  readonly id: number
  readonly entry: Entry
}

/** Codes that the content no longer has, read from their stored definitions. */
export interface Former {
  of<Kind extends Sort>(kind: Kind): readonly Numbered<EntryOf<Kind>>[]
  /** Their texts in a language, as they were when last loaded. */
  book(tag: string): Book
  /** Definitions that this program cannot read. */
  readonly faults: readonly string[]
}

/** Reads the definitions of codes that entries may still name although the content has dropped them. */
export function formerOf(terms: readonly StoredTerm[]): Former {
  const read = terms.flatMap((term) =>
    isSort(term.kind) ? [{ ...split(term), kind: term.kind }] : [],
  )
  return {
    of: <Kind extends Sort>(kind: Kind) =>
      read.flatMap(({ kind: its, id, parsed }) =>
        its === kind && parsed.success ? [{ id, entry: parsed.data as EntryOf<Kind> }] : [],
      ),
    book: (tag) => bookOf(read.map(({ kind, code, texts }) => [kind, code, texts[tag] ?? {}])),
    faults: read
      .filter(({ parsed }) => !parsed.success)
      .map(({ kind, code }) => `the stored ${kind} ${code} is in a shape of another version`),
  }
}

function split({ kind, id, code, body }: StoredTerm) {
  const { texts, ...entry } = body
  const parsed = SHAPES[kind as Sort].safeParse(entry)
  return { id, code, parsed, texts: (texts ?? {}) as Readonly<Record<string, Words>> }
}

function isSort(kind: string): kind is Sort {
  return (SORTS as readonly string[]).includes(kind)
}
