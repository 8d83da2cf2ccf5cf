import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CHECKOUT, until } from './embedded.js'

const CHILD = fileURLToPath(new URL('./jobs-child.ts', import.meta.url))

/** A process that works jobs, one turn at a time, as it is told to. */
export interface JobsWorker {
  tell(order: 'fail' | 'complete' | 'stop'): void
  /** Waits until its log says this so many times; throws what it complained of where it ends before. */
  says(event: string, times?: number): Promise<void>
  /** What stands on its standard error. */
  complaint(): string
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  /** Ends it at once, where it has not ended. */
  kill(): Promise<void>
}

/** Starts a process that works jobs on this database. */
export function startWorker(url: string): JobsWorker {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, url], {
    cwd: CHECKOUT,
    env: { PATH: process.env.PATH },
    stdio: 'pipe',
  })
  const said = { out: '', err: '' }
  let isOver = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'close').then(([code, signal]: (number | string)[]) => {
    isOver = true
    return code ?? signal ?? ''
  })
  const hasSaid = (event: string, times: number) =>
    said.out.split(`"msg":"${event}"`).length > times
  return {
    ended,
    complaint: () => said.err,
    tell: (order) => void child.stdin.write(`${order}\n`),
    says: async (event, times = 1) => {
      await until(() => isOver || hasSaid(event, times))
      if (!hasSaid(event, times)) throw new Error(`it ended before it said "${event}": ${said.err}`)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
