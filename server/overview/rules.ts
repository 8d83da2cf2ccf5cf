import type { Field, Flow, LegalBasis, Party, Purpose } from '../catalogue/index.js'
import { germanMonth } from './calendar.js'
import { actorOf, type AccessEntry, type Flag } from './entry.js'
import type { Holding } from './holdings.js'

/** An entry with the rules that it breaks. */
export interface FlaggedEntry extends AccessEntry {
  readonly flags: readonly Flag[]
}

/** The same access several times within a month, newest first: told once, with how often. */
export interface Repeats {
  readonly latest: FlaggedEntry
  readonly all: readonly FlaggedEntry[]
}

/** The accesses of one month in German time, newest first. */
export interface MonthOfAccesses {
  /** `YYYY-MM`. */
  readonly month: string
  readonly groups: readonly Repeats[]
}

/** How often an office acted, and when last. */
export interface Activity {
  readonly party: Party
  readonly count: number
  readonly lastAt: Date
}

/** What an office holds for one purpose, and the legal bases that it named for it. */
export interface Reason {
  readonly purpose: Purpose
  readonly legalBases: readonly LegalBasis[]
  readonly fields: readonly HeldField[]
}

/** One office: what it holds, and what it did. */
export interface OfficeSummary {
  readonly party: Party
  /** In catalogue order; empty where the office only looked. */
  readonly fields: readonly Field[]
  /** What it holds them for. */
  readonly purposes: readonly Purpose[]
  readonly activity?: Activity
}

/** One field or one kind of data, with everybody who holds it. */
export interface HeldField {
  readonly field: Field
  readonly holders: readonly Party[]
  /** When the first access that told of it happened. */
  readonly since: Date
}

/** Months with their accesses, newest first, repeats folded. */
export function byMonth(entries: readonly FlaggedEntry[]): readonly MonthOfAccesses[] {
  const months = groupBy(newestFirst(entries), ({ occurredAt }) => germanMonth(occurredAt))
  return [...months].map(([month, group]) => ({ month, groups: foldRepeats(group) }))
}

/** In order of time; the order of the log is shuffled within a batch. */
export function newestFirst<Entry extends AccessEntry>(
  entries: readonly Entry[],
): readonly Entry[] {
  return [...entries].sort(
    (one, other) =>
      other.occurredAt.getTime() - one.occurredAt.getTime() || other.index - one.index,
  )
}

/** Folds accesses that differ in nothing but their time; one that breaks a rule stands alone. */
export function foldRepeats(entries: readonly FlaggedEntry[]): readonly Repeats[] {
  const groups = groupBy(entries, (entry) =>
    entry.flags.length > 0 ? String(entry.index) : sameness(entry),
  )
  return [...groups.values()].map((all) => ({ latest: first(all), all }))
}

function sameness(entry: AccessEntry): string {
  const { operation, source, recipient, unit, purpose, legalBasis, caseRef = '', fields } = entry
  const numbers = [source.id, recipient.id, unit?.id ?? 0, purpose.id, legalBasis.id]
  return JSON.stringify([operation, numbers, caseRef, fields.map(({ id }) => id)])
}

/** Offices that hold data or acted, those that hold the most first. */
export function officesOf(
  holdings: readonly Holding[],
  activities: readonly Activity[],
): readonly OfficeSummary[] {
  const held = groupBy(holdings, ({ holder }) => holder.id)
  const acted = new Map(
    mergeActivities(activities).map((activity) => [activity.party.id, activity]),
  )
  const parties = new Map(
    [...holdings.map(({ holder }) => holder), ...activities.map(({ party }) => party)].map(
      (party) => [party.id, party],
    ),
  )
  return [...parties.values()]
    .map((party) => summaryOf(party, held.get(party.id) ?? [], acted.get(party.id)))
    .sort((one, other) => other.fields.length - one.fields.length || one.party.id - other.party.id)
}

function summaryOf(
  party: Party,
  holdings: readonly Holding[],
  activity: Activity | undefined,
): OfficeSummary {
  return {
    party,
    fields: inOrder(holdings.map(({ field }) => field)),
    purposes: distinct(holdings.map(({ purpose }) => purpose)),
    ...(activity === undefined ? {} : { activity }),
  }
}

/** Activities of the same office, from several subjects of one person or several offices of one kind. */
export function mergeActivities(activities: readonly Activity[]): readonly Activity[] {
  return [...groupBy(activities, ({ party }) => party.id).values()].map((group) => ({
    party: first(group).party,
    count: group.reduce((sum, { count }) => sum + count, 0),
    lastAt: new Date(Math.max(...group.map(({ lastAt }) => lastAt.getTime()))),
  }))
}

/** What one office holds, by why it does, the largest first. */
export function reasonsOf(holdings: readonly Holding[]): readonly Reason[] {
  return [...groupBy(holdings, ({ purpose }) => purpose.id).values()]
    .map((group) => ({
      purpose: first(group).purpose,
      legalBases: distinct(group.map(({ legalBasis }) => legalBasis)).sort(byId),
      fields: fieldsOf(group),
    }))
    .sort(
      (one, other) => other.fields.length - one.fields.length || byId(one.purpose, other.purpose),
    )
}

function byId(one: { readonly id: number }, other: { readonly id: number }): number {
  return one.id - other.id
}

/** Every held field with its holders, in catalogue order. */
export function fieldsOf(holdings: readonly Holding[]): readonly HeldField[] {
  return [...groupBy(holdings, ({ field }) => field.id).values()]
    .map((group) => ({
      field: first(group).field,
      holders: partiesOf(group),
      since: earliest(group),
    }))
    .sort((one, other) => one.field.order - other.field.order)
}

/** The offices behind holdings, each once. */
export function partiesOf(holdings: readonly Holding[]): readonly Party[] {
  return [...new Map(holdings.map(({ holder }) => [holder.id, holder])).values()]
}

/** When the first access that told of any of them happened. */
export function earliest(holdings: readonly Holding[]): Date {
  return new Date(Math.min(...holdings.map(({ firstAt }) => firstAt.getTime())))
}

/**
 * Whether an authority takes part in any flow that is not open. It then carries the same words for
 * everybody, entries or none, so that the words tell nothing (law.md, who may not see what).
 */
export function mayBeWithheld(party: Party, flows: readonly Flow[]): boolean {
  return flows.some(
    ({ source, recipient, disclosure }) =>
      disclosure !== 'open' && (source === party.authority || recipient === party.authority),
  )
}

/** The fields once each, in catalogue order. */
export function inOrder(fields: readonly Field[]): readonly Field[] {
  return [...new Map(fields.map((field) => [field.id, field])).values()].sort(
    (one, other) => one.order - other.order,
  )
}

/** The offices that acted in entries, each once. */
export function actorsOf(entries: readonly AccessEntry[]): readonly Party[] {
  return [...new Map(entries.map((entry) => [actorOf(entry).id, actorOf(entry)])).values()]
}

/** Values once each, in the order in which they came first. */
export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}

/** Items under their keys, both in the order in which they came. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Map<Key, [Item, ...Item[]]> {
  const groups = new Map<Key, [Item, ...Item[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

function first<Item>([item]: readonly [Item, ...Item[]]): Item {
  return item
}
