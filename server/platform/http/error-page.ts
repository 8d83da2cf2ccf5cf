import { DomainError, type ErrorCode } from '../kernel/errors.js'

/** The one place that knows HTTP numbers for refusals. */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_REQUEST: 400,
  SIGN_IN_NEEDED: 401,
  FORM_KEPT: 401,
  ASSURANCE: 403,
  STEP_UP: 403,
  CSRF: 403,
  NOT_FOUND: 404,
  METHOD: 405,
  CONFLICT: 409,
  TOO_LARGE: 413,
  TOO_MANY_FILES: 413,
  MEDIA_TYPE: 415,
  RATE_LIMIT: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
}

const CODES = Object.keys(STATUS) as ErrorCode[]

/** The code of anything that was thrown; what nobody foresaw is INTERNAL, without its words. */
export function codeOfError(error: unknown): ErrorCode {
  if (isRefusal(error)) return error.code
  // Express and its body parser refuse malformed requests with a status and no code of ours.
  const status = statusOf(error)
  return status !== undefined && status < 500
    ? (CODES.find((code) => STATUS[code] === status) ?? 'BAD_REQUEST')
    : 'INTERNAL'
}

function statusOf(error: unknown): number | undefined {
  const { status } = (typeof error === 'object' && error !== null ? error : {}) as {
    status?: unknown
  }
  return typeof status === 'number' && status >= 400 ? status : undefined
}

function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError
}
