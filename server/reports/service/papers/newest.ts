import { germanDay } from '../../../platform/kernel/days.js'
import type { Digest } from './summary.js'

/** Lines of accesses on the one page, and how many entries are read to find them. */
const LINES = 5
const MOST_READ = 100

/** An access as the log has it. */
interface Entry {
  readonly index: number
  readonly occurredAt: Date
  readonly recipient: { readonly code: string }
  readonly purpose: { readonly code: string }
}

/**
 * The newest accesses below a size of the log, which come newest first. Those of a day by one office for one purpose are a single line: one
 * that looks again and again would leave no room for any other.
 */
export async function newestLines(
  entries: AsyncIterable<Entry>,
  logSize: number,
): Promise<Digest['accesses']> {
  const lines = new Map<string, Digest['accesses'][number]>()
  let read = 0
  for await (const { index, occurredAt: at, recipient, purpose } of entries) {
    if (lines.size === LINES || ++read > MOST_READ) break
    const line = { at, office: recipient.code, purpose: purpose.code }
    const key = `${germanDay(at)} ${line.office} ${line.purpose}`
    if (index < logSize && !lines.has(key)) lines.set(key, line)
  }
  return [...lines.values()]
}
