import type { Book, Sort } from './book.js'
import type { Reference } from './reference.js'

/** What a row of `catalogue.term` may be. */
export type TermKind = Sort | 'flow' | 'consent'

/** One code with everything that is known of it, its texts in every shipped language included. */
export interface Definition {
  readonly kind: TermKind
  readonly code: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The books of all shipped languages by tag. */
export type Books = ReadonlyMap<string, Book>

/**
 * Every code of the reference data in the order of the files. The texts go in, so that an entry
 * which names a code that was retired since can still be read in every language.
 */
export function definitionsOf(reference: Reference, books: Books): Definition[] {
  const told = (kind: Sort, entries: readonly { readonly code: string }[]): Definition[] =>
    entries.map((entry) => ({
      kind,
      code: entry.code,
      body: { ...entry, texts: textsFor(kind, entry.code, books) },
    }))
  const plain = (kind: TermKind, entries: readonly { readonly code: string }[]): Definition[] =>
    entries.map((entry) => ({ kind, code: entry.code, body: { ...entry } }))
  return [
    ...told('authority', reference.authorities),
    ...told('office', reference.offices),
    ...told('field', reference.fields),
    ...told('purpose', reference.purposes),
    ...told('legal_basis', reference.legalBases),
    ...told('rule', reference.rules),
    ...told('unit', reference.units),
    ...plain('flow', reference.flows),
    ...plain('consent', reference.consents),
  ]
}

function textsFor(kind: Sort, code: string, books: Books): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...books].map(([tag, book]) => [tag, book[kind].get(code) ?? {}]))
}
