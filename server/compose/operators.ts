import type { OperatorDigest } from '../journal/index.js'
import { createOrigins } from '../ledger/index.js'
import type { Installation } from './installation.js'

/** What staff do in the portal, or programs of offices tell it, belongs to no stream of accesses. */
const NO_STREAM = { stream: 0, seq: 0 }

/** Digests of who acted; the prefix keeps what the same person did in one room apart from another. */
export function operatorDigestOf(
  { originKey }: Pick<Installation['secrets'], 'originKey'>,
  prefix: '' | `${string}/`,
): OperatorDigest {
  const origin = createOrigins(originKey)(NO_STREAM)
  return ({ staff, thing, number }) => origin.operatorDigest(`${prefix}${staff}/${thing}/${number}`)
}
