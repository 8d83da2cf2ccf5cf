import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { serverUrl } from './run.js'

/** A database of one's own, with everything its template holds. */
export interface FreshDatabase {
  /** The superuser on this database. */
  readonly url: string
  readonly name: string
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>
}

/** Clones a template, the migrated one by default, under a name that nobody else has. */
export async function freshDatabase(template = 'mirat_template'): Promise<FreshDatabase> {
  const server = serverUrl()
  const name = `mirat_test_${randomBytes(8).toString('hex')}`
  await run(server, `create database ${name} template ${template}`)
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
