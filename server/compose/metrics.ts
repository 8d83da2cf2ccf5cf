import type { Gate } from '../platform/http/limits.js'
import { createMetrics, type Gauge, type Metrics } from '../platform/metrics.js'
import { LOGINS } from '../platform/db/roles.js'
import type { Installation } from './installation.js'

/** The figures of a portal: how it stands with its places, its connections, its log and its memory. */
export function metricsOf({ pools, verdict }: Installation, gate: Gate): Metrics {
  const metrics = createMetrics()
  const one = (name: string, help: string, read: () => number): Gauge => {
    const type = name.endsWith('_total') ? 'counter' : 'gauge'
    return { name, help, type, read: () => [{ value: read() }] }
  }
  metrics.watch(one('mirat_requests_in_flight', 'Requests at work.', gate.inFlight))
  metrics.watch(one('mirat_requests_shed_total', 'Requests refused for want of room.', gate.shed))
  const isWritable = () => (verdict.state === 'agrees' ? 1 : 0)
  metrics.watch(
    one('mirat_log_writable', '0 after a restore, until an operator goes on.', isWritable),
  )
  const memory = () => process.memoryUsage.rss()
  metrics.watch(one('process_resident_memory_bytes', 'Memory of the process.', memory))
  metrics.watch({
    name: 'mirat_database_connections',
    help: 'Connections by login: open, idle, and requests that wait for one.',
    type: 'gauge',
    read: () =>
      LOGINS.flatMap((login) => [
        { labels: { login, state: 'open' }, value: pools[login].totalCount },
        { labels: { login, state: 'idle' }, value: pools[login].idleCount },
        { labels: { login, state: 'waiting' }, value: pools[login].waitingCount },
      ]),
  })
  return metrics
}
