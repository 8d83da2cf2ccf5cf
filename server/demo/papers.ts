import type { Party } from '../catalogue/index.js'
import { azrNumber, caseRef, idNumber, localNumber, type PersonNumber } from './numbers.js'
import type { Resident } from './people.js'
import { remembered } from './remembered.js'

/** The numbers of one person, and the file numbers of their cases. */
export interface Papers {
  /** The number by which a register knows the person; `keeper` is the authority whose own it may be. */
  number(scheme: PersonNumber['scheme'], keeper: Party): PersonNumber
  caseRef(office: Party): string
}

/** Makes the papers of a person; `year` is the present one, four digits. */
export function papersOf(person: Resident, { seed, year }: { seed: string; year: number }): Papers {
  const azr = azrNumber(seed, person)
  const idnr = idNumber(seed, person)
  const locals = remembered((key) => localNumber(seed, person, officeOf(key)))
  const cases = remembered((key) => caseRef(seed, person.draws, { ...officeOf(key), year }))
  return {
    number: (scheme, keeper) =>
      scheme === 'azr' ? azr : scheme === 'idnr' ? idnr : locals(keyOf(keeper)),
    caseRef: (office) => cases(keyOf(office)),
  }
}

function keyOf({ code, authority }: Party): string {
  return `${code} ${authority}`
}

function officeOf(key: string): { code: string; authority: string } {
  const [code = '', authority = ''] = key.split(' ')
  return { code, authority }
}
