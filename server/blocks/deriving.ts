import type { Trx } from '../database.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { expiryOf } from './journal.js'
import type { BlockRow } from './model.js'
import type { BlockParts } from './parts.js'
import { REGISTER_OFFICE } from './routing.js'
import { insertDerived } from './store/derived.js'

/** Fresh references that are tried before giving up. */
const MOST_TRIES = 3

/**
 * Makes the transmission block that an information block brings along (AZRG § 4 (2) sentence 3): nobody applies
 * for it, and its office is the register.
 */
export async function deriveBlock(
  parts: Pick<BlockParts, 'catalogue' | 'keys' | 'random' | 'references' | 'write'>,
  trx: Trx,
  { row, at }: { readonly row: BlockRow; readonly at: Date },
): Promise<void> {
  const register = parts.catalogue.parties.byCode(REGISTER_OFFICE)
  if (register === undefined) throw new Error('the catalogue lacks the register')
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const block = uuidOf(parts.random.bytes(16))
    const reference = parts.references.fresh()
    const subject = await insertDerived(trx, {
      ...{ source: row.block, block, reference, office: register.id, at },
      ...{ caseKey: parts.keys.fresh(block), expiresOn: expiryOf(at) },
    })
    if (subject === undefined) continue
    const act = { block, reference, subject, number: 1, at, byPortal: true }
    await parts.write(trx, { ...act, what: 'transmission', event: 'came_with' })
    return
  }
  throw new Error('an information block brought no transmission block along')
}
