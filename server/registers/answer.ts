import { z } from 'zod'

/** Longest value in characters. */
const LONGEST = 500
/** Most values of one field, such as several citizenships. */
const MOST = 20

/**
 * Controls and marks of direction could reorder what stands beside a value on the page, or hide it;
 * joiners stay, because Persian is written with them.
 */
const UNSHOWN =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu
/** Private and unassigned characters are signs of nothing. */
const MEANINGLESS = /[\p{Co}\p{Cn}]/gu

const text = z.string().max(LONGEST)
const texts = z.union([text.transform((one) => [one]), z.array(text).min(1).max(MOST)])

/**
 * Reads the JSON of a register: an object of field codes with a text or a list of texts each. Undefined
 * where it is anything else, or speaks of a field that was not asked for: whoever answers so is not
 * believed in part. What is left of a text after cleaning may be nothing; such a field is absent.
 */
export function readValues(
  body: unknown,
  asked: readonly string[],
): ReadonlyMap<string, readonly string[]> | undefined {
  const read = z.record(z.enum(asked), texts).safeParse(withGaps(body, asked))
  if (!read.success) return undefined
  const cleaned = Object.entries(read.data).map(
    ([field, values]) => [field, values.map(clean).filter((one) => one !== '')] as const,
  )
  return new Map(cleaned.filter(([, values]) => values.length > 0))
}

/** An office may hold less than was asked for. */
function withGaps(body: unknown, asked: readonly string[]): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  return { ...Object.fromEntries(asked.map((field) => [field, ''])), ...body }
}

function clean(value: string): string {
  return value.replace(/\s+/g, ' ').replace(UNSHOWN, '').replace(MEANINGLESS, '').trim()
}
