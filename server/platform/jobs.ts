import { Logger, parseCronItems, run, runMigrations, type Runner } from 'graphile-worker'
import pg, { type Pool } from 'pg'
import type { Log } from './log.js'

/** Work that comes round: hourly, daily. Several processes may run the jobs; each turn is worked once. */
export interface JobSpec {
  /** `room.job`. */
  readonly name: string
  /** Cron pattern in UTC (minute hour day month weekday). */
  readonly cron: string
  /** Does the work; returns how much there was. */
  work(): Promise<number>
}

/** Jobs that are running; `stop` waits for the one in hand. */
export interface RunningJobs {
  stop(): Promise<void>
}

/** Its own lines would quote payloads; what matters is logged by `runJob`. */
const quiet = new Logger(() => () => undefined)

/**
 * Makes graphile-worker's tables, owned by the worker's role, so that no other role reaches them. The
 * right to make a schema is lent for that moment alone.
 */
export async function prepareJobs(adminUrl: string, workerRole: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const lend = (verb: string) =>
    `do $$ begin execute format('${verb} ${workerRole}', current_database()); end $$`
  try {
    await pool.query(`grant ${workerRole} to current_user`)
    await pool.query(lend('grant create on database %I to'))
    await pool.query(`set role ${workerRole}`)
    await runMigrations({ pgPool: pool, logger: quiet })
    await pool.query('reset role')
    await pool.query(lend('revoke create on database %I from'))
  } finally {
    await pool.end()
  }
}

/** Runs the jobs on graphile-worker, whose tables the worker's login owns. */
export async function startJobs(deps: {
  jobs: readonly JobSpec[]
  pool: Pool
  log: Log
}): Promise<RunningJobs> {
  const { jobs, pool, log } = deps
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 1,
    noHandleSignals: true,
    noPreparedStatements: true,
    pollInterval: 5_000,
    logger: quiet,
    parsedCronItems: parseCronItems(
      jobs.map(({ name, cron }) => ({
        task: name,
        match: cron,
        options: { backfillPeriod: 86_400_000 },
      })),
    ),
    taskList: Object.fromEntries(jobs.map((job) => [job.name, () => runJob(job, log)])),
  })
  return { stop: () => runner.stop() }
}

/** Runs one job now and logs how much there was to do. */
export async function runJob({ name, work }: JobSpec, log: Log): Promise<void> {
  try {
    log.info('job', { job: name, count: await work() })
  } catch (error) {
    log.error('job failed', { job: name }, error)
    throw error
  }
}
