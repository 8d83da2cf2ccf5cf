import { DomainError } from '../kernel/errors.js'

/** What a part of a form says of itself. */
export interface Disposition {
  readonly field: string
  /** Name of the file, safe to keep and to show; absent where the part is no file. */
  readonly fileName?: string
}

const PARAMETER = /\s*;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/y
const EXTENDED = /^utf-8'[\w-]*'(.*)$/i
const MOST_FIELD_NAME = 100
const MOST_FILE_NAME = 120
const CONTROL = /\p{Cc}/u
/** Controls, line and paragraph separators, marks of direction, byte order: they show another name than there is. */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu

/**
 * Reads a Content-Disposition header (RFC 7578 section 4.2), given as Latin-1; throws BAD_REQUEST for
 * anything but a form's field. `filename*` (RFC 5987) counts before `filename`, as in RFC 6266.
 */
export function readDisposition(header: string): Disposition {
  const parameters = parametersOf(header)
  const name = parameters.get('name')
  if (name === undefined) throw new DomainError('BAD_REQUEST')
  const field = decodeUtf8(Buffer.from(name, 'latin1'))
  if (field === '' || field.length > MOST_FIELD_NAME || CONTROL.test(field)) {
    throw new DomainError('BAD_REQUEST')
  }
  const extended = parameters.get('filename*')
  const plain = parameters.get('filename')
  if (extended !== undefined) return { field, fileName: safeFileName(decodeExtended(extended)) }
  if (plain === undefined) return { field }
  return { field, fileName: safeFileName(decodeUtf8(Buffer.from(plain, 'latin1'))) }
}

/** Text as it was sent; throws BAD_REQUEST where the bytes are no UTF-8. */
export function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new DomainError('BAD_REQUEST', { cause })
  }
}

/** The last part of a path, composed (NFC), without what hides or turns letters, at most 120 characters. */
export function safeFileName(raw: string): string {
  const last = raw.split(/[/\\]/).at(-1) ?? ''
  const shown = last
    .normalize('NFC')
    .replace(HIDDEN, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const letters = [...shown]
  if (letters.length <= MOST_FILE_NAME) return shown
  const extension = /\.[a-z0-9]{1,8}$/i.exec(shown)?.[0] ?? ''
  return letters.slice(0, MOST_FILE_NAME - extension.length).join('') + extension
}

function parametersOf(header: string): Map<string, string> {
  const found = new Map<string, string>()
  const kind = /^\s*form-data/i.exec(header)?.[0]
  if (kind === undefined) throw new DomainError('BAD_REQUEST')
  PARAMETER.lastIndex = kind.length
  let end = kind.length
  for (let match = PARAMETER.exec(header); match !== null; match = PARAMETER.exec(header)) {
    const [, name = '', quoted, bare = ''] = match
    if (found.has(name.toLowerCase())) throw new DomainError('BAD_REQUEST')
    // Old browsers send whole paths: only a quote can be escaped (WHATWG writes %22 instead).
    found.set(name.toLowerCase(), quoted?.replaceAll('\\"', '"') ?? bare)
    end = PARAMETER.lastIndex
  }
  if (header.slice(end).trim() !== '') throw new DomainError('BAD_REQUEST')
  return found
}

function decodeExtended(value: string): string {
  const written = EXTENDED.exec(value)?.[1]
  try {
    if (written !== undefined) return decodeURIComponent(written)
  } catch (cause) {
    throw new DomainError('BAD_REQUEST', { cause })
  }
  throw new DomainError('BAD_REQUEST')
}
