import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { DomainError, Overloaded } from './kernel/errors.js'

/** What work beside the event loop may take. */
export interface ThreadTerms {
  /** The program of each thread: it answers each message with one message. */
  readonly program: URL
  /** How many work at once, and how many tasks wait for them. */
  readonly threads: number
  readonly waiting: number
  /** Longest time of one task (milliseconds), the start of its thread included. */
  readonly limitMs: number
  /** Largest heap of one thread (MB); bytes outside the heap are for the program to bound. */
  readonly heapMb: number
}

/** What came of a task: an answer, or that it took more time or memory than one may. */
export type ThreadOutcome<Value> =
  { readonly kind: 'answer'; readonly value: Value } | { readonly kind: 'exceeded' }

/** A bounded pool of threads that are started when they are needed. */
export interface Threads<Task, Value> {
  /**
   * Has one thread work on a task. Throws `Overloaded` where too many wait, and UNAVAILABLE where the
   * thread dies of it or the pool is stopped: no task ends without an answer of its own.
   */
  work(task: Task): Promise<ThreadOutcome<Value>>
  /** Threads that live at the moment. */
  readonly alive: () => number
  /** Ends all threads, whatever they are doing, and waits for it; nothing is taken afterwards. */
  stop(): Promise<void>
}

/** A task and whoever waits for it. */
interface Order<Task, Value> {
  readonly task: Task
  resolve(outcome: ThreadOutcome<Value>): void
  reject(error: DomainError): void
}

/** A thread and what is done with its next word, or with its end. */
interface Thread<Value> {
  readonly worker: Worker
  hand: { answer(value: Value): void; died(error?: unknown): void } | undefined
}

/** Sources are read by a loader, which a thread has to call itself; what was built needs none. */
const FROM_SOURCE = (program: URL) => `
  const program = ${JSON.stringify(program.href)}
  import('tsx/esm/api').then(({ tsImport }) => tsImport(program, program))`

/** Makes a pool; a thread that dies, or is ended for its time, is replaced with the next task. */
export function createThreads<Task, Value>(terms: ThreadTerms): Threads<Task, Value> {
  const alive = new Set<Thread<Value>>()
  const idle: Thread<Value>[] = []
  const waiting: Order<Task, Value>[] = []
  let isStopped = false
  const next = () => {
    const thread = idle.pop() ?? (alive.size < terms.threads ? begin() : undefined)
    const order = thread && waiting.shift()
    if (thread && order) give(thread, order, terms.limitMs)
    else if (thread) idle.push(thread)
  }
  const begin = (): Thread<Value> => {
    const thread: Thread<Value> = { worker: startWorker(terms), hand: undefined }
    alive.add(thread)
    thread.worker.on('message', (value: Value) => {
      // Its time was over: it is being ended, and takes nothing more.
      if (thread.hand === undefined) return
      thread.hand.answer(value)
      idle.push(thread)
      if (waiting.length > 0) next()
    })
    thread.worker.on('error', (error) => thread.hand?.died(error))
    thread.worker.on('exit', () => {
      thread.hand?.died()
      alive.delete(thread)
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1)
      if (waiting.length > 0) next()
    })
    return thread
  }
  return {
    work: (task) =>
      new Promise((resolve, reject) => {
        const isFull = alive.size - idle.length >= terms.threads
        if (isStopped || (isFull && waiting.length >= terms.waiting)) throw new Overloaded()
        waiting.push({ task, resolve, reject })
        next()
      }),
    alive: () => alive.size,
    stop: async () => {
      isStopped = true
      for (const order of waiting.splice(0)) order.reject(new Overloaded())
      await Promise.all([...alive].map(({ worker }) => worker.terminate()))
    },
  }
}

/** Waits for a thread's word on a task, as long as it may take. */
function give<Task, Value>(
  thread: Thread<Value>,
  order: Order<Task, Value>,
  limitMs: number,
): void {
  const end = (settle: () => void) => {
    clearTimeout(timer)
    thread.hand = undefined
    settle()
  }
  const timer = setTimeout(() => {
    end(() => order.resolve({ kind: 'exceeded' }))
    void thread.worker.terminate()
  }, limitMs)
  thread.hand = {
    answer: (value) => end(() => order.resolve({ kind: 'answer', value })),
    died: (error) => end(() => settleDeath(order, error)),
  }
  thread.worker.postMessage(order.task)
}

/** Keys and passwords of our environment are not its business. */
function startWorker({ program, heapMb }: ThreadTerms): Worker {
  const isSource = extname(program.pathname) === '.ts'
  return new Worker(isSource ? FROM_SOURCE(program) : fileURLToPath(program), {
    eval: isSource,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
}

function settleDeath<Task, Value>(order: Order<Task, Value>, error: unknown): void {
  const { code } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') order.resolve({ kind: 'exceeded' })
  else order.reject(new DomainError('UNAVAILABLE', { cause: error, detail: 'a thread has died' }))
}
