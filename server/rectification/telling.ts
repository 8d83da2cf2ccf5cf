import type { Party } from '../catalogue/index.js'
import { mayBeSent } from '../notices/index.js'

/** What pages of this room say of parties that no machine tells. */
export { mayBeSent } from '../notices/index.js'

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
