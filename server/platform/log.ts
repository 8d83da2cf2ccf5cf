import { pino } from 'pino'

/** What a log line may hold; anything else is dropped, so that no value of a person can slip in. */
const ALLOWED = [
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'role',
  'code',
  'job',
  'count',
  'stream',
  'office',
] as const
type Allowed = (typeof ALLOWED)[number]

/** Facts of one line. */
export type Facts = Partial<Record<Allowed, string | number>>

/** JSON lines on standard output. */
export interface Log {
  info(event: string, facts?: Facts): void
  /** `error` adds its kind and stack frames, never its message: messages of drivers quote values. */
  error(event: string, facts?: Facts, error?: unknown): void
}

/** Makes the log; `silent` for tests that look elsewhere. */
export function createLog(
  level: 'info' | 'error' | 'silent',
  destination?: { write(line: string): void },
): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const lines = destination === undefined ? pino(options) : pino(options, destination)
  return {
    info: (event, facts = {}) => lines.info(only(facts), event),
    error: (event, facts = {}, error) => lines.error({ ...only(facts), ...kindOf(error) }, event),
  }
}

function only(facts: Facts): Facts {
  const kept: Facts = {}
  for (const name of ALLOWED) if (facts[name] !== undefined) kept[name] = plain(facts[name])
  return kept
}

/** C1 and bidi controls could forge or hide text in a terminal. */
function plain(value: string | number): string | number {
  return typeof value === 'number' ? value : value.replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
}

function kindOf(error: unknown): object {
  if (!(error instanceof Error)) return {}
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: error.name,
    ...(typeof code === 'string' ? { sqlstate: plain(code) } : {}),
    frames: frames
      .slice(0, 8)
      .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/.*\/(?=[^/]+\/[^/]+\))/, '(')),
    ...(error.cause === undefined ? {} : { cause: kindOf(error.cause) }),
  }
}
