import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Place } from './place.js'
import type { SideName } from './sides.js'

/** What a sender is told. */
export type ToSender =
  { kind: 'task'; side: SideName; batches: number; size: number } | { kind: 'go' }

/** What a sender answers. */
export type FromSender =
  { kind: 'ready' } | { kind: 'done'; indices: readonly number[]; milliseconds: readonly number[] }

/** What each sender is to write. */
export type Task = Omit<Extract<ToSender, { kind: 'task' }>, 'kind'>

/** What several senders have done together. */
export interface Done {
  /** From the word to go until the last of them was done. */
  readonly seconds: number
  readonly indices: readonly number[]
  /** How long each batch took, of all senders. */
  readonly milliseconds: readonly number[]
}

/** Senders in processes of their own, over one log. */
export interface Senders {
  /** Lets the first `count` of them do the same task at once. */
  run(task: Task, count: number): Promise<Done>
}

const PROGRAM = fileURLToPath(new URL('./sender.ts', import.meta.url))

/** Starts senders, hands them over, and ends them whatever happens. */
export async function withSenders<Value>(
  { dataDir }: Place,
  count: number,
  work: (senders: Senders) => Promise<Value>,
): Promise<Value> {
  const children: ChildProcess[] = []
  try {
    // One after another: each brings the database up to date, which would make the others wait.
    for (let number = 1; number <= count; number++) {
      children.push(forked([dataDir, String(number)]))
      await answerOf(children.at(-1) as ChildProcess)
    }
    return await work({ run: (task, first) => together(children.slice(0, first), task) })
  } finally {
    await Promise.all(children.map(ended))
  }
}

function forked(args: readonly string[]): ChildProcess {
  return fork(PROGRAM, args, { execArgv: ['--import', 'tsx'] })
}

async function together(children: readonly ChildProcess[], task: Task): Promise<Done> {
  await Promise.all(children.map((child) => told(child, { kind: 'task', ...task })))
  const start = performance.now()
  const answers = await Promise.all(children.map((child) => told(child, { kind: 'go' })))
  const seconds = (performance.now() - start) / 1000
  const done = answers.flatMap((answer) => (answer.kind === 'done' ? [answer] : []))
  return {
    seconds,
    indices: done.flatMap(({ indices }) => indices),
    milliseconds: done.flatMap(({ milliseconds }) => milliseconds),
  }
}

function told(child: ChildProcess, message: ToSender): Promise<FromSender> {
  const answer = answerOf(child)
  child.send(message)
  return answer
}

/** The next message of a child; a child that ends instead has said why on its standard error. */
function answerOf(child: ChildProcess): Promise<FromSender> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('a sender ended before its time'))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as FromSender)
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve()
      return
    }
    child.once('exit', () => resolve())
    child.disconnect()
  })
}
