import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import type { Installation } from '../../server/compose/installation.js'
import type { Database } from '../../server/database.js'
import { createEnrolment, createIdentity } from '../../server/identity/index.js'
import { createTransactions } from '../../server/platform/db/transaction.js'
import { createCookies } from '../../server/platform/http/cookies.js'
import { quantile, rounded } from '../bench/figure.js'
import { idleConnections } from '../support/idle.js'
import type { Audit } from './audit.js'
import { courierOf, type Courier } from './courier.js'
import { onStage, PRODUCTION, type Stage } from './stage.js'

const PAGES = { home: '/en/me', accesses: '/en/me/accesses' } as const
const STEADY_PER_SECOND = 20
const OVERLOAD = 10
const IDLE = 9_000

interface Shot {
  readonly status: number
  readonly ms: number
  readonly retryAfter: boolean
  readonly at: number
}

/** Steady load, then ten times as much, then steady again: how fast, how soon refused, how soon recovered. */
export const load: Audit = {
  name: 'load',
  count: 20,
  run: (seconds) =>
    onStage({ ...PRODUCTION, TICK_SECONDS: '5' }, async (stage) => {
      const installation = await stage.join()
      const cookie = await signIn(installation)
      const options = { url: stage.url, name: 'courier', batch: 1, pauseMs: 200 }
      const courier = await courierOf(installation, options)
      await installation.close()
      const delivering = courier.run()
      await fire(stage.url, { cookie, perSecond: STEADY_PER_SECOND, seconds: 3 })
      const rates = await capacity(stage.url, cookie)
      const memory = [residentMb(stage)]
      const warm = courier.acknowledged.length
      const steady = await fire(stage.url, { cookie, perSecond: STEADY_PER_SECOND, seconds })
      const deliveries = courier.acknowledged.slice(warm)
      memory.push(residentMb(stage))
      const most = Math.max(OVERLOAD * STEADY_PER_SECOND, Math.round(4 * rates))
      const over = await fire(stage.url, { cookie, perSecond: most, seconds: seconds / 2 })
      const ended = performance.now()
      memory.push(residentMb(stage))
      const after = await fire(stage.url, { cookie, perSecond: STEADY_PER_SECOND, seconds: 8 })
      memory.push(residentMb(stage))
      const idle = await idleHealth(stage)
      courier.stop()
      await delivering
      return figuresOf(
        { steady, over, after, ended, courier, deliveries },
        {
          ...{ capacityPerSecond: rounded(rates), steadyPerSecond: STEADY_PER_SECOND },
          ...{ overloadPerSecond: most, residentMb: memory, idle },
        },
      )
    }),
}

/** A session of a resident about whom the courier reports; sign-in itself is measured by nobody here. */
async function signIn(installation: Installation): Promise<string> {
  const { admin, clock, random, secrets } = installation
  const inTransaction = createTransactions<Database>(installation)
  const keys = { subjectSecret: secrets.subjectKey, accountKey: secrets.accountKey }
  const enrolment = createEnrolment({ db: admin, ...keys, clock, random })
  const numbers = [{ scheme: 'azr', value: '123456789012' } as const]
  await enrolment.createDemoAccount({ name: 'resident-audit', language: 'en', numbers })
  const identity = createIdentity({ inTransaction, clock, random })
  const session = await identity.signInDemo('resident-audit')
  if (session === undefined) throw new Error('the resident could not be signed in')
  return createCookies(true).begin(session.token).split(';')[0] ?? ''
}

/** Pages a second when sixteen readers ask without pause. */
async function capacity(url: string, cookie: string): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  const until = performance.now() + 4_000
  let done = 0
  const reader = async () => {
    while (performance.now() < until) {
      const { status } = await shoot(url, { path: PAGES.home, cookie, agent })
      if (status === 200) done += 1
    }
  }
  await Promise.all(Array.from({ length: 8 }, reader))
  agent.destroy()
  return done / 4
}

