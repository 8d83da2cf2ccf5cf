import type { Trx } from '../database.js'
import { expiryOf } from './journal.js'
import type { BlockParts } from './parts.js'
import { endDerived } from './store/derived.js'

/** An information block that is over takes its transmission block along (AZRG § 4 (2) sentence 3). */
export async function endWhatCame(
  parts: Pick<BlockParts, 'write'>,
  trx: Trx,
  { source, at }: { readonly source: string; readonly at: Date },
): Promise<void> {
  const ended = await endDerived(trx, { source, at, expiresOn: expiryOf(at) })
  for (const { block, reference, subject, number } of ended) {
    const act = { block, reference, subject, number, at, byPortal: true }
    await parts.write(trx, { ...act, what: 'transmission', event: 'went_with' })
  }
}
