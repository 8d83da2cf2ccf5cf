import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A database of one's own, with everything the template holds. */
export interface FreshDatabase {
  /** The superuser on this database. */
  readonly url: string
  readonly name: string
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>
}

/** Clones the migrated template under a name that nobody else has. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.MIRAT_TEST_URL
  if (server === undefined) throw new Error('MIRAT_TEST_URL is set by the global setup of jest')
  const name = `mirat_test_${randomBytes(8).toString('hex')}`
  await run(server, `create database ${name} template mirat_template`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    name,
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
