import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrations } from '../../migrations/index.js'
import { freshDatabase } from '../support/database.js'
import { openTestInstallation } from '../support/template.js'
import { runProgram, type Ending } from './program.js'

/** One sentence on the error stream, no stack, an exit code that is not 0. */
function expectOneSentence({ code, err }: Ending, sentence: RegExp): void {
  expect(err.trim()).toMatch(sentence)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(code).toBe(1)
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'mirat-start-'))
}

describe('a start that cannot succeed', () => {
  it('says that the port is taken, before anything is made', async () => {
    const dataDir = folder()
    const taken = await occupy()
    const { port } = taken.address() as { port: number }
    const ending = await runProgram({ PORT: String(port), DATA_DIR: dataDir })
    taken.close()
    expectOneSentence(ending, /^Port \d+ is taken/)
    expect(readdirSync(dataDir)).toEqual([])
    rmSync(dataDir, { recursive: true })
  })

  it('says that the data folder cannot be written', async () => {
    const ending = await runProgram({ PORT: '0', DATA_DIR: '/proc/mirat' })
    expectOneSentence(ending, /^The keys cannot be written to \/proc\/mirat/)
  })

  it('says that the database cannot be reached', async () => {
    const dataDir = folder()
    const DATABASE_URL = 'postgres://nobody@127.0.0.1:9/mirat'
    const ending = await runProgram({ PORT: '0', DATA_DIR: dataDir, DATABASE_URL })
    expectOneSentence(ending, /^The database at 127\.0\.0\.1:9 cannot be reached/)
    rmSync(dataDir, { recursive: true })
  })

  it('says that the database belongs to another version, and leaves it as it was', async () => {
    const database = await freshDatabase()
    const client = new pg.Client(database.url)
    await client.connect()
    await client.query(
      `insert into mirat_migration (name, timestamp) values ('0000_from_the_future', 'x')`,
    )
    const open = openTestInstallation(database.url, { clock: { now: () => new Date() } })
    await expect(open).rejects.toThrow(/migrated by another version/)
    const { rows } = await client.query('select count(*)::int as n from mirat_migration')
    expect(rows[0]).toEqual({ n: Object.keys(migrations).length + 1 })
    await client.end()
    await database.drop()
  })

  it('refuses keys that the log was not begun with, and leaves the logins as they were', async () => {
    const database = await freshDatabase()
    const client = new pg.Client(database.url)
    await client.connect()
    const dataDir = folder()
    const passwords = async () => {
      const { rows } = await client.query<{ rolname: string; rolpassword: string }>(
        `select rolname, rolpassword from pg_authid where rolname like 'mirat_test%' order by 1`,
      )
      return rows
    }
    const before = await passwords()
    const ending = await runProgram(
      { DATABASE_URL: database.url, DATA_DIR: dataDir, DB_ROLE_PREFIX: 'mirat_test' },
      { args: ['db:migrate'] },
    )
    expectOneSentence(
      ending,
      /^This database belongs to another subject key and log key and origin/,
    )
    expect(before.some(({ rolpassword }) => rolpassword !== null)).toBe(true)
    expect(await passwords()).toEqual(before)
    await client.end()
    await database.drop()
    rmSync(dataDir, { recursive: true })
  })
})

function occupy(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
  })
}
