import { runMigrations } from 'graphile-worker'
import pg, { type Pool } from 'pg'
import { beginCourse, freeTurns, quiet } from './jobs/course.js'
import type { Log } from './log.js'
import { keepGoing } from './jobs/resume.js'

/**
 * Work that comes round: hourly, daily. Several processes may run the jobs; each turn is worked once, and
 * once more where the database was lost before its end was written down.
 */
export interface JobSpec {
  /** `room.job`. */
  readonly name: string
  /** Cron pattern in UTC (minute hour day month weekday). */
  readonly cron: string
  /** Comes as well when a transaction asks for it, `notify mirat_asked, 'room.job'`: anybody may ask, and asks of a tenth of a second are one. */
  readonly isAsked?: true
  /** Does the work; returns how much there was. */
  work(): Promise<number>
}

/** Jobs that are running; `stop` waits for the one in hand. */
export interface RunningJobs {
  stop(): Promise<void>
}

/** Pauses of jobs whose database has gone: soon enough for one that restarts, rare for one that is away. */
const PAUSES = { firstMs: 1_000, longestMs: 30_000 }

/**
 * Makes graphile-worker's tables, owned by the worker's role, so that no other role reaches them. The right to make a
 * schema is lent for that moment alone. Nothing of the owner may call what stands there: whoever has the worker's login
 * can replace it, and it would run with the owner's rights.
 */
export async function prepareJobs(
  adminUrl: string,
  { worker }: { readonly worker: string },
): Promise<void> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const lend = (verb: string) =>
    `do $$ begin execute format('${verb} ${worker}', current_database()); end $$`
  try {
    // Processes that start side by side would change the same rows of the database's own tables.
    await pool.query(`select pg_advisory_lock(hashtextextended('mirat jobs', 0))`)
    await pool.query(`grant ${worker} to current_user`)
    await pool.query(lend('grant create on database %I to'))
    await pool.query(`set role ${worker}`)
    await runMigrations({ pgPool: pool, logger: quiet })
    await pool.query('reset role')
    await pool.query(lend('revoke create on database %I from'))
  } finally {
    await pool.end()
  }
}

/**
 * Runs the jobs on graphile-worker, whose tables the worker's login owns. A database that goes away at
 * whatever moment interrupts them: they are resumed when it answers again.
 */
export async function startJobs(deps: {
  jobs: readonly JobSpec[]
  pool: Pool
  log: Log
}): Promise<RunningJobs> {
  const { jobs, pool, log } = deps
  const turns = Object.fromEntries(
    jobs.map((job) => [
      job.name,
      { cron: job.cron, isAsked: job.isAsked === true, work: () => runJob(job, log) },
    ]),
  )
  let lockedBy: string | undefined
  const begin = async () => {
    if (lockedBy !== undefined) await freeTurns(pool, lockedBy)
    const course = await beginCourse(pool, turns)
    lockedBy = course.lockedBy
    return course
  }
  return keepGoing({ name: 'jobs', begin, pauses: PAUSES, log })
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
