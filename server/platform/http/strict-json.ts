import { ok, refuse, type Result } from '../kernel/result.js'

/** Why bytes are no JSON that everybody would read alike. */
export type JsonFault =
  | 'not_utf8'
  | 'byte_order_mark'
  | 'nul'
  | 'lone_surrogate'
  | 'duplicate_key'
  | 'inexact_number'
  | 'too_deep'
  | 'malformed'

/** Objects and arrays inside one another, the outermost included. */
export const JSON_DEPTH = 20

const LARGEST = 2 ** 53
const QUOTE = 0x22
const BACKSLASH = 0x5c
const NUMBER = /^-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/
const NUMBER_CHARS = /[-+.0-9eE]+/y
const SPACE = /[ \t\n\r]*/y
const SURROGATE = /\p{Surrogate}/u

/**
 * Reads JSON (RFC 8259) as I-JSON (RFC 7493) wants it, and refuses what parsers read differently: a
 * byte order mark, NUL and lone surrogates (as escapes, too), a key twice in one object, numbers that
 * lose digits or pass 2^53, more than JSON_DEPTH levels. One pass without recursion looks first, so
 * that nothing is built from what is refused; what is accepted is what JSON.parse makes of it.
 */
export function parseStrictJson(bytes: Uint8Array): Result<unknown, JsonFault> {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return refuse('byte_order_mark')
  const text = decoded(bytes)
  if (text === undefined) return refuse('not_utf8')
  if (text.includes('\0')) return refuse('nul')
  const fault = scan(text)
  if (fault !== undefined) return refuse(fault)
  const value = parsed(text)
  return value === undefined ? refuse('malformed') : ok(value)
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** No JSON text means undefined, so it can stand for a refusal. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Keys seen so far in each open object; an open array has none. */
type Open = (Set<string> | undefined)[]

/** Looks at strings, numbers and brackets alone; the grammar between them is left to JSON.parse. */
function scan(text: string): JsonFault | undefined {
  const open: Open = []
  for (let at = 0; at < text.length;) {
    const char = text[at] as string
    const token = char === '"' ? stringAt(text, at) : numberAt(text, at, char)
    const fault =
      char === '"' ? judgeString(text, { at, token, open }) : judgeOther(char, token, open)
    if (fault !== undefined) return fault
    at += token.length
  }
  return undefined
}

/** A string with its quotes; one that never ends reaches to the end of the text. */
function stringAt(text: string, start: number): string {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  }
  return text.slice(start, at + 1)
}

/** Everything that may belong to a number which begins here, or the one character. */
function numberAt(text: string, at: number, char: string): string {
  if (char !== '-' && (char < '0' || char > '9')) return char
  NUMBER_CHARS.lastIndex = at
  return NUMBER_CHARS.exec(text)?.[0] ?? char
}

function judgeString(
  text: string,
  { at, token, open }: { at: number; token: string; open: Open },
): JsonFault | undefined {
  const value = token.includes('\\') ? parsed(token) : token.slice(1, -1)
  if (typeof value !== 'string') return 'malformed'
  if (value.includes('\0')) return 'nul'
  if (SURROGATE.test(value)) return 'lone_surrogate'
  const keys = open.at(-1)
  if (keys === undefined || !colonFollows(text, at + token.length)) return undefined
  if (keys.has(value)) return 'duplicate_key'
  keys.add(value)
  return undefined
}

function colonFollows(text: string, at: number): boolean {
  SPACE.lastIndex = at
  const space = SPACE.exec(text)?.[0] ?? ''
  return text[at + space.length] === ':'
}

function judgeOther(char: string, token: string, open: Open): JsonFault | undefined {
  if (char === '{' || char === '[') {
    open.push(char === '{' ? new Set() : undefined)
    return open.length > JSON_DEPTH ? 'too_deep' : undefined
  }
  if (char === '}' || char === ']') open.pop()
  if (char === '-' || (char >= '0' && char <= '9')) return judgeNumber(token)
  return undefined
}

/** A number is exact when ECMAScript would write the same digits again. */
function judgeNumber(token: string): JsonFault | undefined {
  const value = Number(token)
  const given = decimalOf(token)
  if (given === undefined) return 'malformed'
  if (Math.abs(value) > LARGEST) return 'inexact_number'
  const kept = decimalOf(String(value))
  return kept === given ? undefined : 'inexact_number'
}

/** Sign, significant digits and power of ten: equal for all spellings of one number. */
function decimalOf(token: string): string | undefined {
  const parts = NUMBER.exec(token)
  if (parts === null) return undefined
  const [, whole = '', fraction = '', power = '0'] = parts
  const digits = whole + fraction
  let first = 0
  while (digits[first] === '0') first++
  if (first === digits.length) return '0'
  let end = digits.length
  while (digits[end - 1] === '0') end--
  const sign = token.startsWith('-') ? '-' : ''
  return `${sign}${digits.slice(first, end)}e${Number(power) - fraction.length + digits.length - end}`
}
