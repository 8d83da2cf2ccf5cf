import type { Field, LegalBasis, Party, Purpose } from '../catalogue/index.js'
import type { SubjectId } from '../identity/actor.js'
import type { AccessEntry } from './entry.js'

/** That an office holds a field for a purpose on a legal basis, as far as visible entries tell. */
export interface Holding {
  readonly subject: SubjectId
  readonly holder: Party
  readonly field: Field
  readonly purpose: Purpose
  readonly legalBasis: LegalBasis
  /** When the first access that told of it happened. */
  readonly firstAt: Date
  /** When the last one happened. */
  readonly lastAt: Date
  /** Leaf index of the latest entry that told of it. */
  readonly leafIndex: number
  /** When an erasure ended it. */
  readonly endedAt?: Date
  /** First day on which an ended holding is forgotten: that of the erasure's own entry. */
  readonly expiresOn?: string
}

/**
 * Carries holdings forward over further entries: after `store` and `transmit` the recipient holds the
 * fields, `erase` ends that, a query changes nothing. Entries count in order of leaf index whatever
 * their order here, and who came first is decided by when it happened, because leaf indices are
 * shuffled within a batch. Folding in two steps equals folding once. What it does not promise: an
 * entry delivered later than a newer one of another purpose may show a holding that was already ended.
 */
export function foldHoldings(
  base: readonly Holding[],
  events: readonly AccessEntry[],
): readonly Holding[] {
  const places = new Map<string, Holding[]>()
  for (const holding of base) placeIn(places, holding).push(holding)
  for (const event of [...events].sort((one, other) => one.index - other.index)) {
    if (event.operation === 'query') continue
    for (const field of event.fields) {
      const told = toldBy(event, field)
      const place = placeIn(places, told)
      places.set(
        placeKey(told),
        event.operation === 'erase' ? ended(place, told) : held(place, told),
      )
    }
  }
  return [...places.values()].flat().sort(byKey)
}

/** The holdings that no erasure has ended. */
export function heldNow(holdings: readonly Holding[]): readonly Holding[] {
  return holdings.filter(({ endedAt }) => endedAt === undefined)
}

/** One event about one field, as the holding it would make alone; an erasure makes an ended one. */
function toldBy(event: AccessEntry, field: Field): Holding {
  return {
    subject: event.subject,
    holder: event.recipient,
    field,
    purpose: event.purpose,
    legalBasis: event.legalBasis,
    firstAt: event.occurredAt,
    lastAt: event.occurredAt,
    leafIndex: event.index,
    ...(event.operation === 'erase'
      ? { endedAt: event.occurredAt, expiresOn: event.expiresOn }
      : {}),
  }
}

/** All that one office holds of one field, after news that it holds it. */
function held(place: readonly Holding[], told: Holding): Holding[] {
  const end = latestEnd(place)
  const known = place.find((holding) => key(holding) === key(told))
  const merged = known === undefined || isAgain(known, told) ? told : span(known, told)
  const isOver = end?.endedAt !== undefined && end.endedAt >= merged.lastAt
  return [...place.filter((holding) => holding !== known), isOver ? endedLike(merged, end) : merged]
}

/** Stored anew after an erasure: what was held before does not count as held since then. */
function isAgain({ endedAt }: Holding, told: Holding): boolean {
  return endedAt !== undefined && told.firstAt > endedAt
}

/** The same after an erasure; it is remembered even where nothing was known to be held. */
function ended(place: readonly Holding[], erasure: Holding): Holding[] {
  const after = place.map((holding) => {
    if (holding.lastAt > erasure.lastAt) return holding
    return endedLike(holding, latestEnd([holding, erasure]) ?? erasure)
  })
  const isKnown = after.some(
    (holding) => key(holding) === key(erasure) || holding.endedAt !== undefined,
  )
  return isKnown ? after : [...after, erasure]
}

function span(known: Holding, told: Holding): Holding {
  return {
    ...told,
    firstAt: known.firstAt < told.firstAt ? known.firstAt : told.firstAt,
    lastAt: known.lastAt > told.lastAt ? known.lastAt : told.lastAt,
    leafIndex: Math.max(known.leafIndex, told.leafIndex),
  }
}

function endedLike(holding: Holding, end: Holding): Holding {
  return {
    ...holding,
    ...(end.endedAt === undefined ? {} : { endedAt: end.endedAt }),
    ...(end.expiresOn === undefined ? {} : { expiresOn: end.expiresOn }),
  }
}

/** The holding that ended last; of two that ended together, the one remembered longer. */
function latestEnd(place: readonly Holding[]): Holding | undefined {
  const over = place.filter(({ endedAt }) => endedAt !== undefined)
  return over.sort((one, other) => compare(endKey(other), endKey(one)))[0]
}

function endKey({ endedAt, expiresOn = '' }: Holding): string {
  return `${endedAt?.toISOString() ?? ''} ${expiresOn}`
}

function placeIn(places: Map<string, Holding[]>, holding: Holding): Holding[] {
  const name = placeKey(holding)
  const found = places.get(name) ?? []
  places.set(name, found)
  return found
}

function placeKey({ subject, holder, field }: Holding): string {
  return `${subject} ${holder.id} ${field.id}`
}

function key(holding: Holding): string {
  return `${placeKey(holding)} ${holding.purpose.id} ${holding.legalBasis.id}`
}

function byKey(one: Holding, other: Holding): number {
  return compare(key(one), key(other))
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
