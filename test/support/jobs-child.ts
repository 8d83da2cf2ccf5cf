// A program of its own for the tests that take its database away, because Jest would hide a rejection
// that nobody handles: works one job on the server in its first argument. Each turn says "working" and
// then waits for the line "fail" or "complete"; the line "stop" ends the program in order.
import { createInterface } from 'node:readline'
import { openPool } from '../../server/platform/db/connect.js'
import { startJobs, type JobSpec } from '../../server/platform/jobs.js'
import { createLog } from '../../server/platform/log.js'

const [url = ''] = process.argv.slice(2)
const log = createLog('info')
const pool = openPool(url, 4)
const lines = createInterface({ input: process.stdin })

const nextOrder = () =>
  new Promise<string>((resolve) => {
    const hear = (line: string) => {
      if (line === 'stop') return
      lines.off('line', hear)
      resolve(line)
    }
    lines.on('line', hear)
  })

const turn: JobSpec = {
  name: 'test.turn',
  cron: '0 0 1 1 *',
  isAsked: true,
  work: async () => {
    const order = nextOrder()
    log.info('working')
    if ((await order) === 'fail') throw new Error('it was told to fail')
    return 1
  },
}

/** Nobody can ask for it. */
const { isAsked: _, ...rest } = turn
const unasked: JobSpec = { ...rest, name: 'test.unasked' }

const running = await startJobs({ jobs: [turn, unasked], pool, log })

async function stop(): Promise<void> {
  log.info('stopping')
  await running.stop()
  log.info('stopped')
  lines.close()
  process.stdin.destroy()
  await pool.end()
}

lines.on('line', (line) => {
  if (line === 'stop') void stop()
})
log.info('ready')
