import { setTimeout as sleep } from 'node:timers/promises'
import type { SendOptions } from './options.js'
import type { Signer } from './signing.js'
import { EXIT, Stop } from './stop.js'

/** What became of a batch. */
export type Fate =
  | {
      readonly kind: 'recorded' | 'known'
      readonly lastSeq: number
      readonly disputed: readonly Disputed[]
    }
  | { readonly kind: 'numbers_taken'; readonly expectedSeq: number }
  | { readonly kind: 'refused'; readonly errors: readonly EventFault[] }

/** One event that obtained fields which its person contests (GDPR Article 18). */
export interface Disputed {
  readonly seq: number
  /** Codes. */
  readonly fields: readonly string[]
}

/** One fault of one event, as the portal names it. */
export interface EventFault {
  readonly seq: number
  readonly field: string
  readonly code: string
}

/** What is told beside accesses. */
export type Beside = 'appointments' | 'emergencies'

/** What became of it. */
export type Told =
  | { readonly kind: 'noted'; readonly recorded: number; readonly known: number }
  | { readonly kind: 'refused'; readonly errors: readonly EventFault[] }

/** The portal as the sender sees it; every call tries again until it knows, or throws a Stop. */
export interface Portal {
  lastSeq(): Promise<number>
  deliver(firstSeq: number, events: readonly object[]): Promise<Fate>
  tell(what: Beside, told: readonly object[]): Promise<Told>
}

/** What a client of the portal needs. */
export interface PortalParts {
  readonly options: Pick<SendOptions, 'url' | 'audience' | 'stream' | 'attempts'>
  readonly signer: Signer
  /** Told before each wait: why, and how many seconds. */
  readonly onRetry: (reason: string, seconds: number) => void
}

const TYPES = {
  appointments: 'appointment-batch+jwt',
  emergencies: 'emergency-batch+jwt',
} as const satisfies Record<Beside, string>
const TIMEOUT_MS = 30_000
const FIRST_WAIT = 0.5
const LONGEST_WAIT = 30
const RETRIED = new Set([429, 500, 502, 503, 504])

/** Makes a client of one stream of the portal. */
export function createPortal(parts: PortalParts): Portal {
  const { signer } = parts
  const { url, audience, stream } = parts.options
  const path = `/api/v1/streams/${encodeURIComponent(stream)}`
  return {
    lastSeq: async () => {
      const claims = { aud: audience, htm: 'GET', htu: `${audience}${path}` }
      const { status, body } = await persist(parts, async () => {
        const token = await signer.sign('access-read+jwt', claims)
        return fetchOnce(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
      })
      const { lastSeq } = body as { lastSeq?: unknown }
      if (status !== 200 || typeof lastSeq !== 'number') throw notAllowed({ status, body })
      return lastSeq
    },
    deliver: async (firstSeq, events) => {
      // Signed anew for each try: the events stay the same, and by them the portal knows the batch.
      const claims = { aud: audience, stream, firstSeq, events }
      const answer = await persist(parts, async () =>
        fetchOnce(`${url}${path}/batches`, {
          method: 'POST',
          headers: { 'content-type': 'application/jose' },
          body: await signer.sign('access-batch+jwt', claims),
        }),
      )
      return fateOf(answer)
    },
    tell: async (what, told) => {
      const claims = { aud: audience, stream, [what]: told }
      const answer = await persist(parts, async () =>
        fetchOnce(`${url}${path}/${what}`, {
          method: 'POST',
          headers: { 'content-type': 'application/jose' },
          body: await signer.sign(TYPES[what], claims),
        }),
      )
      return toldOf(answer)
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly retryAfter?: number
}

async function fetchOnce(url: string, init: RequestInit): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response = await fetch(url, { ...init, signal, redirect: 'manual' })
  const text = await response.text()
  const retryAfter = secondsOf(response.headers.get('retry-after'))
  return { status: response.status, body: jsonOf(text), ...(retryAfter ? { retryAfter } : {}) }
}

function jsonOf(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Seconds, or a date (RFC 9110 section 10.2.3). */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^[0-9]{1,6}$/.test(header)) return Number(header)
  const wait = Math.ceil((Date.parse(header) - new Date().getTime()) / 1000)
  return wait > 0 ? wait : undefined
}

/** Tries until there is an answer that more tries cannot change. */
async function persist(parts: PortalParts, once: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const result = await once().catch((error: unknown) => error as Error)
    const isFinal = !(result instanceof Error) && !RETRIED.has(result.status)
    if (isFinal) return result
    const reason = result instanceof Error ? reasonOf(result) : `answered ${result.status}`
    if (attempt >= parts.options.attempts) {
      throw new Stop(
        EXIT.unreachable,
        `The portal ${reason}; given up after ${attempt} tries. Run the same command again to go on.`,
      )
    }
    const asked = result instanceof Error ? 0 : (result.retryAfter ?? 0)
    const seconds = Math.max(asked, backOff(attempt))
    parts.onRetry(reason, seconds)
    await sleep(seconds * 1000)
  }
}

function reasonOf(error: Error): string {
  const { code } = (error.cause ?? {}) as { code?: unknown }
  const detail = typeof code === 'string' ? code : error.name
  return `could not be reached (${detail})`
}

/** Doubles from try to try; the chance in it keeps many senders from coming back together. */
function backOff(attempt: number): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
  return full * (0.5 + Math.random() / 2)
}

function fateOf(answer: Answer): Fate {
  const { status } = answer
  const body = answer.body as {
    readonly lastSeq?: number
    readonly expectedSeq?: number
    readonly errors?: readonly EventFault[]
    readonly disputed?: readonly Disputed[]
  }
  if ((status === 200 || status === 201) && typeof body.lastSeq === 'number') {
    const { lastSeq, disputed = [] } = body
    return { kind: status === 201 ? 'recorded' : 'known', lastSeq, disputed }
  }
  if (status === 409 && typeof body.expectedSeq === 'number') {
    return { kind: 'numbers_taken', expectedSeq: body.expectedSeq }
  }
  if (status === 422 && Array.isArray(body.errors)) return { kind: 'refused', errors: body.errors }
  throw notAllowed(answer)
}

function toldOf(answer: Answer): Told {
  const { recorded, known, errors } = answer.body as {
    readonly recorded?: number
    readonly known?: number
    readonly errors?: readonly EventFault[]
  }
  if (typeof recorded === 'number' && typeof known === 'number') {
    return { kind: 'noted', recorded, known }
  }
  if (answer.status === 422 && Array.isArray(errors)) return { kind: 'refused', errors }
  throw notAllowed(answer)
}

function notAllowed({ status, body }: Answer): Stop {
  const { title, detail } = body as { title?: unknown; detail?: unknown }
  const words = typeof title === 'string' ? `: ${title}` : '.'
  const more = typeof detail === 'string' ? ` (${detail})` : ''
  return new Stop(EXIT.notAllowed, `The portal answered ${status}${words}${more}`)
}
