import type pg from 'pg'

/** A table of the log or one of its partitions. */
export interface LogTable {
  readonly name: string
  readonly isPartition: boolean
}

/** The tables of the log with their partitions: nothing in them is ever changed. */
export const LOG_TABLES = `
  with recursive part as (
    select 'overview.access_event'::regclass as oid
    union select 'overview.sealed_event'::regclass
    union select inhrelid from pg_inherits join part on inhparent = part.oid
  )
  select part.oid::regclass::text as name, rel.relispartition as "isPartition"
  from part join pg_class rel on rel.oid = part.oid order by 1`

/** The tables of the tree and of the evidence, which have no partitions. */
export const TREE_TABLES = [
  'ledger.tile',
  'ledger.bundle',
  'ledger.checkpoint',
  'ledger.head',
  'ledger.fingerprint',
  'ledger.head_epoch',
  'ledger.head_tile',
] as const

const COLUMNS = `class, expires_on, leaf_index, subject, recorded_at, occurred_at, operation, channel,
  source, recipient, purpose, legal_basis, fields, salt`
const SALT = `decode(repeat('00', 32), 'hex')`

/** The statement that writes a row of the access log, or of its sealed twin. */
export function eventRow(row: {
  readonly table?: 'access_event' | 'sealed_event'
  readonly subject: string
  readonly index: number
  /** SQL; a month from now by default. */
  readonly expiresOn?: string
  /** The recipient. */
  readonly office?: number
}): string {
  const {
    table = 'access_event',
    subject,
    index,
    expiresOn = 'current_date + 30',
    office = 2,
  } = row
  const [number, rule, ruleId] = table === 'sealed_event' ? [101, ', rule', ', 1'] : [1, '', '']
  return `insert into overview.${table} (${COLUMNS}${rule}) values (${number}, ${expiresOn}, ${index},
    '${subject}', now(), now(), 2, 1, 1, ${office}, 1, 1, '{1}', ${SALT}${ruleId})`
}

/** Writes one row into every partition of both tables, so that row triggers have something to refuse. */
export async function fillPartitions(client: pg.Client): Promise<void> {
  for (const table of ['access_event', 'sealed_event']) {
    const [rule, ruleId] = table === 'sealed_event' ? [', rule', ', 1'] : ['', '']
    await client.query(`
      insert into overview.${table} (${COLUMNS}${rule})
      select kind.class, substring(pg_get_expr(leaf.relpartbound, leaf.oid)
          from 'TO \\(''([0-9-]+)''\\)')::date - 1,
        1000000 + row_number() over (), gen_random_uuid(), now(), now(), 2, 1, 1, 2, 1, 1, '{1}',
        ${SALT}${ruleId}
      from ledger.class kind
      join pg_inherits on inhparent = to_regclass(kind.owner_table || '_c' || kind.class)
      join pg_class leaf on leaf.oid = inhrelid
      where kind.owner_table = 'overview.${table}'`)
  }
}
