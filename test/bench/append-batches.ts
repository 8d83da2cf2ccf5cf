import { compare, type Length } from './contest.js'
import { PEOPLE } from './events.js'
import type { Figure, Finding } from './figure.js'
import { inFreshPlace, serverSettings } from './place.js'
import { makePlainTable, makeSides, PLAIN } from './sides.js'

const LENGTH: Length = { rounds: 7, batches: 15, size: 1000 }

/** One sender of the ledger against batched COPY of the plain row. */
export const appendAgainstCopy: Figure = {
  name: 'append_vs_copy',
  measure: () => against('copy'),
}

/** One sender of the ledger against multi-row INSERT of the plain row. */
export const appendAgainstMultirow: Figure = {
  name: 'append_vs_multirow',
  measure: () => against('multirow'),
}

function against(plain: 'copy' | 'multirow'): Promise<Finding> {
  return inFreshPlace(async (place) => {
    await makePlainTable(place)
    const sides = makeSides(place)
    const { rounds, detail } = await compare({ one: sides.ledger, other: sides[plain], ...LENGTH })
    const said = { ledger: PLAIN.ledger, plain: `${PLAIN[plain]}; ${PLAIN.table}` }
    const server = await serverSettings(place)
    return {
      unit: 'x',
      isRatio: true,
      rounds,
      detail: { ...detail, people: PEOPLE, ...said, ...server },
    }
  })
}
