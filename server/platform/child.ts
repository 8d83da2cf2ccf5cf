import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program of ours that runs beside us. */
export interface Child {
  /** The first line that it said. */
  readonly said: string
  /** Resolves when it is gone, whoever ended it. */
  readonly ended: Promise<void>
  /** Ends it and waits; the second call waits for the first. */
  stop(): Promise<void>
}

/** Longest wait for its first line, and for its end (milliseconds). */
const BEGIN_MS = 15_000
const END_MS = 5_000

/**
 * Starts a program that reads its settings from the first line of its standard input and answers with
 * one line when it is ready. It ends when that input ends, so it does not outlive this process, however
 * that ends. Rejects with its last words where it says nothing.
 */
export async function startChild(program: {
  readonly path: string
  /** How Node.js itself is to run it. */
  readonly options: readonly string[]
  readonly settings: string
}): Promise<Child> {
  const child = spawn(process.execPath, [...program.options, program.path, '--settings', '-'], {
    // It is told everything by its settings: keys and passwords of our environment are not its business.
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  // Whoever is gone reads no more.
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${program.settings}\n`)
  const said = await firstLine(child, ended)
  let stopped: Promise<void> | undefined
  return { said, ended, stop: () => (stopped ??= stop(child, ended)) }
}

async function firstLine(child: ChildProcess, ended: Promise<void>): Promise<string> {
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-500)))
  const line = new Promise<string>((resolve) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), BEGIN_MS)
  })
  const said = await Promise.race([line, late, ended.then(() => undefined)])
  clearTimeout(timer)
  if (said !== undefined) return said
  await stop(child, ended)
  throw new Error(words.trim().split('\n').at(-1) ?? 'it said nothing')
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end()
  const hurry = setTimeout(() => child.kill('SIGKILL'), END_MS)
  await ended
  clearTimeout(hurry)
}
