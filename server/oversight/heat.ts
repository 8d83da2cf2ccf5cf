/** Accesses of one kind of data with one kind of authority. */
export interface Cell {
  readonly party: string
  /** Empty where each access counts once, whatever its kinds. */
  readonly kind: string
  readonly amount: number
}

/** One row of the cross-table: a kind of authority, or all that are left, which have no code. */
export interface HeatRow {
  readonly party?: string
  /** In the order of the kinds. */
  readonly amounts: readonly number[]
  /** Accesses, each once: less than the sum of the row where one access reads several kinds. */
  readonly total: number
}

/** Accesses by kind of authority and kind of data; row and column add up to the same table. */
export interface Heat {
  readonly kinds: readonly string[]
  readonly rows: readonly HeatRow[]
  /** All rows together. */
  readonly sum: HeatRow
}

/** So many rows fit a page; what is rarer stands together in the last. */
export const MOST_ROWS = 15
/** Shades, from rare to frequent; 0 is none. */
export const SHADES = 4

/** The cross-table of some counts: the most frequent authorities first, kinds in the given order. */
export function heatOf(cells: readonly Cell[], order: readonly string[]): Heat {
  const sums = new Map<string, Map<string, number>>()
  for (const { party, kind, amount } of cells) {
    const row = sums.get(party) ?? new Map<string, number>()
    row.set(kind, (row.get(kind) ?? 0) + amount)
    sums.set(party, row)
  }
  const used = new Set(cells.map(({ kind }) => kind))
  const kinds = order.filter((kind) => used.has(kind))
  const all = [...sums]
    .map(([party, row]) => ({
      party,
      amounts: kinds.map((kind) => row.get(kind) ?? 0),
      total: row.get('') ?? 0,
    }))
    .sort((one, other) => other.total - one.total || (one.party < other.party ? -1 : 1))
  const isLong = all.length > MOST_ROWS
  const shown = isLong ? all.slice(0, MOST_ROWS - 1) : all
  const rest = isLong ? [added(all.slice(MOST_ROWS - 1), kinds.length)] : []
  return { kinds, rows: [...shown, ...rest], sum: added(all, kinds.length) }
}

function added(rows: readonly HeatRow[], width: number): HeatRow {
  return {
    amounts: Array.from({ length: width }, (_, at) =>
      rows.reduce((sum, { amounts }) => sum + (amounts[at] ?? 0), 0),
    ),
    total: rows.reduce((sum, { total }) => sum + total, 0),
  }
}

/** How dark a cell is: by magnitude, because a few authorities have most accesses. */
export function shadeOf(amount: number, most: number): number {
  if (amount <= 0) return 0
  return Math.max(
    1,
    Math.ceil((SHADES * Math.log(1 + amount)) / Math.log(1 + Math.max(amount, most))),
  )
}

/** A purpose and who received data for it, and how often. */
export interface Flow {
  readonly purpose: string
  /** A kind of authority; absent where the own office received or kept them. */
  readonly party?: string
  readonly amount: number
}

/** So many flows are shown. */
export const MOST_FLOWS = 12

/** The most frequent flows, and how many accesses the others have. */
export function flowsOf(counts: readonly Flow[]): {
  readonly shown: readonly Flow[]
  readonly rest: number
} {
  const sums = new Map<string, Flow>()
  for (const flow of counts) {
    const key = `${flow.purpose}/${flow.party ?? ''}`
    sums.set(key, { ...flow, amount: flow.amount + (sums.get(key)?.amount ?? 0) })
  }
  const all = [...sums.values()].sort((one, other) => other.amount - one.amount)
  const rest = all.slice(MOST_FLOWS).reduce((sum, { amount }) => sum + amount, 0)
  return { shown: all.slice(0, MOST_FLOWS), rest }
}
