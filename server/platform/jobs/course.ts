import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Logger,
  makeWorkerUtils,
  parseCronItems,
  run,
  type ParsedCronItem,
  type Runner,
  type WorkerEvents,
} from 'graphile-worker'
import type { Pool, PoolClient } from 'pg'
import { gathered, listen } from './asks.js'
import type { Course } from './resume.js'

/** What one course works: each turn by its name, and its cron pattern in UTC. */
export interface Turns {
  readonly [name: string]: {
    readonly cron: string
    readonly isAsked?: boolean
    work(): Promise<void>
  }
}

/** A course of graphile-worker, and the name under which it locks the turns that it works. */
export interface JobCourse extends Course {
  readonly lockedBy: string | undefined
}

/** graphile-worker's own lines would quote payloads. */
export const quiet = new Logger(() => () => undefined)

/** Turns missed for this long (milliseconds) are made up for. */
const BACKFILL_MS = 86_400_000

/** Longest wait for graphile-worker itself once no turn is in hand (milliseconds). */
const LETTING_GO_MS = 3_000

/**
 * What tells that the database failed. Not all of it ends graphile-worker, but its own retries grow
 * without an end that a stop could reach, and some never come: so each of them ends the course.
 */
const FAULTS = ['pool:fatalError', 'pool:listen:error', 'worker:getJob:error'] as const

/** Begins to work turns; rejects where the database does not answer. */
export async function beginCourse(given: Pool, turns: Turns): Promise<JobCourse> {
  const events = new EventEmitter() as WorkerEvents
  let lockedBy: string | undefined
  events.once('pool:create', ({ workerPool }) => (lockedBy = workerPool.id))
  const fault = new Promise<unknown>((resolve) => {
    for (const name of FAULTS) events.once(name, ({ error }) => resolve(error))
  })
  let turn: Promise<unknown> = Promise.resolve()
  const tasks = Object.entries(turns).map(([name, { work }]) => [name, () => (turn = work())])
  const asks = await listen(given)
  const runner = await run({
    pgPool: givenBackOnce(given),
    concurrency: 1,
    noHandleSignals: true,
    noPreparedStatements: true,
    pollInterval: 5_000,
    logger: quiet,
    events,
    // Without a batch, a turn whose end cannot be written down ends the whole process: graphile-worker
    // 0.17 awaits that promise nowhere. A batch, even of one, hands its fault to `pool:fatalError`.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    parsedCronItems: scheduleOf(turns),
    taskList: Object.fromEntries(tasks) as Record<string, () => Promise<void>>,
  }).catch((error: unknown) => {
    asks.end()
    throw error
  })
  // A turn that waits already is asked for once; one that is being worked comes once more, because it may have looked too early.
  const add = gathered((name) => runner.addJob(name, {}, { jobKey: `asked ${name}` }))
  asks.hear((name) => {
    if (turns[name]?.isAsked === true) add(name)
  })
  const ended = runner.promise.catch((error: unknown) => error)
  return {
    lockedBy,
    broken: Promise.race([fault, ended, asks.broken]),
    end: async () => {
      asks.end()
      await endRunner(runner, () => turn)
    },
  }
}

function scheduleOf(turns: Turns): ParsedCronItem[] {
  return parseCronItems(
    Object.entries(turns).map(([task, { cron }]) => ({
      task,
      match: cron,
      options: { backfillPeriod: BACKFILL_MS },
    })),
  )
}

/**
 * Frees the turns that a course locked and could not write down, so that they are worked again at once
 * instead of four hours later; what was done but not written down is done twice.
 */
export async function freeTurns(pgPool: Pool, lockedBy: string): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool, logger: quiet, noPreparedStatements: true })
  try {
    await utils.forceUnlockWorkers([lockedBy])
  } finally {
    await utils.release()
  }
}

/** Waits for the turn in hand however long it takes, for graphile-worker only so long. */
async function endRunner(runner: Runner, turnInHand: () => Promise<unknown>): Promise<void> {
  // A runner that ends by itself refuses to be stopped, and then it is enough to wait for its end.
  const gone = Promise.allSettled([runner.stop(), runner.promise])
  let turn: Promise<unknown> | undefined
  while (turn !== turnInHand()) {
    turn = turnInHand()
    await turn.catch(() => undefined)
    const enough = new AbortController()
    await Promise.race([
      gone,
      sleep(LETTING_GO_MS, undefined, { signal: enough.signal }).catch(() => undefined),
    ])
    enough.abort()
  }
}

/**
 * The pool for graphile-worker, which gives the connection that it listens on back twice where it ends
 * while its `listen` fails; the second time throws, into a promise that nobody awaits.
 */
function givenBackOnce(pool: Pool): Pool {
  const connect = (taken?: Taken) => {
    if (taken === undefined) return pool.connect()
    pool.connect((error, client, giveBack) => {
      if (client === undefined) return taken(error, undefined, () => undefined)
      let isBack = false
      taken(error, client, (broken) => {
        if (!isBack) giveBack(broken)
        isBack = true
      })
    })
  }
  return Object.assign(Object.create(pool) as Pool, { connect })
}

type GiveBack = (broken?: Error | boolean) => void
type Taken = (error: Error | undefined, client: PoolClient | undefined, done: GiveBack) => void
