/** What a finished request leaves in the figures: its route's pattern, never its address. */
export interface Finished {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly ms: number
}

/** A value that is asked for when the figures are read; labels name parts of the program, never people. */
export interface Gauge {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  read(): readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}

/** Figures of one process, for whoever watches it. */
export interface Metrics {
  finished(request: Finished): void
  watch(gauge: Gauge): void
  /** Prometheus text format 0.0.4. */
  text(): string
}

/** Upper bounds in seconds: the ones that promises are made about. */
const BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 1, 3]

interface Series {
  readonly buckets: number[]
  count: number
  sum: number
}

/** Makes empty figures; they are kept in memory and begin anew with each start. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const durations = new Map<string, Series>()
  const gauges: Gauge[] = []
  return {
    finished: ({ method, route, status, ms }) => {
      const counted = labelled({ method, route, status: String(status) })
      requests.set(counted, (requests.get(counted) ?? 0) + 1)
      observe(durations, route, ms / 1000)
    },
    watch: (gauge) => void gauges.push(gauge),
    text: () =>
      [
        ...heading('mirat_requests_total', 'Requests that were answered.', 'counter'),
        ...[...requests].map(([labels, value]) => `mirat_requests_total${labels} ${value}`),
        ...heading(DURATION, 'Seconds from a request to the end of its answer.', 'histogram'),
        ...[...durations].flatMap(([route, series]) => histogram(route, series)),
        ...gauges.flatMap(gaugeLines),
        '',
      ].join('\n'),
  }
}

const DURATION = 'mirat_request_duration_seconds'

function observe(durations: Map<string, Series>, route: string, seconds: number): void {
  const series = durations.get(route) ?? { buckets: BOUNDS.map(() => 0), count: 0, sum: 0 }
  durations.set(route, series)
  series.count += 1
  series.sum += seconds
  for (const [at, bound] of BOUNDS.entries()) {
    if (seconds <= bound) series.buckets[at] = (series.buckets[at] ?? 0) + 1
  }
}

function histogram(route: string, { buckets, count, sum }: Series): string[] {
  const bucket = (le: string, value: number) =>
    `${DURATION}_bucket${labelled({ route, le })} ${value}`
  return [
    ...BOUNDS.map((bound, at) => bucket(String(bound), buckets[at] ?? 0)),
    bucket('+Inf', count),
    `${DURATION}_sum${labelled({ route })} ${sum.toFixed(6)}`,
    `${DURATION}_count${labelled({ route })} ${count}`,
  ]
}

function gaugeLines({ name, help, type, read }: Gauge): string[] {
  const lines = read().map(({ labels = {}, value }) => `${name}${labelled(labels)} ${value}`)
  return [...heading(name, help, type), ...lines]
}

function heading(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')
}
