import { sql } from 'kysely'
import type { Catalogue, Field, Operation, Party, Purpose } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import { operationOf } from '../codes.js'
import { distinct, inOrder, mergeActivities, type Activity } from '../rules.js'
import { actedBy, ACTOR, FLAGGED, MONTH, type Whose } from './entries.js'
import { termOf } from './rows.js'

/** How many accesses happened, and how many of them break a rule. */
export interface Counts {
  readonly all: number
  readonly flagged: number
}

/** What occurs in a person's log, to choose from in filters. */
export interface Occurring {
  readonly parties: readonly Party[]
  readonly purposes: readonly Purpose[]
  readonly fields: readonly Field[]
  readonly operations: readonly Operation[]
}

type Reader = Whose & { readonly trx: Trx; readonly catalogue: Catalogue }

/** Counts the accesses since an instant; the rows stay in the database. */
export async function countSince(reader: Reader, since: Date): Promise<Counts> {
  const row = await allEvents(reader)
    .where('occurred_at', '>=', since)
    .select(({ fn }) => [
      fn.countAll<number>().as('every'),
      sql<number>`count(*) filter (where ${FLAGGED})`.as('broken'),
    ])
    .executeTakeFirstOrThrow()
  return { all: row.every, flagged: row.broken }
}

/**
 * The entries of all subjects of a person, where order does not matter: planned once over all partitions,
 * which costs more than reading them.
 */
function allEvents({ trx, subjects, today }: Reader) {
  return trx
    .selectFrom('overview.access_event')
    .where(sql<boolean>`subject = any(${[...subjects]}::uuid[])`)
    .where('expires_on', '>', today)
}

/** How often each office acted, and when last. */
export async function readActivities(reader: Reader): Promise<readonly Activity[]> {
  const rows = await allEvents(reader)
    .select(({ fn }) => [
      ACTOR.as('actor'),
      fn.countAll<number>().as('count'),
      fn.max('occurred_at').as('last'),
    ])
    .groupBy('actor')
    .execute()
  return mergeActivities(
    rows.map(({ actor, count, last }) => ({
      party: termOf(reader.catalogue.parties, actor),
      count,
      lastAt: last,
    })),
  )
}

/** What some offices did in one month of German time. */
export interface MonthOfActs {
  /** `YYYY-MM`. */
  readonly month: string
  readonly count: number
}

/** What some offices did, month by month; only months in which they did anything. */
export async function readActsByMonth(
  reader: Reader,
  parties: readonly number[],
): Promise<readonly MonthOfActs[]> {
  return allEvents(reader)
    .where(actedBy(parties))
    .select(({ fn }) => [MONTH.as('month'), fn.countAll<number>().as('count')])
    .groupBy('month')
    .execute()
}

/** What occurs in the log: as many rows as there are combinations, not as there are entries. */
export async function readOccurring(reader: Reader): Promise<Occurring> {
  const { catalogue } = reader
  const rows = await allEvents(reader)
    .select([ACTOR.as('actor'), 'purpose', 'operation', 'fields'])
    .distinct()
    .execute()
  return {
    parties: distinct(rows.map(({ actor }) => termOf(catalogue.parties, actor))),
    purposes: distinct(rows.map(({ purpose }) => termOf(catalogue.purposes, purpose))),
    fields: inOrder(rows.flatMap(({ fields }) => fields.map((id) => termOf(catalogue.fields, id)))),
    operations: distinct(rows.map(({ operation }) => operationOf(operation))),
  }
}
