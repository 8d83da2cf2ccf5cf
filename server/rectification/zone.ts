import type { Field } from '../catalogue/index.js'
import { nationalityOfZone } from './values/nationality.js'
import type { MrzDocument } from './values/mrz.js'

/** The input with the lines of a passport: read when it is asked for, and stored nowhere. */
export const ZONE = 'zone'

/** What of a passport answers a field; other fields are not printed in its lines. */
export type ZonePart =
  'family' | 'given' | 'full' | 'birth' | 'nationality' | 'document' | 'personal' | 'member'

const PARTS: Readonly<Record<string, ZonePart>> = {
  'azr.family_name': 'family',
  'azr.given_names': 'given',
  'azr.name_variants': 'full',
  'azr.birth_date': 'birth',
  'azr.nationality': 'nationality',
  'azr.spouse_nationality': 'nationality',
  'azr.identity_document': 'document',
  'azr.foreign_person_id': 'personal',
  'azr.accompanying_family': 'member',
  'mr.family': 'member',
}

/** What the lines of a document fill of a form, and what the person has to know about it. */
export interface ZoneFill {
  /** Inputs by name; `undefined` empties one. */
  readonly inputs: Readonly<Record<string, string | undefined>>
  /** Names of texts. */
  readonly notes: readonly string[]
}

/** Why lines that were read do not answer the field. */
export type ZoneLack = 'NO_GIVEN' | 'NO_STATE' | 'NO_PERSONAL'

/** The part of a passport that a field is about; nothing where its lines do not help. */
export function zonePartOf({ code }: Pick<Field, 'code'>): ZonePart | undefined {
  return PARTS[code]
}

/** What a document says about a part, as the inputs of the form; or what it lacks. */
export function fillFrom(document: MrzDocument, part: ZonePart): ZoneFill | ZoneLack {
  return FILLS[part](document)
}

const FILLS: Readonly<Record<ZonePart, (document: MrzDocument) => ZoneFill | ZoneLack>> = {
  family: ({ name }) => ({
    inputs: {
      latin: spelled(name.primary),
      onlyOne: name.secondary === '' ? 'yes' : undefined,
    },
    notes: name.secondary === '' ? ['onlyOne', ...nameNotes(name)] : nameNotes(name),
  }),
  given: ({ name }) =>
    name.secondary === ''
      ? 'NO_GIVEN'
      : { inputs: { latin: spelled(name.secondary) }, notes: nameNotes(name) },
  full: ({ name }) => ({ inputs: { latin: fullName(name) }, notes: nameNotes(name) }),
  member: ({ name, birth }) => ({
    inputs: { latin: fullName(name), birthYear: textOf(birth.years[0]) },
    notes: [...nameNotes(name), ...centuryNotes(birth)],
  }),
  birth: ({ birth }) => ({
    inputs: {
      calendar: 'gregorian',
      year: textOf(birth.years[0]),
      month: textOf(birth.years[0] === undefined ? undefined : birth.month),
      day: textOf(birth.years[0] === undefined ? undefined : birth.day),
      unknown: birth.years.length === 0 ? 'yes' : undefined,
    },
    notes: centuryNotes(birth),
  }),
  nationality: ({ nationality }) => {
    const found = nationalityOfZone(nationality)
    return found === undefined
      ? 'NO_STATE'
      : { inputs: { nationality1: found.code }, notes: ['onlyState'] }
  },
  document: ({ documentCode, issuer, number, expiry }) => ({
    inputs: { text: [documentCode, issuer, number, expiry].filter(Boolean).join(', ') },
    notes: [],
  }),
  personal: ({ optional: [number] }) =>
    number === undefined ? 'NO_PERSONAL' : { inputs: { text: number }, notes: [] },
}

/** The zone has capitals alone: as names are written, each word with one. */
function spelled(name: string): string {
  return name.replace(/\p{L}+/gu, (word) => word.slice(0, 1) + word.slice(1).toLowerCase())
}

function fullName({ primary, secondary }: MrzDocument['name']): string {
  return [secondary, primary]
    .filter((part) => part !== '')
    .map(spelled)
    .join(' ')
}

/** No hyphen, apostrophe or accent survives in a zone, and long names are cut. */
function nameNotes({ mayBeCut }: MrzDocument['name']): readonly string[] {
  return mayBeCut ? ['plain', 'cut'] : ['plain']
}

/** Two digits name a year of one century or another. */
function centuryNotes({ years }: MrzDocument['birth']): readonly string[] {
  return years.length > 1 ? ['century'] : []
}

function textOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}
