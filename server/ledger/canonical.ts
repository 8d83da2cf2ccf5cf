import { malformed } from './log-error.js'
import { isUnicode } from './wire.js'

/** What canonical JSON can hold; a key without value must be left out, not set to undefined. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue }

/** Printable ASCII but quote and backslash: needs no escape, and is what nearly every code consists of. */
const PLAIN = /^[ !#-[\]-~]*$/

/**
 * JSON in the one form of RFC 8785: no white space, keys in the order of their UTF-16 code units
 * (section 3.2.3), strings and numbers as ECMAScript writes them (sections 3.2.2.2 and 3.2.2.3).
 * Refuses what JSON cannot say, or would silently say otherwise: NaN, infinities, lone surrogates,
 * undefined, dates, class instances.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (isInOrder(value)) {
    // RFC 8785 is built on what ECMAScript writes, which does it several times faster than we could.
    const text = JSON.stringify(value)
    if (!ESCAPED_SURROGATE.test(text)) return text
  }
  return written(value)
}

/** A lone surrogate, or a text that only looks like one and is written the long way for it. */
const ESCAPED_SURROGATE = /\\ud/

/** Whether all keys stand in order already and everything is what JSON can say, surrogates aside. */
function isInOrder(value: CanonicalValue): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (isArray(value)) {
    for (const item of value) if (!isInOrder(item)) return false
    return true
  }
  if (!isPlainObject(value)) return false
  let before = ''
  for (const key of Object.keys(value)) {
    if (key < before || !isInOrder(value[key] as CanonicalValue)) return false
    before = key
  }
  return true
}

function written(value: CanonicalValue): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return numeral(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  return isArray(value) ? array(value) : object(value)
}

function array(items: readonly CanonicalValue[]): string {
  let out = ''
  for (const item of items) out += out === '' ? written(item) : `,${written(item)}`
  return `[${out}]`
}

function object(value: { readonly [key: string]: CanonicalValue }): string {
  if (!isPlainObject(value)) throw malformed('canonical JSON holds plain values only')
  let out = ''
  for (const key of sortedKeys(value)) {
    const member = `${quote(key)}:${written(value[key] as CanonicalValue)}`
    out += out === '' ? member : `,${member}`
  }
  return `{${out}}`
}

/** ECMAScript compares strings by code units of its own accord; bodies mostly come in order already. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value)
  const isSorted = keys.every((key, i) => i === 0 || (keys[i - 1] as string) < key)
  return isSorted ? keys : keys.sort()
}

function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (!isUnicode(text)) throw malformed('canonical JSON holds no lone surrogate')
  return JSON.stringify(text)
}

function numeral(value: number): string {
  if (!Number.isFinite(value)) throw malformed('canonical JSON holds finite numbers only')
  return JSON.stringify(value)
}

function isArray(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value)
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
