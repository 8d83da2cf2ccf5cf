import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** How a run of the program ended. */
export interface Ending {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A program that runs. */
export interface RunningProgram {
  readonly child: ChildProcess
  readonly ended: Promise<Ending>
  /** Waits until its output holds this; rejects where it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts the program from its sources. */
export function startProgram(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = ['serve'],
): RunningProgram {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said }))
  })
  const says = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(said.out)
      if (found) return found
      const over = await Promise.race([ended, sleep(20)])
      if (over) throw new Error(`the program ended before it said ${pattern.source}: ${over.err}`)
    }
  }
  return { child, ended, says }
}

/** Runs the program from its sources until it ends, or until `until` says that it has seen enough. */
export async function runProgram(
  env: Readonly<Record<string, string>>,
  { args = ['serve'], until }: { args?: readonly string[]; until?: RegExp } = {},
): Promise<Ending> {
  const { child, ended, says } = startProgram(env, args)
  if (until === undefined) return ended
  await Promise.race([ended, says(until).catch(() => undefined)])
  child.kill('SIGINT')
  return ended
}
