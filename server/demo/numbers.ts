import { randomBelow, seededRandom, type Random } from '../platform/kernel/random.js'
import { deskOf } from './desks.js'
import type { Resident } from './people.js'

/** A number by which an authority knows a person. */
export interface PersonNumber {
  readonly scheme: 'azr' | 'idnr' | 'local'
  readonly value: string
  /** The authority whose own number it is. */
  readonly authority?: string
}

/** Randomness that depends on the seed and a purpose alone, so that no draw moves another. */
export function drawsFor(seed: string, ...purpose: readonly (string | number)[]): Random {
  return seededRandom(['mirat/demo/v1', seed, ...purpose].join('\0'))
}

/** Twelve digits; none of the register begins with 99, because that is no year, month or day. */
export function azrNumber(seed: string, { ordinal }: Pick<Resident, 'ordinal'>): PersonNumber {
  const drawn = digits(drawsFor(seed, 'azr', ordinal), 4)
  return { scheme: 'azr', value: `99${drawn}${padded(ordinal, 6)}` }
}

/** Eleven digits; a real identification number never begins with 0. */
export function idNumber(seed: string, { ordinal }: Pick<Resident, 'ordinal'>): PersonNumber {
  const drawn = digits(drawsFor(seed, 'idnr', ordinal), 4)
  return { scheme: 'idnr', value: `0${drawn}${padded(ordinal, 6)}` }
}

/** The number that one authority gave, such as a customer number. */
export function localNumber(
  seed: string,
  { ordinal }: Pick<Resident, 'ordinal'>,
  authority: { readonly code: string; readonly authority: string },
): PersonNumber {
  const drawn = digits(drawsFor(seed, 'local', authority.code, ordinal), 4)
  const value = `${deskOf(authority.authority).prefix}-${drawn}-${padded(ordinal, 6)}`
  return { scheme: 'local', value, authority: authority.code }
}

/** The file number of a person at an office, the same for every access in the case. */
export function caseRef(
  seed: string,
  draws: string,
  desk: { readonly code: string; readonly authority: string; readonly year: number },
): string {
  const random = drawsFor(seed, 'case', draws, desk.code)
  const year = (desk.year - randomBelow(random, 3)) % 100
  return `${deskOf(desk.authority).prefix}-${padded(year, 2)}/${digits(random, 5)}`
}

/** A pseudonym of one of the staff; `member` names office, person and quarter (law.md, log entry). */
export function operatorRef(seed: string, member: string): string {
  return drawsFor(seed, 'operator', member).bytes(9).toString('base64url')
}

function digits(random: Random, count: number): string {
  return padded(randomBelow(random, 10 ** count), count)
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0')
}
