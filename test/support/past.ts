import type pg from 'pg'
import type { Login, RoleName } from '../../server/platform/db/roles.js'
import { answersTo } from '../platform/answers.js'
import type { TestApp } from './app.js'

/** Settings of a transaction, by their names without the prefix. */
export type Settings = Readonly<Record<string, string>>
/** A login, and the role inside it. */
export type Who = readonly [Login, RoleName]

/** The application whose database is asked. */
type Asked = { readonly app: Pick<TestApp, 'installation'> }

/** Somebody with the rights of a role and the settings of a scope, and no application before them. */
export interface Insider {
  readonly who: Who
  readonly settings: Settings
}

/** What the database says past every check of the application; nothing of it stays. */
export function says(room: Asked, insider: Insider, statements: readonly string[]) {
  return connected(room, insider, (client) => answersTo(client, statements))
}

/** Runs statements as one transaction and commits: the SQLSTATE of the refusal, or `done`. */
export function commits(room: Asked, insider: Insider, statements: readonly string[]) {
  return connected(room, insider, async (client) => {
    try {
      await client.query('begin')
      for (const statement of statements) await client.query(statement)
      await client.query('commit')
      return 'done'
    } catch (error) {
      return String((error as { code?: unknown }).code)
    }
  })
}

async function connected<Value>(
  { app }: Asked,
  { who, settings }: Insider,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await app.installation.pools[who[0]].connect()
  try {
    await client.query(`set role ${app.installation.roles[who[1]]}`)
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [`mirat.${name}`, value])
    }
    return await work(client)
  } finally {
    client.release(true)
  }
}
