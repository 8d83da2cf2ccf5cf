import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a run of the program ended. */
export interface Ending {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs the program from its sources until it ends, or until `until` says that it has seen enough. */
export function runProgram(
  env: Readonly<Record<string, string>>,
  { args = ['serve'], until }: { args?: readonly string[]; until?: (out: string) => boolean } = {},
): Promise<Ending> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  let isAsked = false
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (isAsked || !until?.(out)) return
    // Once: a second one would end the stop that the first began.
    isAsked = true
    child.kill('SIGINT')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}
