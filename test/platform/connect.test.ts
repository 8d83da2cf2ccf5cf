import { openPool } from '../../server/platform/db/connect.js'
import { serverUrl } from '../support/run.js'

function outcomeOf(dies: () => boolean): string {
  try {
    return dies() ? 'heard' : 'not heard'
  } catch {
    return 'thrown'
  }
}

describe('a client of the pool', () => {
  it('does not end the program when its connection dies, at work or at rest', async () => {
    const pool = openPool(serverUrl(), 1)
    try {
      const client = await pool.connect()
      // An emitter without a listener throws what it emits, and nobody is there to catch it.
      const dies = () => client.emit('error', new Error('the connection died'))
      const atWork = outcomeOf(dies)
      client.release()
      expect([atWork, outcomeOf(dies)]).toEqual(['heard', 'heard'])
    } finally {
      await pool.end()
    }
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
