import type { Party } from '../catalogue/index.js'
import type { ResidentActor } from '../identity/actor.js'
import type { AccessEntry } from './entry.js'
import type { Holding } from './holdings.js'

/**
 * How much a session shows. A letter may be opened by a spouse or by a shelter, so a session that rests
 * on a letter alone shows kinds of offices, kinds of data and purposes: no place, unit, file number,
 * single field or download (security.md, signing in).
 */
export type Sight = 'details' | 'kinds'

/** What the assurance of a session lets it see. */
export function sightOf({ assurance }: Pick<ResidentActor, 'assurance'>): Sight {
  return assurance === 'letter' ? 'kinds' : 'details'
}

/** What the sight leaves of things: an office becomes its kind, unit and file number go. */
export interface Veil {
  readonly sight: Sight
  party(party: Party): Party
  entry(entry: AccessEntry): AccessEntry
  holding(holding: Holding): Holding
}

/** Makes the veil of a sight; `kindOf` finds the kind of authority of an office. */
export function veilOf(sight: Sight, kindOf: (party: Party) => Party): Veil {
  if (sight === 'details') {
    return {
      sight,
      party: (party) => party,
      entry: (entry) => entry,
      holding: (holding) => holding,
    }
  }
  return {
    sight,
    party: kindOf,
    entry: ({ unit: _unit, caseRef: _caseRef, ...entry }) => ({
      ...entry,
      source: kindOf(entry.source),
      recipient: kindOf(entry.recipient),
    }),
    holding: (holding) => ({ ...holding, holder: kindOf(holding.holder) }),
  }
}
