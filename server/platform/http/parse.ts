import type { IncomingHttpHeaders } from 'node:http'
import { DomainError } from '../kernel/errors.js'

const FORM = /^application\/x-www-form-urlencoded(?:\s*;\s*charset="?utf-8"?)?$/i
const MAX_PAIRS = 100

/** A form body as name and value pairs; throws MEDIA_TYPE or BAD_REQUEST for anything but clean UTF-8. */
export function parseForm(headers: IncomingHttpHeaders, body: Buffer): URLSearchParams {
  if (body.length === 0) return new URLSearchParams()
  if (!FORM.test(headers['content-type'] ?? '')) throw new DomainError('MEDIA_TYPE')
  return parsePairs(body.toString('latin1'))
}

/** The query of an address, under the same rules as a form. */
export function parseQuery(url: string): URLSearchParams {
  const mark = url.indexOf('?')
  return mark < 0 ? new URLSearchParams() : parsePairs(url.slice(mark + 1))
}

/** URLSearchParams would replace broken UTF-8 silently; what we store must be what was sent. */
function parsePairs(text: string): URLSearchParams {
  try {
    decodeURIComponent(text.replaceAll('+', ' '))
  } catch (error) {
    throw new DomainError('BAD_REQUEST', { cause: error })
  }
  return cleanPairs(new URLSearchParams(text))
}

/** The pairs as they are; throws BAD_REQUEST beyond a hundred, or where one holds a NUL. */
export function cleanPairs(pairs: URLSearchParams): URLSearchParams {
  const values = [...pairs].flat()
  if (values.length > 2 * MAX_PAIRS || values.some((value) => value.includes('\0'))) {
    throw new DomainError('BAD_REQUEST')
  }
  return pairs
}
