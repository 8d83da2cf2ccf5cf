import { sql } from 'kysely'
import type { Catalogue, Field, Operation, Party, Purpose } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import { operationOf } from '../codes.js'
import { distinct, inOrder, mergeActivities, type Activity } from '../rules.js'
import { ACTOR, eventsOf, FLAGGED, MONTH, type Whose } from './entries.js'
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
export async function countSince({ trx, subjects, today }: Reader, since: Date): Promise<Counts> {
  let all = 0
  let flagged = 0
  for (const subject of subjects) {
    const row = await eventsOf(trx, subject, today)
      .where('occurred_at', '>=', since)
      .select(({ fn }) => [
        fn.countAll<number>().as('every'),
        sql<number>`count(*) filter (where ${FLAGGED})`.as('broken'),
      ])
      .executeTakeFirstOrThrow()
    all += row.every
    flagged += row.broken
  }
  return { all, flagged }
}

/** How often each office acted, and when last. */
export async function readActivities(reader: Reader): Promise<readonly Activity[]> {
  const { trx, catalogue, subjects, today } = reader
  const found: Activity[] = []
  for (const subject of subjects) {
    const rows = await eventsOf(trx, subject, today)
      .select(({ fn }) => [
        ACTOR.as('actor'),
        fn.countAll<number>().as('count'),
        fn.max('occurred_at').as('last'),
      ])
      .groupBy('actor')
      .execute()
    for (const { actor, count, last } of rows) {
      found.push({ party: termOf(catalogue.parties, actor), count, lastAt: last })
    }
  }
  return mergeActivities(found)
}

/** Accesses per month in German time by some offices, only months that have any. */
export async function countByMonth(
  { trx, subjects, today }: Reader,
  parties: readonly number[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const months = new Map<string, number>()
  for (const subject of subjects) {
    const rows = await eventsOf(trx, subject, today)
      .where('occurred_at', '>=', since)
      .where(ACTOR, 'in', [...parties])
      .select(({ fn }) => [MONTH.as('month'), fn.countAll<number>().as('count')])
      .groupBy('month')
      .execute()
    for (const { month, count } of rows) months.set(month, (months.get(month) ?? 0) + count)
  }
  return months
}

/** What occurs in the log: as many rows as there are combinations, not as there are entries. */
export async function readOccurring(reader: Reader): Promise<Occurring> {
  const { trx, catalogue, subjects, today } = reader
  const parties: Party[] = []
  const purposes: Purpose[] = []
  const fields: Field[] = []
  const operations: Operation[] = []
  for (const subject of subjects) {
    const rows = await eventsOf(trx, subject, today)
      .select([ACTOR.as('actor'), 'purpose', 'operation', 'fields'])
      .distinct()
      .execute()
    for (const row of rows) {
      parties.push(termOf(catalogue.parties, row.actor))
      purposes.push(termOf(catalogue.purposes, row.purpose))
      fields.push(...row.fields.map((id) => termOf(catalogue.fields, id)))
      operations.push(operationOf(row.operation))
    }
  }
  return {
    parties: distinct(parties),
    purposes: distinct(purposes),
    fields: inOrder(fields),
    operations: distinct(operations),
  }
}
