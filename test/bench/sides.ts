import { CompiledQuery } from 'kysely'
import type { ReportedAccess } from '../../server/overview/index.js'
import { copyLine, OPEN_COLUMNS } from '../../server/overview/store/record.js'
import { copyInto } from '../../server/platform/db/transaction.js'
import { drawEvents } from './events.js'
import { ask, INGEST, type Place } from './place.js'

/** One batch, ready to be written; gives the leaf indices that it got. */
export type Step = () => Promise<readonly number[]>

/** What is compared: writes batches of accesses, each in a transaction of its own. */
export interface Side {
  /** Makes batches, outside the measured time: what a side must do itself is left to its steps. */
  ready(batches: number, size: number): Promise<readonly Step[]>
}

export const SIDES = ['ledger', 'copy', 'multirow'] as const
export type SideName = (typeof SIDES)[number]

/** What the figures say of the plain sides. */
export const PLAIN = {
  table:
    'one unpartitioned table with the columns of overview.access_event, its primary key, its index on (subject, leaf_index desc) and its BRIN index; no row-level security, no triggers',
  copy: 'per batch: begin, format the rows as COPY text, COPY, commit; values (salt and digest included) made beforehand, as for nothing',
  multirow:
    'per batch: begin, one INSERT of all rows with parameters, commit; values made beforehand, as for nothing',
  ledger:
    'per batch: recorder.prepare (classify, body, commitments, row text), then begin, lock, tree, checkpoint, COPY, flags, commit',
} as const

const COLUMNS = ['leaf_index', ...OPEN_COLUMNS] as const

/** Makes the table that the plain sides write into. */
export async function makePlainTable({ adminUrl, installation }: Place): Promise<void> {
  await ask(
    adminUrl,
    `create schema bench;
      create table bench.plain (like overview.access_event including constraints);
      alter table bench.plain add primary key (class, expires_on, leaf_index);
      create index on bench.plain (subject, leaf_index desc);
      create index on bench.plain using brin (leaf_index);
      grant usage on schema bench to ${installation.roles.ingest};
      grant insert on bench.plain to ${installation.roles.ingest}`,
  )
}

/** Makes the sides of one process; `number` keeps the accesses and indices of several apart. */
export function makeSides(place: Place, number = 0): Readonly<Record<SideName, Side>> {
  const { catalogue, clock } = place.installation
  const { recorder } = place
  const seed = `sender ${number}`
  const events = drawEvents({ catalogue, recorder, seed, now: clock.now(), days: 30 })
  let leaf = number * 1e9
  const plain = (write: (rows: readonly Values[]) => Promise<void>): Side => ({
    ready: (batches, size) =>
      made(batches, async () => {
        const rows = await valuesOf(place, events.next(size), leaf)
        leaf += size
        return async () => {
          await write(rows)
          return rows.map(({ leaf_index }) => leaf_index)
        }
      }),
  })
  return {
    ledger: {
      ready: (batches, size) =>
        made(batches, () => {
          const accesses = events.next(size)
          return Promise.resolve(() => append(place, accesses))
        }),
    },
    copy: plain((rows) => copyPlain(place, rows)),
    multirow: plain((rows) => insertPlain(place, rows)),
  }
}

async function append(
  { inTransaction, recorder }: Place,
  accesses: readonly ReportedAccess[],
): Promise<readonly number[]> {
  const prepared = await recorder.prepare(accesses)
  const { indices } = await inTransaction(INGEST, (trx) => recorder.record(trx, prepared))
  return indices
}

type Values = Parameters<typeof copyLine>[0] & { readonly leaf_index: number }

/** The rows that the ledger would write, sealed or not, made by its own recorder before the clock runs. */
async function valuesOf(
  { recorder }: Place,
  accesses: readonly ReportedAccess[],
  first: number,
): Promise<readonly Values[]> {
  const { rows } = await recorder.prepare(accesses)
  return rows.map(({ row }, at) => ({ ...row, leaf_index: first + at }))
}

function copyPlain({ inTransaction }: Place, rows: readonly Values[]): Promise<void> {
  return inTransaction(INGEST, (trx) => {
    const data = rows.map((row) => `${row.leaf_index}\t${copyLine(row)}\n`).join('')
    return copyInto(trx, `bench.plain (${COLUMNS.join(', ')})`, data)
  })
}

async function insertPlain({ inTransaction }: Place, rows: readonly Values[]): Promise<void> {
  await inTransaction(INGEST, (trx) => {
    const parameters = rows.flatMap((row) => COLUMNS.map((column) => row[column]))
    return trx.executeQuery(CompiledQuery.raw(insertOf(rows.length), parameters))
  })
}

const inserts = new Map<number, string>()

/** The statement is the same for every batch of a size, so it is made once. */
function insertOf(rows: number): string {
  const known = inserts.get(rows)
  if (known !== undefined) return known
  const width = COLUMNS.length
  const numbers = (from: number) => Array.from({ length: width }, (_, at) => `$${from + at + 1}`)
  const places = Array.from({ length: rows }, (_, row) => `(${numbers(row * width).join()})`)
  const text = `insert into bench.plain (${COLUMNS.join(', ')}) values ${places.join()}`
  inserts.set(rows, text)
  return text
}

/** One after another: each batch goes on where the one before ended. */
async function made(count: number, make: () => Promise<Step>): Promise<readonly Step[]> {
  const steps: Step[] = []
  while (steps.length < count) steps.push(await make())
  return steps
}
