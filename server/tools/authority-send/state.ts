import { open, readFile, rename } from 'node:fs/promises'
import { EXIT, Stop } from './stop.js'

/** How far an input has been delivered. */
export interface Progress {
  readonly url: string
  readonly stream: string
  /** Events that the portal has acknowledged, counted from the first of the input. */
  readonly acknowledged: number
  /** Number that the last of them got; 0 before the first. */
  readonly lastSeq: number
  /** Number that its first event got; absent before, and where an older version has written the file. */
  readonly firstSeq?: number
  /** Digest of the input up to there; empty before the first. */
  readonly digest: string
  /** A batch that was sent, or was about to be, and whose answer has not been seen. */
  readonly pending?: Pending
}

/** Exactly the batch that must be sent again. */
export interface Pending {
  readonly firstSeq: number
  readonly events: number
  /** Digest of the input up to its last event. */
  readonly digest: string
}

const VERSION = 1

/** Keeps progress in one file, or nowhere. */
export interface ProgressFile {
  load(): Promise<Progress | undefined>
  /** Replaces the file as a whole, on the disk before it returns: a crash leaves the old or the new. */
  save(progress: Progress): Promise<void>
}

/** Makes the keeper of a run's progress. */
export function progressFile(path: string | undefined): ProgressFile {
  if (path === undefined) return { load: async () => undefined, save: async () => undefined }
  return {
    load: async () => {
      const text = await readIfThere(path)
      return text === undefined ? undefined : parsed(text, path)
    },
    save: async (progress) => {
      const beside = `${path}.new`
      const file = await open(beside, 'w', 0o600)
      try {
        await file.writeFile(`${JSON.stringify({ version: VERSION, ...progress })}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, path)
    },
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Stop(EXIT.usage, `The state file ${path} cannot be read.`)
  }
}

function parsed(text: string, path: string): Progress {
  try {
    const { version, ...progress } = JSON.parse(text) as Progress & { version: unknown }
    if (version === VERSION && Number.isSafeInteger(progress.acknowledged)) return progress
  } catch {
    // Said below: half a file and a foreign one need the same answer.
  }
  throw new Stop(EXIT.usage, `The state file ${path} was not written by this program.`)
}
