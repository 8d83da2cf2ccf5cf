import { z } from 'zod'

const INDEX = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number)

/** A leaf index from an address, or nothing where it cannot be one. */
export function readIndex(raw: string | null | undefined): number | undefined {
  return INDEX.safeParse(raw).data
}

/** The query of the list: what cannot be read is left out, as the list without it shows no less. */
export function readListQuery(query: URLSearchParams): { before?: number; flagged: boolean } {
  const before = readIndex(query.get('before'))
  const flagged = query.get('flagged') === 'yes'
  return before === undefined ? { flagged } : { before, flagged }
}
