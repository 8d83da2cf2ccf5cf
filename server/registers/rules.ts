import type { Party } from '../catalogue/index.js'
import type { ResidentActor, SubjectId } from '../identity/actor.js'

/** Where an office answers with the values that it holds now, and for which fields. */
export interface Connector {
  /** Catalogue number of the office. */
  readonly office: number
  readonly url: string
  /** Catalogue numbers of the fields that it answers for. */
  readonly fields: readonly number[]
}

/** A person at an office, and which of the fields that it holds about them are wanted. */
export interface Wanted {
  /** Office code. */
  readonly office: string
  /** Under whose number the office holds them. */
  readonly subject: SubjectId
  /** Field codes. */
  readonly fields: readonly string[]
}

/** What an office answered for one field just now, or that it did not. */
export type LiveValue =
  | { readonly kind: 'value'; readonly texts: readonly string[]; readonly asOf: Date }
  | { readonly kind: 'not-available' }

/** Values by office code, then by field code; offices that are not connected are absent. */
export type LiveValues = ReadonlyMap<string, ReadonlyMap<string, LiveValue>>

/** Why an office is not connected; commands say it in words. */
export type ConnectionFault =
  'unknown_office' | 'office_required' | 'bad_url' | 'no_fields' | 'unknown_field' | 'not_connected'

/** Most offices that one page asks: a person is held by fewer, and nobody sends us round the country. */
export const MOST_CALLS = 16

/** After so many timeouts in a row an office is left alone for a while. */
export const MOST_TIMEOUTS = 3
/** For so long (milliseconds): every page that waits for it would take three seconds. */
export const REST_MS = 30_000

/** How an office kept time lately; nothing of any person. */
export interface Lateness {
  readonly timeouts: number
  readonly lastAt: Date
}

/** Whether an office is left alone at this instant. */
export function isResting(lateness: Lateness | undefined, now: Date): boolean {
  if (lateness === undefined || lateness.timeouts < MOST_TIMEOUTS) return false
  return now.getTime() - lateness.lastAt.getTime() < REST_MS
}

/** Why nobody can be connected as this party: kinds of authority with offices answer as an office only. */
export function officeFault(party: Party | undefined): ConnectionFault | undefined {
  if (party === undefined) return 'unknown_office'
  return party.kind === 'authority' && party.hasOffices ? 'office_required' : undefined
}

/**
 * What a resident may ask for: data of the own subjects alone, and nothing where a letter is all that
 * vouches for the person, because a letter is opened by others too (security.md, signing in).
 */
export function askable(
  { subjects, assurance }: ResidentActor,
  wanted: readonly Wanted[],
): readonly Wanted[] {
  if (assurance === 'letter') return []
  return wanted.filter(({ subject }) => subjects.includes(subject)).slice(0, MOST_CALLS)
}

/** What offices answered under several numbers of one person, as one: any value counts before none. */
export function merged(
  answers: readonly { readonly office: string; readonly values: ReadonlyMap<string, LiveValue> }[],
): LiveValues {
  const offices = new Map<string, Map<string, LiveValue>>()
  for (const { office, values } of answers) {
    const known = offices.get(office) ?? new Map<string, LiveValue>()
    offices.set(office, known)
    for (const [field, value] of values) known.set(field, both(known.get(field), value))
  }
  return offices
}

function both(one: LiveValue | undefined, other: LiveValue): LiveValue {
  if (one?.kind !== 'value') return other
  if (other.kind !== 'value') return one
  return { ...one, texts: [...new Set([...one.texts, ...other.texts])] }
}
