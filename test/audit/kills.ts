import { setTimeout as sleep } from 'node:timers/promises'
import { once } from 'node:events'
import pg from 'pg'
import { median, quantile, rounded } from '../bench/figure.js'
import { courierOf, type Courier } from './courier.js'
import { onStage, type Stage } from './stage.js'
import type { Audit } from './audit.js'

const KINDS = ['web', 'backend', 'postmaster'] as const
type Kind = (typeof KINDS)[number]

const COURIERS = 3
const LONGEST_GAP_MS = 60_000

/** Kills under load: afterwards every acknowledged event is in the log once, and the log is whole. */
export const kills: Audit = {
  name: 'kills',
  count: 200,
  run: (count) =>
    onStage({ DEMO: 'false', TICK_SECONDS: '5' }, async (stage) => {
      const installation = await stage.join()
      const couriers: Courier[] = []
      for (let number = 1; number <= COURIERS; number++) {
        const options = { url: stage.url, name: `courier-${number}`, batch: 200, pauseMs: 20 }
        couriers.push(await courierOf(installation, options))
      }
      await installation.close()
      const running = couriers.map((courier) => courier.run())
      const failed = Promise.all(running).then(() => undefined)
      const gaps = await Promise.race([killAll(stage, couriers, count), failed.then(never)])
      await sleep(500)
      for (const courier of couriers) courier.stop()
      await failed
      return figuresOf(stage, couriers, { count, gaps })
    }),
}

type Gaps = Readonly<Record<Kind, number[]>>

function never(): never {
  throw new Error('the couriers ended before their time')
}

async function killAll(stage: Stage, couriers: readonly Courier[], count: number): Promise<Gaps> {
  const gaps: Gaps = { web: [], backend: [], postmaster: [] }
  await sleep(1_000)
  for (let number = 0; number < count; number++) {
    const kind = KINDS[number % KINDS.length] as Kind
    await sleep(Math.random() * 400)
    const at = performance.now()
    await KILL[kind](stage)
    gaps[kind].push(await gapAfter(couriers, at))
  }
  return gaps
}

const KILL: Readonly<Record<Kind, (stage: Stage) => Promise<void>>> = {
  web: async (stage) => {
    const gone = once(stage.web(), 'exit')
    stage.web().kill('SIGKILL')
    await gone
    await stage.restartWeb()
  },
  backend: async ({ adminUrl }) => {
    const admin = new pg.Client(adminUrl)
    await admin.connect()
    // One that writes just now if there is one, else any of the portal's.
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'mirat' and pid <> pg_backend_pid() and usename like '%ingest'
       order by state = 'active' desc, random() limit 1`,
    )
    await admin.end()
  },
  postmaster: async (stage) => {
    const { pid } = stage.server()
    process.kill(pid, 'SIGKILL')
    // On a busy machine a killed process holds its lock file until somebody has noticed its end.
    while (isAlive(pid)) await sleep(5)
    await stage.restartServer()
  },
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Milliseconds until a batch was acknowledged whose request began after the kill. */
async function gapAfter(couriers: readonly Courier[], at: number): Promise<number> {
  while (performance.now() - at < LONGEST_GAP_MS) {
    const after = couriers.flatMap(({ acknowledged }) =>
      acknowledged.slice(-20).filter(({ began }) => began >= at),
    )
    if (after.length > 0) return Math.min(...after.map(({ ended }) => ended)) - at
    await sleep(5)
  }
  throw new Error('nothing was acknowledged for a minute after a kill')
}

async function figuresOf(
  stage: Stage,
  couriers: readonly Courier[],
  { count, gaps }: { count: number; gaps: Gaps },
) {
  const acknowledged = couriers.flatMap((courier) => courier.acknowledged)
  const sent = acknowledged.flatMap(({ caseRefs }) => caseRefs)
  const indices = acknowledged.flatMap((batch) => batch.indices)
  const admin = new pg.Client(stage.adminUrl)
  await admin.connect()
  const { rows } = await admin.query<{ ref: string; times: number }>(
    'select case_ref as ref, count(*)::int as times from overview.access_event group by case_ref',
  )
  await admin.end()
  const times = new Map(rows.map((row) => [row.ref, row.times]))
  const lost = sent.filter((ref) => !times.has(ref)).length
  const doubled = rows.filter((row) => row.times > 1).length
  const said = await stage.command('ledger:verify')
  return {
    isSound: lost === 0 && doubled === 0 && new Set(indices).size === indices.length,
    figures: {
      ...{ kills: count, acknowledged: sent.length, inLog: times.size, lost, doubled },
      sameIndexTwice: indices.length - new Set(indices).size,
      log: said.trim().split('\n').at(-1),
      gapMs: Object.fromEntries(KINDS.map((kind) => [kind, rangeOf(gaps[kind])])),
      refused: refusals(couriers),
      couriers: COURIERS,
    },
  }
}

function rangeOf(gaps: readonly number[]) {
  if (gaps.length === 0) return undefined
  const p95 = rounded(quantile(gaps, 0.95))
  return { n: gaps.length, median: rounded(median(gaps)), p95, max: rounded(Math.max(...gaps)) }
}

function refusals(couriers: readonly Courier[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const { refused } of couriers) {
    for (const [status, times] of refused) {
      const name = status === 0 ? 'noAnswer' : String(status)
      sum[name] = (sum[name] ?? 0) + times
    }
  }
  return sum
}
