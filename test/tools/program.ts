import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a program ended. */
export interface Ending {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs a program of `server/tools` to its end, from the checkout's folder as npm does. */
export function runTool(name: string, args: readonly string[]): Promise<Ending> {
  const path = `server/tools/${name}.ts`
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    cwd: CHECKOUT,
    // Jest's own options would slow down the start of another program.
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}