/** Sends at a fixed rate, whether answers come or not: readers do not wait for each other. */
async function fire(
  url: string,
  options: { cookie: string; perSecond: number; seconds: number },
): Promise<Record<keyof typeof PAGES, Shot[]>> {
  const { cookie, perSecond, seconds } = options
  const agent = new Agent({ keepAlive: true, maxSockets: 2_000 })
  const shots: Record<keyof typeof PAGES, Shot[]> = { home: [], accesses: [] }
  const flying: Promise<unknown>[] = []
  const began = performance.now()
  const total = perSecond * seconds
  for (let number = 0; number < total; number++) {
    const due = began + (number * 1000) / perSecond
    if (due > performance.now()) await sleep(due - performance.now())
    const page = number % 2 === 0 ? 'home' : 'accesses'
    const shot = shoot(url, { path: PAGES[page], cookie, agent })
    flying.push(shot.then((one) => shots[page].push(one)))
  }
  await Promise.all(flying)
  agent.destroy()
  return shots
}

function shoot(
  url: string,
  { path, cookie, agent }: { path: string; cookie: string; agent: Agent },
): Promise<Shot> {
  const at = performance.now()
  return new Promise((resolve) => {
    const done = (status: number, retryAfter = false) =>
      resolve({ status, ms: performance.now() - at, retryAfter, at })
    const asked = request(`${url}${path}`, { agent, headers: { cookie } }, (answer) => {
      answer.resume()
      answer.once('end', () => done(answer.statusCode ?? 0, 'retry-after' in answer.headers))
      answer.once('error', () => done(0))
    })
    asked.once('error', () => done(0))
    asked.end()
  })
}

async function idleHealth({ url }: Stage) {
  const idle = await idleConnections(Number(new URL(url).port), IDLE)
  const agent = new Agent({ keepAlive: false })
  const times: number[] = []
  for (let tries = 0; tries < 100; tries++) {
    times.push((await shoot(url, { path: '/livez', cookie: '', agent })).ms)
  }
  const open = idle.open()
  idle.end()
  return { connections: open, healthP99Ms: rounded(quantile(times, 0.99)) }
}

function residentMb({ web }: Stage): number {
  const status = readFileSync(`/proc/${web().pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

interface Runs {
  readonly steady: Record<keyof typeof PAGES, Shot[]>
  readonly over: Record<keyof typeof PAGES, Shot[]>
  readonly after: Record<keyof typeof PAGES, Shot[]>
  readonly ended: number
  readonly courier: Courier
  readonly deliveries: Courier['acknowledged']
}

function figuresOf(runs: Runs, more: Record<string, unknown>) {
  const { steady, over, after, ended, courier, deliveries } = runs
  const all = [...over.home, ...over.accesses]
  const shed = all.filter(({ status }) => status === 503)
  const served = all.filter(({ status }) => status === 200)
  const strange = all.filter(({ status }) => status !== 200 && status !== 503).length
  const later = [...after.home, ...after.accesses]
  const recovered = later.filter(({ status, ms }) => status !== 200 || ms > 400)
  const recoveryMs = Math.max(0, ...recovered.map((shot) => shot.at + shot.ms - ended))
  const errors = [...steady.home, ...steady.accesses].filter(({ status }) => status !== 200).length
  return {
    isSound: errors === 0 && shed.every(({ retryAfter }) => retryAfter),
    figures: {
      steadyMs: {
        home: percentiles(steady.home),
        accesses: percentiles(steady.accesses),
        delivery: percentiles(deliveries.map(({ began, ended: at }) => ({ ms: at - began }))),
      },
      steadyErrors: errors,
      overload: {
        ...{ sent: all.length, served: served.length, shed: shed.length, otherAnswers: strange },
        shedMs: percentiles(shed),
        servedMs: percentiles(served),
        withRetryAfter: shed.filter(({ retryAfter }) => retryAfter).length,
      },
      recoveryMs: rounded(recoveryMs),
      deliveriesRefused: Object.fromEntries(courier.refused),
      ...more,
    },
  }
}

function percentiles(shots: readonly { readonly ms: number }[]) {
  if (shots.length === 0) return undefined
  const times = shots.map(({ ms }) => ms)
  const at = (share: number) => rounded(quantile(times, share))
  return { n: shots.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
