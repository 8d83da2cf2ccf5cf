import pg from 'pg'

/**
 * Connections of a test's own. `end()` does not wait until each has gone, so a database that is dropped
 * at once ends some of them: without a listener that is an error of the test that happens to run.
 */
export function poolOf(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
