/** One page of a keyset list: `next` is the cursor of the page after it, absent on the last. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

/** Cuts a list that was read one longer than the page, and names the cursor of the rest. */
export function pageOf<Item>(
  rows: readonly Item[],
  size: number,
  cursorOf: (item: Item) => string,
): Page<Item> {
  const items = rows.slice(0, size)
  const last = items.at(-1)
  return rows.length > size && last !== undefined ? { items, next: cursorOf(last) } : { items }
}
