import type { Party } from '../catalogue/index.js'

/** What came of sending a message once: the state that it is in from then on. */
export type Outcome = 'waiting' | 'sent' | 'acknowledged' | 'to_print' | 'failed'

/** How often a message is sent before a person has to. */
export const MOST_TRIES = 20

/** What the way out brought back. */
export type Brought =
  | { readonly kind: 'answer'; readonly status: number }
  | { readonly kind: 'failed'; readonly why: string }

const DONE: readonly number[] = [200, 201]
/** The office has read it and will not change its mind: something else stands there, or no such record. */
const REFUSED: readonly number[] = [409, 422]

/**
 * The state after one try. A timeout says nothing of whether the office has it, and neither does 202, so
 * both are `sent` and tried again: the same message twice changes nothing there.
 */
export function afterTry(brought: Brought, tries: number): Outcome {
  if (brought.kind === 'answer') {
    if (DONE.includes(brought.status)) return 'acknowledged'
    if (REFUSED.includes(brought.status)) return 'failed'
  }
  if (tries >= MOST_TRIES) return 'failed'
  const isUnclear = brought.kind === 'failed' ? brought.why === 'timeout' : brought.status === 202
  return isUnclear ? 'sent' : 'waiting'
}

/**
 * Whether an office may be told by a machine. Where a person has a transmission block, nothing goes to
 * private or foreign parties; as long as blocks are not known here, a person decides on all of them
 * (AZRG § 4).
 */
export function mayBeSent(party: Pick<Party, 'level'> | undefined): boolean {
  return party !== undefined && party.level !== 'non-state' && party.level !== 'foreign'
}
