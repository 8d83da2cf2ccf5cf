import type { CitedConsent } from './consents/story.js'
import type { ToldAccess, WireAccess } from './history.js'

/** An access with its number in the stream. */
export interface WireEvent extends WireAccess {
  readonly seq: number
}

/** An access of a delivery that cites a consent. */
export interface Citing {
  readonly seq: number
  /** The sign-in of the person. */
  readonly person: string
  readonly consent: CitedConsent
}

/** One batch, and when it is sent. */
export interface Delivery {
  /** Code of the office or authority; its stream has the same name. */
  readonly deliverer: string
  readonly firstSeq: number
  readonly events: readonly WireEvent[]
  /** Accesses whose consent is looked up when they are sent. */
  readonly citing: readonly Citing[]
  /** Milliseconds since 1970. */
  readonly at: number
}

const MOST_EVENTS = 1000
/** A batch leaves some minutes after the last access in it. */
const LAG_MS = 5 * 60_000
const DAY_MS = 86_400_000
/** Days that one batch may span, best first: entries come on the page on the day they happened. */
const SPANS = [1, 2, 3, 7]

/**
 * Batches in the order in which they are sent: one per stream and day, or per few days where that
 * would make more than `most`. A batch holds no two accesses of one person who can be signed in as,
 * so that the shuffle inside a batch (ledger.md, decision 4) never changes the order of a history.
 */
export function deliveriesOf(told: readonly ToldAccess[], most: number): readonly Delivery[] {
  const sorted = [...told].sort(
    (one, other) => one.at - other.at || one.person.ordinal - other.person.ordinal,
  )
  const streams = streamsOf(sorted)
  let deliveries: Delivery[] = []
  for (const days of SPANS) {
    deliveries = [...streams].flatMap(([deliverer, accesses]) =>
      numbered(deliverer, batchesOf(accesses, days)),
    )
    if (deliveries.length <= most) break
  }
  return deliveries.sort((one, other) => one.at - other.at)
}

function streamsOf(told: readonly ToldAccess[]): Map<string, ToldAccess[]> {
  const streams = new Map<string, ToldAccess[]>()
  for (const access of told) {
    const stream = streams.get(access.deliverer)
    if (stream === undefined) streams.set(access.deliverer, [access])
    else stream.push(access)
  }
  return streams
}

function batchesOf(told: readonly ToldAccess[], days: number): ToldAccess[][] {
  const batches: ToldAccess[][] = []
  const spanOf = ({ at }: ToldAccess) => Math.floor(at / (days * DAY_MS))
  let batch: ToldAccess[] = []
  let present = new Set<number>()
  for (const access of told) {
    const { person } = access
    const [first = access] = batch
    const isFull = batch.length === MOST_EVENTS || spanOf(first) !== spanOf(access)
    if (isFull || present.has(person.ordinal)) {
      batches.push(batch)
      batch = []
      present = new Set()
    }
    batch.push(access)
    if (!person.crowd) present.add(person.ordinal)
  }
  return batch.length === 0 ? batches : [...batches, batch]
}

function numbered(deliverer: string, batches: readonly (readonly ToldAccess[])[]): Delivery[] {
  let seq = 0
  return batches.map((batch) => {
    const firstSeq = seq + 1
    const events = batch.map(({ access }) => ({ seq: ++seq, ...access }))
    const citing = batch.flatMap(({ person, cites }, place) =>
      cites === undefined ? [] : [{ seq: firstSeq + place, person: person.name, consent: cites }],
    )
    return { deliverer, firstSeq, events, citing, at: (batch.at(-1)?.at ?? 0) + LAG_MS }
  })
}
