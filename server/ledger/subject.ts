import { preparedHmac } from './hmac.js'
import { HASH_BYTES, sha256 } from './hash.js'
import { malformed } from './log-error.js'
import { uuidOf } from '../platform/kernel/ids.js'

/** Kinds of numbers: Central Register of Foreigners, tax identification number, an authority's own. */
export type Scheme = 'azr' | 'idnr' | 'local'

/** A person's number as it is hashed: `value` comes from `normaliseNumber`. */
export type PersonNumber =
  | { readonly scheme: 'azr' | 'idnr'; readonly value: string }
  | { readonly scheme: 'local'; readonly authority: string; readonly value: string }

/** A person's pseudonym, and the key that binds it to the number. */
export interface Subject {
  /** UUID text; no version bits, it is a hash. */
  readonly subject: string
  /** 32 bytes, for the person and the delivering authority; without it a number cannot be tried. */
  readonly subjectKey: Buffer
}

const LABEL = Buffer.from('mirat/subject/v1\0')
const SPACES = /[ \u00a0\u202f]/g
const AUTHORITY = /^[a-z0-9][a-z0-9._-]{0,63}$/
const NORMAL = {
  azr: /^[0-9]{12}$/,
  idnr: /^[0-9]{11}$/,
  local: /^[A-Za-z0-9./_-]{1,64}$/,
} as const satisfies Record<Scheme, RegExp>

/**
 * The one spelling of a number, or nothing if it cannot be one. Registers' numbers lose the spaces
 * that people group them with; an authority's own is put in NFC and trimmed, and keeps its case.
 */
export function normaliseNumber(scheme: Scheme, raw: string): string | undefined {
  const value = scheme === 'local' ? raw.normalize('NFC').trim() : raw.replaceAll(SPACES, '')
  return NORMAL[scheme].test(value) ? value : undefined
}

/**
 * Numbers to subjects under the secret K (at least 32 bytes). Whoever has K can try all numbers, so
 * this lives only where events arrive and codes are issued. Refuses numbers that are not normalised.
 */
export function createSubjects(secret: Uint8Array): (number: PersonNumber) => Subject {
  if (secret.length < HASH_BYTES) throw malformed('the subject secret has at least 32 bytes')
  const hmac = preparedHmac(secret)
  return (number) => {
    const subjectKey = hmac(keyMessage(number))
    return { subject: subjectOf(subjectKey, number.scheme, number.value), subjectKey }
  }
}

/** The subject of a number for whoever holds its key: the resident, the authority, an offline verifier. */
export function subjectOf(subjectKey: Uint8Array, scheme: Scheme, value: string): string {
  if (subjectKey.length !== HASH_BYTES) throw malformed('a subject key has 32 bytes')
  const bound = `${scheme}\0${checkedValue(scheme, value)}`
  const message = Buffer.allocUnsafe(LABEL.length + HASH_BYTES + bound.length)
  message.set(LABEL)
  message.set(subjectKey, LABEL.length)
  message.write(bound, LABEL.length + HASH_BYTES, 'latin1')
  return uuidOf(sha256(message).subarray(0, 16))
}

/** scheme || 0x00 || authority, empty unless the scheme is local || 0x00 || value: two zero bytes always. */
function keyMessage(number: PersonNumber): string {
  const authority = number.scheme === 'local' ? number.authority : ''
  if (number.scheme === 'local' && !AUTHORITY.test(authority)) throw malformed('not an office code')
  return `${number.scheme}\0${authority}\0${checkedValue(number.scheme, number.value)}`
}

function checkedValue(scheme: Scheme, value: string): string {
  if (!NORMAL[scheme].test(value)) throw malformed(`not a normalised ${scheme} number`)
  return value
}
