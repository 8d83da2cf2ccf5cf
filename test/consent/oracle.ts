import fc from 'fast-check'
import type { ConsentEvent, Mark, Standing } from '../../server/consent/rules.js'

/** The life of one consent, told as people would; instants are minutes after an arbitrary beginning. */
export interface Life {
  readonly answer: 'given' | 'refused'
  readonly from: number
  /** How long a yes holds. */
  readonly holds: number
  readonly end?: { readonly how: 'withdrawn' | 'superseded'; readonly at: number }
  /** Whether the portal has noted that time was over. */
  readonly isNoted: boolean
}

export const BEGINNING = Date.parse('2026-03-01T00:00:00Z')
/** All instants of a life lie before this many minutes. */
export const SPAN = 1_000

export const instant = (minute: number): Date => new Date(BEGINNING + minute * 60_000)

/** Lives of every kind, many of them with ends that fall together. */
export const lives: fc.Arbitrary<Life> = fc
  .record({
    answer: fc.constantFrom(
      'given' as const,
      'given' as const,
      'given' as const,
      'refused' as const,
    ),
    from: fc.integer({ min: 0, max: 200 }),
    holds: fc.integer({ min: 1, max: 400 }),
    how: fc.constantFrom(undefined, 'withdrawn' as const, 'superseded' as const),
    later: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constantFrom(0, 1)),
    isNoted: fc.boolean(),
  })
  .map(({ how, later, ...life }) =>
    how === undefined ? life : { ...life, end: { how, at: life.from + later } },
  )

/** The entries that such a life leaves, in their order. */
export function marksOf({ answer, from, holds, end, isNoted }: Life): readonly Mark[] {
  const mark = (event: ConsentEvent, minute: number): Mark => ({
    event,
    effectiveAt: instant(minute),
  })
  if (answer === 'refused') return [mark('refused', from)]
  const yes: Mark = { ...mark('given', from), validUntil: instant(from + holds) }
  if (end !== undefined) return [yes, mark(end.how, end.at)]
  return isNoted ? [yes, mark('expired', from + holds)] : [yes]
}

/**
 * The same question answered apart from the code, by walking through the minutes: every minute the life stands
 * where something that happens in it puts it.
 */
export function standingOf(life: Life, minute: number): Standing {
  let standing: Standing = 'none'
  for (let now = 0; now <= minute; now++) {
    if (now === life.from) standing = life.answer
    if (life.answer === 'refused') continue
    if (now === life.from + life.holds && standing === 'given') standing = 'expired'
    if (life.end !== undefined && now === life.end.at) standing = life.end.how
  }
  return standing
}
