import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server to send requests to. */
export interface Target {
  readonly url: string
  readonly cookie: string
  /** Of everybody who was signed in, in the order in which they were named. */
  readonly cookies: readonly string[]
}

/** Runs a program of this folder until the work is done. */
export async function withProgram<Value>(
  program: string,
  args: readonly string[],
  work: (target: Target) => Promise<Value>,
): Promise<Value> {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const child = fork(path, args, { execArgv: ['--import', 'tsx'] })
  try {
    return await work(await told(child))
  } finally {
    if (child.exitCode === null) {
      child.disconnect()
      await once(child, 'exit')
    }
  }
}

function told(child: ChildProcess): Promise<Target> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('a server ended before it was asked')))
    child.once('message', (message) => resolve(message as Target))
  })
}
