import { PEOPLE } from './events.js'
import { median, rounded, type Figure } from './figure.js'
import { inFreshPlace, serverSettings } from './place.js'
import { withSenders, type Done, type Senders } from './senders.js'
import { makePlainTable, PLAIN } from './sides.js'

const ROUNDS = 7
const BATCHES = 15
const SIZE = 1000

/** Everybody's turn in one round: one or two senders of a side. */
const TURNS = {
  oneLedger: { side: 'ledger', senders: 1 },
  twoLedger: { side: 'ledger', senders: 2 },
  oneCopy: { side: 'copy', senders: 1 },
  twoCopy: { side: 'copy', senders: 2 },
} as const
type Turn = keyof typeof TURNS

/** Two senders of the ledger against one sender of batched COPY; two of those stand in the detail. */
export const appendTwoSenders: Figure = {
  name: 'append_two_senders_vs_copy',
  measure: () =>
    inFreshPlace(async (place) => {
      await makePlainTable(place)
      const rates = await withSenders(place, 2, takeTurns)
      const ratios = (one: Turn, other: Turn) =>
        rates[one].map((rate, round) => rate / (rates[other][round] ?? NaN))
      const compared = (one: Turn, other: Turn) => rounded(median(ratios(one, other)))
      return {
        unit: 'x',
        isRatio: true,
        rounds: ratios('twoLedger', 'oneCopy'),
        detail: {
          perSecond: Object.fromEntries(
            Object.entries(rates).map(([turn, of]) => [turn, rounded(median(of))]),
          ),
          twoLedgerVsTwoCopy: compared('twoLedger', 'twoCopy'),
          twoLedgerVsOneLedger: compared('twoLedger', 'oneLedger'),
          ...{ batchesPerSender: BATCHES, batchSize: SIZE, people: PEOPLE },
          indices: 'all distinct in every round',
          senders: 'processes of their own, each with its connection',
          ledger: PLAIN.ledger,
          plain: `${PLAIN.copy}; ${PLAIN.table}`,
          ...(await serverSettings(place)),
        },
      }
    }),
}

async function takeTurns(senders: Senders): Promise<Record<Turn, number[]>> {
  const rates: Record<Turn, number[]> = { oneLedger: [], twoLedger: [], oneCopy: [], twoCopy: [] }
  const given = new Set<number>()
  const turns = Object.keys(TURNS) as Turn[]
  for (let round = 0; round <= ROUNDS; round++) {
    for (const turn of round % 2 === 0 ? turns : [...turns].reverse()) {
      const { side, senders: count } = TURNS[turn]
      const done = await senders.run({ side, batches: BATCHES, size: SIZE }, count)
      if (side === 'ledger') noteDistinct(given, done)
      if (round > 0) rates[turn].push((count * BATCHES * SIZE) / done.seconds)
    }
  }
  return rates
}

/** Two senders that were given one place in the tree would make every figure worthless. */
function noteDistinct(given: Set<number>, { indices }: Done): void {
  const before = given.size
  for (const index of indices) given.add(index)
  if (given.size !== before + indices.length) throw new Error('a leaf index was given twice')
}
