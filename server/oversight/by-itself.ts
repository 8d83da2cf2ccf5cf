/** Does the same for each of some items; what failed is thrown once every other one has had its turn. */
export async function eachByItself<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failed: unknown[] = []
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      failed.push(error)
    }
  }
  const [cause] = failed
  if (failed.length > 0) throw new AggregateError(failed, 'some pieces of a job failed', { cause })
}
