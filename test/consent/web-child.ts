// The portal as a process of its own, over the database in its first argument: tells its address and how many
// statements it has sent, and kills itself (SIGKILL) behind as many further ones as it is told.
import type { PoolClient } from 'pg'
import { startTestApp } from '../support/app.js'

const [url = ''] = process.argv.slice(2)
const app = await startTestApp({ database: { url, drop: () => Promise.resolve() } })
const known = new WeakSet<PoolClient>()
let sent = 0
let last = Infinity

/** Makes a connection count its statements; the process is gone before anybody hears the answer of the last. */
function counting(client: PoolClient): void {
  if (known.has(client)) return
  known.add(client)
  const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  const query = (...args: unknown[]) => {
    const answer = send(...args)
    // COPY answers with a stream.
    return answer instanceof Promise ? answer.then(counted) : answer
  }
  Object.assign(client, { query })
}

function counted<Value>(answer: Value): Value {
  sent += 1
  if (sent >= last) process.kill(process.pid, 'SIGKILL')
  return answer
}

for (const pool of Object.values(app.installation.pools)) pool.on('acquire', counting)
process.on('message', (more: number | null) => {
  if (more !== null) last = sent + more
  process.send?.({ sent })
})
process.send?.({ url: app.url })
