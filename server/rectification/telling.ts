import type { Party } from '../catalogue/index.js'

/** What came of sending a notice once: the state that it is in from then on. */
export type Told = 'waiting' | 'sent' | 'acknowledged' | 'to_print' | 'failed'

/** How often a notice is sent before a person has to. */
export const MOST_TRIES = 20

/** What the way out brought back. */
export type Brought =
  | { readonly kind: 'answer'; readonly status: number }
  | { readonly kind: 'failed'; readonly why: string }

const DONE: readonly number[] = [200, 201]
/** The office has read it and will not change its mind: another decision stands, or no such record. */
const REFUSED: readonly number[] = [409, 422]

/**
 * The state after one try. A timeout says nothing of whether the office has it, and neither does 202, so
 * both are `sent` and tried again: the same message twice changes nothing there.
 */
export function afterTry(brought: Brought, tries: number): Told {
  if (brought.kind === 'answer') {
    if (DONE.includes(brought.status)) return 'acknowledged'
    if (REFUSED.includes(brought.status)) return 'failed'
  }
  if (tries >= MOST_TRIES) return 'failed'
  const isUnclear = brought.kind === 'failed' ? brought.why === 'timeout' : brought.status === 202
  return isUnclear ? 'sent' : 'waiting'
}

/**
 * Whether an office may be told by a machine. A person decides on all private and foreign parties: a block
 * may stand in the register that this portal does not know (AZRG § 4).
 */
export function mayBeSent(party: Pick<Party, 'level'> | undefined): boolean {
  return party !== undefined && party.level !== 'non-state' && party.level !== 'foreign'
}

/**
 * Whether an office may be written to at all. Where a block is in force, no letter is made for a private or
 * foreign party: the person is heard first, and no paper tells anybody that there is a block (AZRG-DV § 7 (6)).
 */
export function mayBeWrittenTo(
  { office }: { readonly office: Pick<Party, 'level'> },
  { isInForce }: { readonly isInForce: boolean },
): boolean {
  return mayBeSent(office) || !isInForce
}
