import { DomainError } from '../kernel/errors.js'

/** The database cannot be reached, is silent, or its pool is exhausted: answered 503, nothing was written. */
export class DatabaseDown extends DomainError<'UNAVAILABLE'> {
  constructor(cause: unknown) {
    super('UNAVAILABLE', { cause })
  }
}

const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '53300', // too_many_connections
  '53100', // disk_full
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57014', // query_canceled: statement_timeout
  '25006', // read_only_sql_transaction: a standby answered
])
const AWAY_WORDS =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|connection ended/i

/** Whether an error says that the database is away rather than that the statement was wrong. */
export function isAway(error: unknown): boolean {
  if (!isErrorLike(error)) return false
  const code = codeOf(error)
  return (code !== undefined && AWAY_CODES.has(code)) || AWAY_WORDS.test(error.message)
}

/** Deadlock (40P01) and serialisation failure (40001): the same work may simply be tried again. */
export function isRetryable(error: unknown): boolean {
  const code = isErrorLike(error) ? codeOf(error) : undefined
  return code === '40P01' || code === '40001'
}

/** Errors of Node's core are made in another realm under some test runners, so `instanceof` misses them. */
function isErrorLike(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error
}

/** The SQLSTATE or system code of an error, where it has one. */
export function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}
