import type { Window } from './store/entries.js'

/** Leaves of the log looked through at once: twice as many each time, as far as one request may go. */
export const REACH = { first: 8_192, most: 1_048_576 } as const

/** Rows of a page, newest first, and where to go on; nothing at the beginning of the log. */
export interface WindowPage<Row> {
  readonly rows: readonly Row[]
  readonly next?: number
}

/**
 * Looks through the log from a leaf downwards, window by window: views with a barrier hand out their rows in no
 * order, so a page costs what it holds, however long the log is.
 */
export async function lookThrough<Row extends { readonly index: number }>(
  from: {
    readonly top: number
    /** Whether what is newer than `top` counts, too. */
    readonly isNewest: boolean
  },
  size: number,
  read: (window: Window, limit: number) => Promise<readonly Row[]>,
): Promise<WindowPage<Row>> {
  const rows: Row[] = []
  let { top } = from
  let isOpen = from.isNewest
  for (let width: number = REACH.first; ; width *= 2) {
    const bottom = Math.max(0, top - width)
    const window: Window = isOpen ? { bottom } : { bottom, top }
    rows.push(...(await read(window, size + 1 - rows.length)))
    if (rows.length > size) return { rows: rows.slice(0, size), next: rows[size - 1]?.index ?? 0 }
    if (bottom === 0) return { rows }
    top = bottom
    isOpen = false
    if (from.top - bottom >= REACH.most) return { rows, next: bottom }
  }
}
