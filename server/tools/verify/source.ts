import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, Stop } from './stop.js'

/** A log's public addresses, as anyone reaches them. */
export interface Source {
  text(path: string): Promise<string>
  /** The first `width` things of a tile or bundle; nothing where the log does not serve it. */
  tile(level: number | 'entries', idx: number, width: number): Promise<Buffer | undefined>
}

const WIDTH = 256
const TRIES = 4
const TIMEOUT_MS = 30_000
const FIRST_WAIT_MS = 500

/** Reads the log below an address; throws a Stop where it cannot be reached. */
export function createSource(url: string): Source {
  const read = (path: string) => persist(`${url}/log/${path}`)
  return {
    text: async (path) => {
      const body = await read(path)
      if (body === undefined)
        throw new Stop(EXIT.unchecked, `There is no log at ${url}/log/${path}.`)
      return body.toString('utf8')
    },
    tile: async (level, idx, width) => {
      const partial = await read(tilePath(level, idx, width))
      // A log may drop a partial tile once the full one is there (c2sp.org/tlog-tiles).
      return width === WIDTH ? partial : (partial ?? read(tilePath(level, idx, WIDTH)))
    },
  }
}

/** The address of a tile below the log's (c2sp.org/tlog-tiles): 1234067 is `x001/x234/067`. */
export function tilePath(level: number | 'entries', idx: number, width: number): string {
  const groups = [String(idx % 1000).padStart(3, '0')]
  for (let rest = Math.floor(idx / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  return `tile/${level}/${groups.join('/')}${width === WIDTH ? '' : `.p/${width}`}`
}

async function persist(url: string): Promise<Buffer | undefined> {
  for (let attempt = 1; ; attempt++) {
    const result = await once(url).catch((error: unknown) => error as Error)
    if (!(result instanceof Error)) return result.body
    if (attempt === TRIES)
      throw new Stop(EXIT.unchecked, `${url} cannot be read: ${result.message}.`)
    await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1))
  }
}

/** One try; an error is worth another. */
async function once(url: string): Promise<{ body: Buffer | undefined }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' })
  const body = Buffer.from(await answer.arrayBuffer())
  if (answer.status === 404) return { body: undefined }
  if (answer.status !== 200) throw new Error(`it answers ${answer.status}`)
  return { body }
}
