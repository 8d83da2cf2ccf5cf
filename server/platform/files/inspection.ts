import { extname } from 'node:path'
import { createThreads, type ThreadTerms, type Threads } from '../threads.js'
import type { SentFile, Verdict } from './inspect.js'

/** Looks at a file beside the event loop; `inspectFile` says what it promises. */
export type Inspect = (file: SentFile) => Promise<Verdict>

/** The looking at files of one process. */
export interface Inspection {
  /**
   * What takes more time or memory than any sound file is TOO_COMPLEX. Throws `Overloaded` where too many
   * files wait, UNAVAILABLE where a thread dies: a file without a verdict is none that may be kept.
   */
  readonly inspect: Inspect
  /** Ends its threads; whoever still waits is told UNAVAILABLE. */
  stop(): Promise<void>
}

/** Beside this file, as source or as built. */
const PROGRAM = new URL(`./inspecting-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * Two threads, so that one that is busy to its limit does not shut out everybody; together with those that
 * wait as many files as the gate lets forms in, whose files are looked at one after the other. The worst
 * file known takes half a second of a processor and a heap of 190 MB.
 */
export const INSPECTION_TERMS: ThreadTerms = {
  program: PROGRAM,
  threads: 2,
  waiting: 6,
  limitMs: 10_000,
  heapMb: 256,
}

/** Starts no thread before there is a file to look at. */
export function createInspection(terms: ThreadTerms = INSPECTION_TERMS): Inspection {
  const threads: Threads<SentFile, Verdict> = createThreads(terms)
  return {
    inspect: async (file) => {
      const outcome = await threads.work(file)
      if (outcome.kind === 'exceeded') return { ok: false, code: 'TOO_COMPLEX' }
      return received(outcome.value)
    },
    stop: threads.stop,
  }
}

/** Between threads a buffer loses its kind, not its bytes. */
function received(verdict: Verdict): Verdict {
  if (!verdict.ok) return verdict
  const { file } = verdict
  const { buffer, byteOffset, byteLength } = file.bytes
  return { ok: true, file: { ...file, bytes: Buffer.from(buffer, byteOffset, byteLength) } }
}
