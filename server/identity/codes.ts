import { createHmac } from 'node:crypto'
import type { Random } from '../platform/kernel/random.js'

/** Crockford's base 32: no I, L, O, U, so that nobody mistakes a letter for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }
const EARLIEST_BIRTH = 1900

/** A fresh activation code: 16 characters, 80 bits. */
export function newCode(random: Random): string {
  const bits = BigInt(`0x${random.bytes(10).toString('hex')}`)
  return Array.from({ length: LENGTH }, (_, at) => {
    const shift = BigInt(5 * (LENGTH - 1 - at))
    return ALPHABET[Number((bits >> shift) & 31n)]
  }).join('')
}

/** In groups of four, as it stands on the sheet. */
export function groupedCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** A code as it was typed, whatever its case, gaps and misread letters; nothing where it cannot be one. */
export function readCode(raw: string): string | undefined {
  const plain = raw
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter)
  const isCode = plain.length === LENGTH && [...plain].every((one) => ALPHABET.includes(one))
  return isCode ? plain : undefined
}

/** A year of birth as it was typed, with digits of any script; nothing where it cannot be one. */
export function readBirthYear(raw: string, now: Date): number | undefined {
  const digits = raw.trim().replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
  const year = /^\d{4}$/.test(digits) ? Number(digits) : 0
  return year >= EARLIEST_BIRTH && year <= now.getUTCFullYear() ? year : undefined
}

/** The value of a decimal digit: every script's ten digits follow one another from its zero on. */
function valueOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return point - zero
}

/** What is stored of codes and of who guesses them: keyed, so that a stolen table can not be searched. */
export interface CodeHashes {
  /** 32 bytes. */
  code(code: string): Buffer
  /** Bound to its code, or ten tries would tell everybody's year. */
  birthYear(code: string, year: number): Buffer
  client(address: string): Buffer
}

/** Makes the hashes of one installation. */
export function codeHashes(key: Buffer): CodeHashes {
  const mac = (label: string, text: string) =>
    createHmac('sha256', key).update(`mirat/${label}/v1\0${text}`).digest()
  return {
    code: (code) => mac('code', code),
    birthYear: (code, year) => mac('birth-year', `${code}\0${year}`),
    client: (address) => mac('client', networkOf(address)),
  }
}

/** A household's IPv6 addresses count as one client: their first 64 bits. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const left = head.split(':').filter((group) => group !== '')
  const right = (tail ?? '').split(':').filter((group) => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
