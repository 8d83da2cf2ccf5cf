import pg from 'pg'
import { emptyHead, extend } from '../../server/ledger/tiles.js'

/** Somebody with the superuser's password: what the log must show afterwards, since nothing prevents it. */
export interface Insider {
  query<Row extends object>(statement: string, values?: readonly unknown[]): Promise<Row[]>
  /** Runs the work while one table is altered, then puts its rows back as they were. */
  whileAltered<Value>(table: string, statement: string, work: () => Promise<Value>): Promise<Value>
  /** Makes the stored tree that of other entries, as many as before; what was signed stays. */
  rewriteTree(entries: readonly Buffer[]): Promise<void>
  close(): Promise<void>
}

/** Opens the superuser's connection, with the triggers of these tables and their partitions off. */
export async function openInsider(adminUrl: string, tables: readonly string[]): Promise<Insider> {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  for (const table of tables) await client.query(`alter table ${table} disable trigger all`)
  let copies = 0
  return {
    query: async (statement, values = []) => {
      const { rows } = await client.query(statement, [...values])
      return rows as never
    },
    whileAltered: async (table, statement, work) => {
      copies += 1
      const kept = `kept_${copies}`
      await client.query(`create temp table ${kept} as select * from ${table}`)
      try {
        const { rowCount } = await client.query(statement)
        if (rowCount === 0) throw new Error('the insider has altered nothing')
        return await work()
      } finally {
        await client.query(`delete from ${table}`)
        await client.query(`insert into ${table} select * from ${kept}`)
        await client.query(`drop table ${kept}`)
      }
    },
    rewriteTree: async (entries) => {
      const { newTiles, newBundles, edge, bundleEdge } = extend(emptyHead, entries)
      const tile = 'update ledger.tile set data = $3 where level = $1 and idx = $2'
      const bundle = 'update ledger.bundle set data = $2 where idx = $1'
      const head = 'update ledger.head set edge = $1, bundle_edge = $2'
      for (const { level, idx, data } of newTiles) await client.query(tile, [level, idx, data])
      for (const { idx, data } of newBundles) await client.query(bundle, [idx, data])
      await client.query(head, [edge, bundleEdge])
    },
    close: () => client.end(),
  }
}
