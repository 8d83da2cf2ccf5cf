import type { Definition, TermKind } from './definitions.js'

/** A row of `catalogue.term` as the room sees it. */
export interface StoredTerm {
  readonly kind: TermKind
  readonly id: number
  readonly code: string
  readonly retired: boolean
  /** The definition as last loaded. */
  readonly body: Readonly<Record<string, unknown>>
}

/** What loading a content changes. */
export interface Plan {
  /** Codes that were never there, with their numbers for good. */
  readonly fresh: readonly (Definition & { readonly id: number })[]
  /** Codes that the content no longer has. */
  readonly vanished: readonly StoredTerm[]
  readonly faults: readonly string[]
}

/** Entries name their fields in a `smallint[]`. */
const LAST_FIELD = 32_767

/**
 * Compares a content with the stored codes. Numbers count up and are never given twice, retired ones
 * included; authorities and offices share one sequence.
 */
export function planOf(definitions: readonly Definition[], stored: readonly StoredTerm[]): Plan {
  const known = new Set(stored.map(keyOf))
  const wanted = new Set(definitions.map(keyOf))
  const last = new Map<string, number>()
  for (const { kind, id } of stored) last.set(space(kind), Math.max(id, last.get(space(kind)) ?? 0))
  const fresh = definitions
    .filter((definition) => !known.has(keyOf(definition)))
    .map((definition) => {
      const id = (last.get(space(definition.kind)) ?? 0) + 1
      last.set(space(definition.kind), id)
      return { ...definition, id }
    })
  return {
    fresh,
    vanished: stored.filter((term) => !term.retired && !wanted.has(keyOf(term))),
    faults: fresh
      .filter(({ kind, id }) => kind === 'field' && id > LAST_FIELD)
      .map(({ code }) => `field ${code}: no number up to ${LAST_FIELD} is left`),
  }
}

function space(kind: TermKind): string {
  return kind === 'office' ? 'authority' : kind
}

function keyOf({ kind, code }: { readonly kind: TermKind; readonly code: string }): string {
  return `${kind} ${code}`
}
