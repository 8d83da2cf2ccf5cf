/** The sum of pieces of work; what failed is thrown once every other piece has had its turn. */
export async function eachByItself(pieces: readonly (() => Promise<number>)[]): Promise<number> {
  let sum = 0
  const failed: unknown[] = []
  for (const piece of pieces) {
    try {
      sum += await piece()
    } catch (error) {
      failed.push(error)
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, 'some pieces of a job failed')
  return sum
}
