import { openPool } from '../../server/platform/db/connect.js'
import { serverUrl } from '../support/run.js'

describe('a client of the pool', () => {
  it('does not end the program when its connection dies, at work or at rest', async () => {
    const pool = openPool(serverUrl(), 1)
    const client = await pool.connect()
    // An emitter without a listener throws what it emits, and nobody is there to catch it.
    expect(() => client.emit('error', new Error('the connection died'))).not.toThrow()
    client.release()
    const again = await pool.connect()
    expect(() => again.emit('error', new Error('the connection died'))).not.toThrow()
    again.release(true)
    await pool.end()
  })

  it('waits for nothing without end', async () => {
    const pool = openPool(serverUrl(), 1)
    const {
      connectionTimeoutMillis,
      query_timeout: queryMs,
      statement_timeout: statementMs,
    } = pool.options
    const limits = [connectionTimeoutMillis, queryMs, statementMs].map(Number)
    expect(limits.every((ms) => ms > 0 && ms <= 12_000)).toBe(true)
    await pool.end()
  })
})
